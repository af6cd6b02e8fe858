import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyRecord } from '../../src/jobs/verify.ts';
import { createLogger } from '../../src/log.ts';
import { type Lane, laneOf } from '../../src/store/audit/pass.ts';
import { snapshotsOf } from '../../src/store/audit/reader.ts';
import { lastVerification, verifySome } from '../../src/store/audit/verifications.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { copyDatabase } from '../support/copy.ts';
import type { TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { createSealedRecord, type SealedRecord } from '../support/sealedRecord.ts';
import { owedIn } from '../support/store.ts';

let record: SealedRecord;
let copy: TestDatabase;
let store: Store;
let other: Store;
const log = createLogger({ level: 'silent' });

beforeAll(async () => {
  record = await createSealedRecord();
});
afterAll(() => record.drop());
beforeEach(async () => {
  copy = await copyDatabase(record);
  store = connect(copy.url, log, 2);
  other = connect(copy.url, log, 2);
  return async () => {
    await Promise.all([store.close(), other.close()]);
    await copy.drop();
  };
});

const some = (within: number, begin = true, now = '2026-12-01T00:10:00.000Z', { db } = store) =>
  verifySome(db, record.teamId, { now, within, begin });
const last = () => lastVerification(store.db, record.teamId);
let woken = 0;
const job = (now: string, { db } = store) =>
  verifyRecord({
    ...{ db, teamId: record.teamId, clock: { now: () => now }, log, wake: () => void woken++ },
    text: (stream, seq) => `${stream} ${seq}`,
  });
const tamper = (statement: string) =>
  withClient(copy.url, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(statement);
  });
const alerts = async () =>
  (await owedIn(store, record.teamId)).flatMap((intent) => (intent.kind === 'alert' ? [intent] : []));

describe('the record is proved pass by pass', () => {
  it('and says what the last pass found', async () => {
    expect(await last()).toBeNull();
    expect(await some(10_000)).toEqual({ finished: true, found: [] });
    expect(await last()).toEqual({
      ...{ startedAt: '2026-12-01T00:10:00.000Z', finishedAt: '2026-12-01T00:10:00.000Z' },
      ...{ size: 28, events: 28, faults: [], faulty: 0, running: null },
    });
  });

  it('is gone on with by whoever comes next, where time was up', async () => {
    const calls = [];
    do calls.push(await some(0, true, '2026-12-01T00:10:00.000Z', calls.length % 2 === 0 ? store : other));
    while (!calls.at(-1)?.finished && calls.length < 10);
    expect(calls.length).toBeGreaterThan(1);
    expect(await last()).toMatchObject({ events: 28, faulty: 0 });
  });

  it('lets those pass who press buttons, between its steps', async () => {
    let passed = 0;
    const letPass = async () => void passed++;
    const now = '2026-12-01T00:10:00.000Z';
    await verifySome(store.db, record.teamId, { now, within: 10_000, begin: true, letPass });
    expect(passed).toBeGreaterThan(1);
  });

  it('is done by one of several replicas at a time', async () => {
    const both = await Promise.all([some(10_000), some(10_000, true, '2026-12-01T00:10:00.000Z', other)]);
    expect(both.filter(({ finished }) => finished).length).toBeGreaterThan(0);
    const passes = await store.db.selectFrom('verifications').select(['pass', 'events']).execute();
    // Whoever came when the first was through may have begun another; none was gone through twice.
    expect(passes.every(({ events }) => events === '28')).toBe(true);
  });

  it('knows of absences that were set after it began', async () => {
    const lane = laneOf(snapshotsOf(store.db));
    let looks = 0;
    // What it read when it began, before anybody went away.
    const late: Lane = {
      ...lane,
      streams: (pass, range, known, on) => lane.streams(pass, range, looks++ ? known : [], on),
    };
    expect(await verifyChains(store.db, record.teamId, { lanes: () => [late] })).toMatchObject({
      events: 28,
      faulty: 0,
    });
    expect(looks).toBe(2);
  });

  it('shows the pass under way beside the last one', async () => {
    await some(10_000);
    await some(0);
    expect(await last()).toMatchObject({ running: { startedAt: '2026-12-01T00:10:00.000Z', faulty: 0 } });
  });
});

describe('the job', () => {
  it('begins a pass a day, and goes on with one that is not done', async () => {
    expect(await job('2026-12-01T00:10:00.000Z')).toBe(true);
    expect(await job('2026-12-01T23:59:00.000Z')).toBe(false);
    expect(await job('2026-12-02T00:00:00.000Z')).toBe(true);
    expect(await last()).toMatchObject({ startedAt: '2026-12-02T00:00:00.000Z' });
  });

  it('tells admins and compliance at once what it finds, and what it found before once a day', async () => {
    await tamper(`update events set actor = 'U0MALLORY' where stream = 'request/2' and seq = 2`);
    await job('2026-12-01T00:10:00.000Z');
    const alert = { kind: 'alert', problem: 'record/request/2', text: 'request/2 2', roles: ['admins', 'compliance'] };
    expect(await alerts()).toEqual([{ ...alert, day: '2026-12-01' }]);
    expect(woken).toBe(1);
    expect((await last())?.faults).toEqual([{ stream: 'request/2', seq: 2, what: 'changed' }]);
    await job('2026-12-01T12:00:00.000Z');
    await job('2026-12-02T00:10:00.000Z');
    expect((await alerts()).map(({ day }) => day)).toEqual(['2026-12-01', '2026-12-02']);
  });

  it('tells of what it found also where it failed before it could say so', async () => {
    await tamper(`update events set actor = 'U0MALLORY' where stream = 'request/2' and seq = 2`);
    await tamper('alter table outbox rename to gone');
    await expect(job('2026-12-01T00:10:00.000Z')).rejects.toThrow('outbox');
    await tamper('alter table gone rename to outbox');
    // As if whoever was at it had been gone for a while.
    await tamper('update verifications set claimed_until = now()');
    expect(await job('2026-12-01T00:12:00.000Z')).toBe(true);
    expect(await alerts()).toMatchObject([{ problem: 'record/request/2' }]);
  });
});
