import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy, parseNotes, parseVerifierKey } from '../../src/proof/checkpoint.ts';
import { isConsistent, leafHash, rootFromInclusion } from '../../src/proof/merkle.ts';
import { readSealKey } from '../../src/sealKey.ts';
import { type Checkpoint, seal } from '../../src/store/seal.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createHistory, TEAM } from '../support/history.ts';

const folder = mkdtempSync(join(tmpdir(), 'carveout-seal-cli-'));
const KEY = join(folder, 'seal.pem');
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, day, hour)).toISOString();

let database: TestDatabase;
let env: Record<string, string>;
let older: Checkpoint | null;
let newer: Checkpoint | null;

beforeAll(async () => {
  database = await createTestDatabase();
  env = { DATABASE_URL: database.url, CARVEOUT_SEAL_KEY: KEY };
  await runCliProcess(['audit', 'key', '--new', KEY]);
  const history = await createHistory(database.url);
  const options = { at: at(9, 9), key: readSealKey(KEY), checkpoint: true, patient: true };
  const first = await history.ask(at(5, 9));
  await history.confirm(at(5, 10), first);
  older = (await seal(history, TEAM, options)).checkpoint;
  await history.ask(at(6, 9), { customer: 'Globex' });
  await history.approve(at(6, 12), first);
  newer = (await seal(history, TEAM, options)).checkpoint;
  await history.withdraw(at(7, 9), 2);
  await history.close();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const decoded = (hashes: string[]) => hashes.map((one) => Buffer.from(one, 'base64'));

describe('audit key', () => {
  it('prints the line with which auditors check signatures', async () => {
    const { code, out } = await runCli(['audit', 'key'], env);
    expect(code).toBe(0);
    const key = parseVerifierKey(out);
    const [note] = parseNotes(newer?.note ?? '');
    expect(note && key && isSignedBy(note, key)).toBe(true);
  });

  it('makes no key over another', async () => {
    const { code, err } = await runCli(['audit', 'key', '--new', KEY]);
    expect([code, err]).toEqual([1, `${KEY} is there already and may be in use: name a file that is not.\n`]);
  });

  it('says what to do where there is none', async () => {
    const { code, err } = await runCli(['audit', 'key', '--team', TEAM], { DATABASE_URL: database.url });
    expect([code, err]).toEqual([1, expect.stringMatching(/^CARVEOUT_SEAL_KEY is not set.*--new seal\.pem\.\n$/)]);
  });
});

describe('audit proof', () => {
  it("proves a request's events against the latest checkpoint, which it shows", async () => {
    const { code, out } = await runCliProcess(['audit', 'proof', 'EX-1'], env);
    const { events, ...said } = JSON.parse(out);
    expect(code).toBe(0);
    expect(said).toMatchObject({ origin: `carveout/${TEAM}`, request: 'EX-1', size: newer?.size, note: newer?.note });
    expect(said.notInIt).toEqual([]);
    expect(events.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3]);
    for (const { hash, leaf, position, proof } of events) {
      expect(leafHash(Buffer.from(hash, 'hex')).toString('base64')).toBe(leaf);
      expect(rootFromInclusion(Buffer.from(leaf, 'base64'), position, said.size, decoded(proof))).toEqual(newer?.root);
    }
  });

  it('says which events an earlier checkpoint does not stand for, and proves that the later one begins with it', async () => {
    const [from, to] = [`${older?.size}`, `${newer?.size}`];
    const { out } = await runCli(['audit', 'proof', 'ex-1', '--size', from, '--from', from, '--to', to], env);
    const { consistency, ...said } = JSON.parse(out);
    expect(said).toMatchObject({ root: older?.root.toString('base64'), notInIt: [3] });
    expect(older && newer && isConsistent(older, newer, decoded(consistency.proof))).toBe(true);
  });

  it.each([
    [['EX-99'], 1, /^There is no EX-99\.\n$/],
    [['EX-1', '--size', '999'], 1, /^Only \d+ events are sealed, which is fewer than 999\.\n$/],
    [[], 2, /^Say which request, or --from and --to\.\nUsage: npx node src\/cli\.ts audit proof /],
  ])('answers %j with exit code %i and a sentence', async (args, code, sentence) => {
    const answer = await runCli(['audit', 'proof', ...args], env);
    expect([answer.code, answer.out]).toEqual([code, '']);
    expect(answer.err).toMatch(sentence);
  });
});
