import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitAll } from '../../bench/prepare.ts';
import { TEAM } from '../../bench/submission.ts';
import { createLogger } from '../../src/log.ts';
import { connect } from '../../src/store/connect.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { hour } from '../support/cast.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { compiled } from '../support/compiled.ts';
import { copyDatabase } from '../support/copy.ts';
import { createTestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { createSealedRecord, type SealedRecord } from '../support/sealedRecord.ts';
import { waitFor } from '../support/wait.ts';

const POLICY = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');

let record: SealedRecord;
let folder: string;
let kept: string;
beforeAll(async () => {
  record = await createSealedRecord();
  folder = mkdtempSync(join(tmpdir(), 'carveout-verify-'));
  kept = join(folder, 'kept.txt');
  // As it is copied out of a message: something stands around it.
  writeFileSync(kept, record.notes.map((note) => `Posted by Carveout:\n\n${note}\nReplies: 0\n`).join('\n'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await record.drop();
});

const verify = (url: string, ...args: string[]) => runCli(['audit', 'verify', ...args], { DATABASE_URL: url });

async function tampered(statements: string[], ...args: string[]) {
  const copy = await copyDatabase(record);
  try {
    await withClient(copy.url, async (client) => {
      await client.query('set session_replication_role = replica');
      for (const statement of statements) await client.query(statement);
    });
    return await verify(copy.url, ...args);
  } finally {
    await copy.drop();
  }
}

describe('audit verify', () => {
  it('says what it checked, and what it cannot tell without a copy from outside', async () => {
    const { code, out } = await verify(record.url);
    expect(code).toBe(0);
    expect(out).toMatch(/: 28 events in 12 streams checked, nothing changed or missing\.\n/);
    expect(out).toContain('28 events sealed; every checkpoint holds, the last one of 28 events at 2026-');
    expect(out).toContain('No checkpoint kept outside was compared: that nobody rewrote all of it can only be told');
  });

  it('compares checkpoints kept outside, in whatever text, and the key that signs them', async () => {
    const { code, out } = await verify(record.url, '--roots', kept, '--key', record.key);
    expect(code).toBe(0);
    expect(out).toContain(`3 checkpoints kept outside compared (${kept}): the record has grown from each of them.`);
  });

  it('says which event was changed, since when, and what to do next', async () => {
    const { code, out } = await tampered([`update events set actor = 'U0EVE' where stream = 'request/2' and seq = 4`]);
    expect(code).toBe(1);
    expect(out).toMatch(/BROKEN, 1 fault; 28 events/);
    expect(out).toMatch(
      /First: request\/2, event 4: it was changed after it was written: .* It has place \d+ in the seal, first in the checkpoint of 17 events at 2026-\S+: it was as it should be then, and not any more\. Next: keep a copy/,
    );
  });

  it('says from which checkpoint on the seal is another one, and which is the last that holds', async () => {
    const { out } = await tampered(['update leaves set hash = sha256(hash) where position = 10']);
    expect(out).toMatch(/The seal: its places do not give the root of the checkpoint of 17 events at 2026-/);
    expect(out).toMatch(/The last one that holds is the checkpoint of 9 events at 2026-/);
  });

  it('says that the end was cut off, with a copy from outside', async () => {
    const statements = [
      ...['delete from leaves', 'delete from checkpoints', 'delete from publications', 'delete from seals'],
    ];
    const { code, out } = await tampered(statements, '--roots', kept);
    expect(code).toBe(1);
    expect(out).toContain(
      `in ${kept}, which is not signed with a known key, knows more events than the 0 that are sealed`,
    );
  });

  it.each([
    [['--roots', '/nowhere.txt'], 1, /^\/nowhere\.txt cannot be read \(ENOENT/],
    [['--key', 'nonsense'], 2, /^--key: nonsense is no key; it looks like carveout\/T0123456789\+/],
  ])('answers %j in a sentence', async (args, code, sentence) => {
    const answer = await verify(record.url, ...args);
    expect(answer.code).toBe(code);
    expect(answer.err).toMatch(sentence);
  });

  it('refuses a file in which there is no checkpoint', async () => {
    const file = join(folder, 'empty.txt');
    writeFileSync(file, 'nothing');
    const { code, err } = await verify(record.url, '--roots', file);
    expect([code, err]).toEqual([
      1,
      `There is no checkpoint in ${file}: it has four lines each, the first "carveout/T…".\n`,
    ]);
  });
});

describe('audit verify --resume', () => {
  const REQUESTS = 540;

  it('goes on where it was killed, and says in the end what it would have said', async () => {
    const database = await createTestDatabase();
    const store = connect(database.url, createLogger({ level: 'silent' }), 4);
    await publishPolicy(store, TEAM, POLICY, hour(0));
    await submitAll(store, { from: 1, count: REQUESTS, at: hour(0) });
    await store.close();
    await withClient(database.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query(`update events set actor = 'U0EVE' where stream in ('request/123', 'request/456')`);
    });
    const uninterrupted = await verify(database.url);
    expect(uninterrupted.out).toContain(`BROKEN, 2 faults; ${REQUESTS + 1} events`);

    const file = join(folder, 'progress.json');
    const args = ['src/cli.ts', 'audit', 'verify', '--resume', file];
    const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...compiled(), DATABASE_URL: database.url };
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await waitFor(() => existsSync(file), { what: 'something to be written down', timeoutMs: 20_000 });
    child.kill('SIGKILL');
    await ended;
    const { done } = JSON.parse(readFileSync(file, 'utf8'));
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(10);

    const resumed = await runCliProcess(['audit', 'verify', '--resume', file], { DATABASE_URL: database.url });
    expect(resumed).toEqual(uninterrupted);
    expect(existsSync(file), 'what is done need not be gone on with').toBe(false);
    await database.drop();
  }, 90_000);

  it('refuses what is about another workspace, or about nothing', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, JSON.stringify({ format: 1, teamId: 'T0OTHER' }));
    const other = await verify(record.url, '--resume', file);
    expect(other.err).toBe(`${file} is about the workspace T0OTHER: name another file, or remove it to begin anew.\n`);
    writeFileSync(file, 'nonsense');
    const nonsense = await verify(record.url, '--resume', file);
    expect(nonsense.err).toMatch(/ says nothing about a check that was begun: name another file/);
  });
});
