import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueWeeks, reportWeeks } from '../../src/jobs/weeks.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { registerWorkspace } from '../../src/store/workspaces.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createHistory, type History, TEAM } from '../support/history.ts';
import { recordedLog } from './support.ts';

const ids = (since: string, now: string, zone = 'UTC') => dueWeeks(since, now, zone).map(({ week }) => week.id);
const LONG_AGO = '2020-01-01T00:00:00.000Z';

describe('a week is due to be reported', () => {
  it('on the Monday after it at nine, not a minute before', () => {
    expect(ids('2026-11-17T00:00:00.000Z', '2026-11-23T08:59:59.999Z')).toEqual([]);
    expect(ids('2026-11-17T00:00:00.000Z', '2026-11-23T09:00:00.000Z')).toEqual(['2026-W47']);
  });

  it('by the clock of the policy, in zones of half hours and on the other side of the world', () => {
    expect(dueWeeks('2026-11-17T00:00:00.000Z', '2026-11-23T12:00:00.000Z', 'Asia/Kolkata')[0]?.dueAt).toBe(
      '2026-11-23T03:30:00.000Z',
    );
    expect(ids('2026-11-17T00:00:00.000Z', '2026-11-22T20:00:00.000Z', 'Pacific/Auckland')).toEqual(['2026-W47']);
    expect(ids('2026-11-17T00:00:00.000Z', '2026-11-23T16:59:00.000Z', 'America/Los_Angeles')).toEqual([]);
  });

  it.each([
    ['Europe/Berlin', '2026-03-30T07:00:00.000Z', '2026-W13'],
    ['Europe/Berlin', '2026-10-26T08:00:00.000Z', '2026-W43'],
    ['America/New_York', '2026-03-09T13:00:00.000Z', '2026-W10'],
    ['Australia/Lord_Howe', '2026-10-04T22:00:00.000Z', '2026-W40'],
  ])('across a change of the clocks in %s (faults 43, 44)', (zone, dueAt, week) => {
    const minuteBefore = new Date(Date.parse(dueAt) - 60_000).toISOString();
    expect(ids(LONG_AGO, dueAt, zone).at(-1)).toBe(week);
    expect(ids(LONG_AGO, minuteBefore, zone).at(-1)).not.toBe(week);
  });

  it('also when the year ends within it, or has fifty-three', () => {
    expect(ids('2026-12-22T00:00:00.000Z', '2027-01-11T09:00:00.000Z')).toEqual(['2026-W52', '2026-W53', '2027-W01']);
  });

  it('for as long as eight weeks back, the oldest first, and never from before the bot was there', () => {
    expect(ids(LONG_AGO, '2026-11-23T09:00:00.000Z')).toHaveLength(8);
    expect(ids(LONG_AGO, '2026-11-23T09:00:00.000Z')[0]).toBe('2026-W40');
    expect(ids('2026-11-16T09:00:00.001Z', '2026-11-23T09:00:00.000Z')).toEqual(['2026-W47']);
    expect(ids('2026-11-23T09:00:00.000Z', '2026-11-23T09:00:00.000Z')).toEqual([]);
  });
});

describe('the weekly report', () => {
  let database: TestDatabase;
  let past: History;
  beforeEach(async () => {
    database = await createTestDatabase();
    past = await createHistory(database.url);
    const since = '2026-11-05T10:00:00.000Z';
    await registerWorkspace(past.db, { teamId: TEAM, name: 'Test', botUserId: 'U0BOT', since });
  });
  afterEach(async () => {
    await past.close();
    await database.drop();
  });

  const replica = (now: string) => {
    const policies = createPolicies(past.db, TEAM);
    const events = createEventLog(past.pool, policies);
    const { log } = recordedLog();
    return () => reportWeeks({ db: past.db, events, policies, clock: { now: () => now }, teamId: TEAM, log });
  };
  const owed = async () =>
    (
      await past.pool.query<{ week: string }>(
        `select intent->>'week' as week from outbox, jsonb_array_elements(intents) as intent where intent->>'kind' = 'digest' order by id`,
      )
    ).rows.map(({ week }) => week);

  it('is owed once a week, over restarts and several replicas (faults 45, 46)', async () => {
    await Promise.all(Array.from({ length: 5 }, () => replica('2026-11-09T09:00:30.000Z')()));
    await replica('2026-11-09T09:01:30.000Z')();
    await replica('2026-11-15T23:00:00.000Z')();
    expect(await owed()).toEqual(['2026-W45']);
  });

  it('that was missed is caught up, the oldest first', async () => {
    expect(await replica('2026-11-26T15:00:00.000Z')()).toEqual(['2026-W45', '2026-W46', '2026-W47']);
    expect(await owed()).toEqual(['2026-W45', '2026-W46', '2026-W47']);
    expect(await replica('2026-11-26T15:01:00.000Z')()).toEqual([]);
  });

  it('is an event in the chain, with the instant it fell due', async () => {
    await replica('2026-11-10T15:00:00.000Z')();
    const { rows } = await past.pool.query(`select type, actor, data, prev_hash from events where stream = $1`, [
      'review/2026-W45',
    ]);
    expect(rows).toEqual([
      {
        type: 'week_reported',
        actor: 'system',
        data: { week: '2026-W45', dueAt: '2026-11-09T09:00:00.000Z' },
        prev_hash: null,
      },
    ]);
  });
});
