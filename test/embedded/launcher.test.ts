import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findBinaries } from '../../src/embedded/binaries.ts';
import { EmbeddedPostgresError } from '../../src/embedded/errors.ts';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { createLogger } from '../../src/log.ts';
import { waitFor } from '../support/wait.ts';
import { ask, databaseFolder, HOLDER, isRootOnLinux, isRunning, removePristine, temporaryFolder } from './support.ts';

afterAll(removePristine);

async function refusal(start: Promise<unknown>): Promise<string> {
  const error = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EmbeddedPostgresError)) throw new Error('not refused', { cause: error });
  return error.message;
}

it('starts and answers, and has ended when stop has resolved', async () => {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(temporaryFolder(), 'not', 'there', 'yet'),
    durable: false,
  });
  expect(await ask(postgres.url, "SELECT current_setting('server_version_num')::int / 10000")).toBe(18);
  await postgres.stop();
  expect(isRunning(postgres.pid)).toBe(false);
});

it('keeps the data, and makes the database once', async () => {
  const dataDir = temporaryFolder();
  const first = await startEmbeddedPostgres({ dataDir });
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const system = await ask(first.url, 'SELECT system_identifier FROM pg_control_system()');
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDir });
  expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(42);
  expect(await ask(second.url, 'SELECT system_identifier FROM pg_control_system()')).toBe(system);
  await second.stop();
});

it('is durable unless asked otherwise, and takes settings', async () => {
  const dataDir = await databaseFolder();
  const durable = await startEmbeddedPostgres({ dataDir, settings: { max_connections: '77' } });
  expect(await ask(durable.url, 'SHOW fsync')).toBe('on');
  expect(await ask(durable.url, 'SHOW max_connections')).toBe('77');
  await durable.stop();
  const fast = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(await ask(fast.url, 'SHOW fsync')).toBe('off');
  await fast.stop();
});

it('listens on no network port, and lets nobody else open its socket', async () => {
  const dataDir = await databaseFolder();
  const postgres = await startEmbeddedPostgres({ dataDir });
  expect(await ask(postgres.url, 'SHOW listen_addresses')).toBe('');
  const socket = join(new URLSearchParams(postgres.url.split('?')[1]).get('host') ?? '', '.s.PGSQL.5432');
  expect(statSync(socket).mode & 0o077).toBe(0);
  await postgres.stop();
});

it('starts in a folder whose path is too long for a socket, and leaves nothing outside it', async () => {
  const before = readdirSync('/tmp').filter((name) => /^carveout-[0-9a-f]{16}$/.test(name));
  const dataDir = join(temporaryFolder(), 'a folder with a very long name '.repeat(5).trim());
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  expect(await ask(postgres.url, 'SELECT 1')).toBe(1);
  await postgres.stop();
  expect(readdirSync('/tmp').filter((name) => /^carveout-[0-9a-f]{16}$/.test(name))).toEqual(before);
});

it('says so in the log when Postgres ends unasked, and stopping it afterwards is no error', async () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'error', destination: { write: (line) => void lines.push(line) } });
  const postgres = await startEmbeddedPostgres({ dataDir: await databaseFolder(), durable: false, log });
  process.kill(postgres.pid, 'SIGKILL');
  await waitFor(() => lines.some((line) => line.includes('ended unexpectedly')), { what: 'the line in the log' });
  await postgres.stop();
});

it('removes what a run killed while making the database left behind', async () => {
  const dataDir = temporaryFolder();
  const leftover = join(dataDir, 'unfinished-0123456789ab');
  mkdirSync(leftover);
  utimesSync(leftover, 0, 0);
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  await postgres.stop();
  expect(readdirSync(dataDir)).toEqual(['cluster']);
});

it('refuses a database made by another major version, and says what to do', async () => {
  const dataDir = temporaryFolder();
  mkdirSync(join(dataDir, 'cluster'), { mode: 0o700 });
  writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '15\n');
  expect(await refusal(startEmbeddedPostgres({ dataDir }))).toMatch(
    /^The database in \S+ was made by Postgres 15, and the embedded one is Postgres 18: set CARVEOUT_DATA .* or DATABASE_URL .*\.$/,
  );
});

it('refuses a folder that is a file, in one line that names it', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await refusal(startEmbeddedPostgres({ dataDir: file }))).toMatch(new RegExp(`^.*${file}.*$`));
});

it('says in one line what Postgres did not like', async () => {
  const start = startEmbeddedPostgres({ dataDir: await databaseFolder(), settings: { max_connections: 'many' } });
  expect(await refusal(start)).toMatch(/^The embedded Postgres did not start on \S+: .*max_connections.*$/);
});

it.each([
  ['win32', 'x64', 'or run this inside WSL'],
  ['freebsd', 'x64', 'set DATABASE_URL'],
])('has a sentence and a remedy for %s, where there is no embedded Postgres', (platform, arch, remedy) => {
  expect(() => findBinaries(platform, arch)).toThrow(
    new RegExp(`^There is no embedded Postgres for ${platform}-${arch}: .*${remedy}`),
  );
});

// A disk of 8 MB that only the command sees.
const SMALL_DISK = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"'];

function onSmallDisk(folder: string, ...command: string[]) {
  const [program = '', ...args] = [...SMALL_DISK, folder, ...command];
  return spawnSync(program, args, { encoding: 'utf8' });
}

it.runIf(isRootOnLinux && onSmallDisk('/mnt', 'true').status === 0)('says that the disk is full', () => {
  const folder = temporaryFolder();
  const { stdout } = onSmallDisk(folder, process.execPath, HOLDER, join(folder, 'data'));
  expect(JSON.parse(stdout).error).toMatch(/^The disk that holds \S+ is full: free at least 200 MB and start again\.$/);
});
