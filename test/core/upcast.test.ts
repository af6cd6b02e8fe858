import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { initial, type State } from '../../src/core/request.ts';
import { SCHEMA_VERSION, upcast } from '../../src/core/upcast.ts';
import { stageApproved, submitted } from '../support/given.ts';

/** As the first version wrote it, words joined in. */
const SUBMITTED = `{"number":1001,"requester":"U0ADA","beneficiary":null,"origin":"slash_command","policyVersion":1,
"rule":"refund-window","category":"customer-retention","deviation":"50",
"asksFor":{"value":"45","standard":"30","unit":"days"},"value":"900","currency":"USD",
"customer":{"content":"c1","nonce":"00","text":"ACME"},"rationale":{"content":"c2","nonce":"00","text":"They waited."},
"impact":{"content":"c3","nonce":null,"text":null},"evidence":null,"severity":"minor","urgent":false,
"alreadyHappened":false,"neededBy":null,"tier":"executive","tierByDeviation":"executive","dueAt":"2026-11-26T09:00:00.000Z"}`;
const APPROVED = `{"round":1,"stage":"validation","rationale":{"content":"c4","nonce":"00","text":"Seen."},
"contentHash":"ab","authority":{"role":"operations","group":"S0OPS","source":"slack",
"confirmedAt":"2026-11-23T09:00:00.000Z","displayName":"Olga","tierLimit":null}}`;
const REJECTED = APPROVED.replace('validation', 'authorization');

const read = (type: string, json: string) => upcast(type, 1, JSON.parse(json) as object);

describe('events of the first version', () => {
  it('say nothing of what was not asked then', () =>
    expect(read('submitted', SUBMITTED)).toEqual({
      type: 'submitted',
      ...(JSON.parse(SUBMITTED) as object),
      otherRule: null,
      component: null,
      errorType: null,
      files: [],
      inputs: {},
      confidential: false,
      askedBefore: null,
      exposure: null,
      renews: null,
    }));

  it('were decided on no snapshots, checks and conditions', () => {
    expect(read('stage_approved', APPROVED)).toMatchObject({ snapshots: [], checks: [], conditions: [] });
    expect(read('stage_rejected', REJECTED)).toMatchObject({ snapshots: [] });
  });

  it.each([
    ['withdrawn', '{"reason":null}'],
    ['conflict_declared', '{"stage":"validation"}'],
    ['info_answered', '{"question":1,"words":{"content":"c","nonce":"00","text":"No. 7"}}'],
    ['nudged', '{"kind":"sla_imminent","deadline":"2026-11-24T09:00:00.000Z","stage":"validation"}'],
    ['policy_published', '{"version":1,"sha256":"ab"}'],
    ['week_reported', '{"week":"2026-W47","dueAt":"2026-11-23T08:00:00.000Z"}'],
  ])('are the same where nothing was added: %s', (type, json) =>
    expect(read(type, json)).toEqual({ type, ...(JSON.parse(json) as object) }),
  );

  it('tell a story that can go on today', () => {
    const story: [string, string, string][] = [
      ['submitted', SUBMITTED, 'U0ADA'],
      ['stage_approved', APPROVED, 'U0OLGA'],
      ['stage_rejected', REJECTED, 'U0EVE'],
    ];
    const events = story.map(([type, json, by]) => ({ ...read(type, json), by, at: '2026-11-23T10:00:00.000Z' }));
    const state = (events as Recorded[]).reduce<State>(evolve, initial);
    expect(state).toMatchObject({ status: 'rejected', owner: 'U0ADA', approvals: [{ checks: [] }], holds: [] });
  });
});

describe('reading events', () => {
  it('leaves those of today as they are', () => {
    for (const { by, at, ...event } of [submitted(), stageApproved('validation', 'olga')])
      expect(upcast(event.type, SCHEMA_VERSION, event)).toEqual(event);
  });

  it('refuses what a newer program wrote, and what fits no event: reading on would misjudge it', () => {
    expect(() => upcast('withdrawn', SCHEMA_VERSION + 1, { reason: null })).toThrow('update it');
    expect(() => upcast('withdrawn', 1, {})).toThrow();
    expect(() => upcast('vanished', 1, {})).toThrow();
    expect(() => upcast('submitted', 2, JSON.parse(SUBMITTED) as object)).toThrow();
  });
});
