import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../src/jobs/sweep.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createHistory, type History, TEAM } from '../support/history.ts';
import { recordedLog } from './support.ts';

let database: TestDatabase;
let past: History;
beforeEach(async () => {
  database = await createTestDatabase();
  past = await createHistory(database.url);
});
afterEach(async () => {
  await past.close();
  await database.drop();
});

/** A replica that knows nothing of the others, nor of what ran before it was started. */
const replica = (now: string, log = recordedLog().log) => {
  const events = createEventLog(past.pool, createPolicies(past.db, TEAM));
  return () => sweep({ db: past.db, events, clock: { now: () => now }, teamId: TEAM, log });
};

async function raised(): Promise<string[]> {
  const { rows } = await past.pool.query<{ stream: string; kind: string }>(
    `select stream, data->>'kind' as kind from events where type = 'escalation_raised' order by stream, seq`,
  );
  return rows.map(({ stream, kind }) => `${stream} ${kind}`);
}
const owedEscalations = async () =>
  (await past.pool.query(`select 1 from outbox where intents @> '[{"kind":"escalate"}]'`)).rowCount;

// The policy gives a team lead 24 hours and reminds two hours before.
const ASKED = '2026-11-16T09:00:00.000Z';
const BEFORE = '2026-11-17T06:59:00.000Z';
const IMMINENT = '2026-11-17T07:00:00.000Z';
const BREACHED = '2026-11-17T09:00:00.000Z';

describe('the sweep', () => {
  it('says nothing before its time, and says it once when it comes, however often it looks (fault 49)', async () => {
    await past.ask(ASKED);
    // Those whose turn it is are reminded by then; nobody else hears of it.
    expect(await replica(BEFORE)()).toEqual({ seen: 1, failed: 0 });
    expect(await replica(BEFORE)()).toEqual({ seen: 0, failed: 0 });
    expect(await raised()).toEqual([]);
    for (let minute = 0; minute < 5; minute++) await replica(IMMINENT)();
    expect(await raised()).toEqual(['request/1 sla_imminent']);
    for (let minute = 0; minute < 5; minute++) await replica(BREACHED)();
    expect(await raised()).toEqual(['request/1 sla_imminent', 'request/1 sla_breached']);
    expect(await replica(BREACHED)()).toEqual({ seen: 0, failed: 0 });
  });

  it('raises each escalation once where several replicas sweep at the same moment (faults 45, 46)', async () => {
    for (let i = 0; i < 12; i++) await past.ask(ASKED);
    await Promise.all(Array.from({ length: 4 }, () => replica(IMMINENT)()));
    const numbers = Array.from({ length: 12 }, (_, i) => `request/${i + 1} sla_imminent`);
    expect((await raised()).toSorted()).toEqual(numbers.toSorted());
    expect(await owedEscalations()).toBe(12);
  });

  it('finds after a downtime what fell due meanwhile, without claiming that there is time left (fault 48)', async () => {
    await past.ask(ASKED);
    await replica('2026-11-19T12:00:00.000Z')();
    expect(await raised()).toEqual(['request/1 sla_breached']);
  });

  it('leaves a request alone that was decided in time', async () => {
    const number = await past.ask(ASKED);
    await past.confirm('2026-11-16T10:00:00.000Z', number);
    await past.approve('2026-11-16T11:00:00.000Z', number);
    expect(await replica(BREACHED)()).toEqual({ seen: 0, failed: 0 });
    expect(await raised()).toEqual([]);
  });

  it('goes on with the others where one request cannot be read, and says which', async () => {
    for (let i = 0; i < 3; i++) await past.ask(ASKED);
    await past.pool.query(`update requests set state = '{}' where number = 2`);
    const { log, lines } = recordedLog();
    expect(await replica(IMMINENT, log)()).toEqual({ seen: 3, failed: 1 });
    expect(await raised()).toEqual(['request/1 sla_imminent', 'request/3 sla_imminent']);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', request: 2 }));
  });

  it('gets through more than a batch in one go (fault 50)', async () => {
    await past.ask(ASKED);
    await past.pool.query(
      `insert into requests select (jsonb_populate_record(r, jsonb_build_object('number', n,
         'state', r.state::jsonb || jsonb_build_object('number', n)))).*
       from requests r, generate_series(2, 130) n`,
    );
    await past.pool.query(
      `insert into events select (jsonb_populate_record(e, jsonb_build_object('stream', 'request/' || n))).*
       from events e, generate_series(2, 130) n where e.stream = 'request/1'`,
    );
    expect(await replica(IMMINENT)()).toEqual({ seen: 130, failed: 0 });
    expect(new Set(await raised()).size).toBe(130);
    expect(await replica(IMMINENT)()).toEqual({ seen: 0, failed: 0 });
  });
});
