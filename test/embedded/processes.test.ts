import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { waitFor } from '../support/wait.ts';
import {
  ask,
  databaseFolder,
  HOLDER,
  hold,
  isRootOnLinux,
  isRunning,
  processesWith,
  removePristine,
  temporaryFolder,
} from './support.ts';

afterAll(removePristine);

const gone = (pid: number | undefined) =>
  waitFor(() => !isRunning(pid), { what: `Postgres ${pid} to end`, timeoutMs: 10_000 });

describe('when the Node process is killed with -9', () => {
  it('Postgres ends by itself, and the next start finds what was committed', async () => {
    const dataDir = await databaseFolder();
    const killed = await hold(dataDir);
    await ask(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killed.kill();
    await gone(killed.pid);
    const next = await startEmbeddedPostgres({ dataDir });
    expect(await ask(next.url, 'SELECT answer FROM kept')).toBe(42);
    await next.stop();
  });

  it('a start at the same moment waits for the old Postgres and takes over', async () => {
    const dataDir = await databaseFolder();
    const killed = await hold(dataDir);
    await ask(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killed.kill();
    const next = await startEmbeddedPostgres({ dataDir });
    expect(await ask(next.url, 'SELECT answer FROM kept')).toBe(42);
    expect(isRunning(killed.pid)).toBe(false);
    await next.stop();
  });

  it.runIf(process.platform === 'linux')('and its watchdog with it, the next start stops the orphan', async () => {
    const dataDir = await databaseFolder();
    const killed = await hold(dataDir);
    const watchdogs = processesWith('/bin/sh', 'kill -INT', dataDir);
    expect(watchdogs).toHaveLength(1);
    for (const pid of watchdogs) process.kill(pid, 'SIGKILL');
    await killed.kill();
    expect(isRunning(killed.pid)).toBe(true);
    const next = await startEmbeddedPostgres({ dataDir });
    expect(isRunning(killed.pid)).toBe(false);
    await next.stop();
  });
});

it('leaves no process behind after an ordinary stop', async () => {
  const dataDir = await databaseFolder();
  const holder = await hold(dataDir);
  await holder.stop();
  expect(isRunning(holder.pid)).toBe(false);
  if (process.platform === 'linux') {
    await waitFor(() => processesWith(dataDir).length === 0, { what: 'the watchdog to end' });
  }
});

describe('a database that is in use', () => {
  it('is left alone, and the refusal says which process uses it', async () => {
    const dataDir = await databaseFolder();
    const first = await hold(dataDir);
    const second = await hold(dataDir);
    expect(second.error).toMatch(
      new RegExp(
        `^The database in ${dataDir} is already in use by Postgres ${first.pid}, started by process ${first.node} \\(.*holder.ts.*\\): stop that first, or set CARVEOUT_DATA to another folder\\.$`,
      ),
    );
    expect(await ask(first.url, 'SELECT 1')).toBe(1);
  });

  it('is found out also when both begin at once on a new folder', async () => {
    const dataDir = temporaryFolder();
    const both = await Promise.all([hold(dataDir), hold(dataDir)]);
    expect(both.filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(both.filter(({ error }) => error?.includes('is already in use by Postgres'))).toHaveLength(1);
  });
});

it('never touches another process that has the recorded pid by now, and starts all the same', async () => {
  const dataDir = await databaseFolder();
  const crashed = await startEmbeddedPostgres({ dataDir });
  const lock = readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8');
  await crashed.stop();
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => void bystander.kill());
  writeFileSync(join(dataDir, 'cluster', 'postmaster.pid'), lock.replace(/^\d+/, String(bystander.pid)));
  const next = await startEmbeddedPostgres({ dataDir });
  expect(await ask(next.url, 'SELECT 1')).toBe(1);
  expect(isRunning(bystander.pid)).toBe(true);
  await next.stop();
});

it('starts below a folder that only its owner can enter', async () => {
  const home = await databaseFolder();
  chmodSync(home, 0o700);
  mkdirSync(join(home, 'project', 'data'), { recursive: true });
  renameSync(join(home, 'cluster'), join(home, 'project', 'data', 'cluster'));
  const holder = await hold(join(home, 'project', 'data'));
  expect(await ask(holder.url, 'SELECT 1')).toBe(1);
});

describe.runIf(isRootOnLinux)('as root', () => {
  // What a container that forbids user namespaces looks like from inside.
  function withoutNamespaces(): NodeJS.ProcessEnv {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'unshare'), '#!/bin/sh\necho "unshare: Operation not permitted" >&2\nexit 1\n', {
      mode: 0o755,
    });
    return { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  }

  it('starts where user namespaces are forbidden, also on a database made with them, below a private folder', async () => {
    const dataDir = await databaseFolder('/root');
    const before = await hold(dataDir);
    await ask(before.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await before.stop();
    const restricted = await hold(dataDir, { env: withoutNamespaces() });
    expect(restricted.error).toBeUndefined();
    expect(await ask(restricted.url, 'SELECT answer FROM kept')).toBe(42);
    expect(readFileSync(`/proc/${restricted.pid}/status`, 'utf8')).toMatch(/^Uid:\t65534\t65534\t/m);
    await restricted.kill();
    await gone(restricted.pid);
    const after = await hold(dataDir);
    expect(await ask(after.url, 'SELECT answer FROM kept')).toBe(42);
  });

  it("starts on an ordinary user's database without taking it from them", async () => {
    const dataDir = await databaseFolder();
    const made = await hold(dataDir, { env: withoutNamespaces() });
    await made.stop();
    const holder = await hold(dataDir);
    expect(readFileSync(`/proc/${holder.pid}/status`, 'utf8')).toMatch(/^Uid:\t65534\t/m);
  });
});

// Not where the checkout itself lies in root's private folder.
const nobody = { uid: 65534, gid: 65534 };
const nobodyCanRead =
  isRootOnLinux && spawnSync(process.execPath, ['--check', HOLDER], { ...nobody, cwd: '/' }).status === 0;

it.runIf(nobodyCanRead)('starts as an ordinary user', async () => {
  const dataDir = temporaryFolder();
  chownSync(dataDir, nobody.uid, nobody.gid);
  const holder = await hold(dataDir, nobody);
  expect(holder.error).toBeUndefined();
  expect(await ask(holder.url, 'SELECT 1')).toBe(1);
});
