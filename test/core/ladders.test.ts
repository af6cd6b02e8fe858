/** Escalations climb until somebody takes charge of them, and no further. */
import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import { UNIT } from '../../src/core/duration.ts';
import type { Recorded } from '../../src/core/events.ts';
import type { Rules } from '../../src/core/policy.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  acknowledge,
  authorized,
  confirmed,
  form,
  given,
  hold,
  raised,
  release,
  requestOf,
  stageApproved,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';
import { RULES as ALL } from '../support/policy.ts';

const RULES: Rules = { ...ALL, remind_at: [] };
const tick = { type: 'tick' } as const;

/** Looks at the request at each hour, and tells which steps were raised: `22 sla_imminent 1 ops_supervisors`. */
function climbs(story: Recorded[], hours: number[], rules = RULES): string[] {
  const events = [...story];
  const said: string[] = [];
  for (const n of hours) {
    const { outcome } = given(...events).when('system', tick, { at: hour(n), rules });
    if (!Array.isArray(outcome)) throw new Error('a tick is never refused');
    events.push(...outcome);
    for (const event of outcome)
      said.push(
        event.type === 'escalation_raised' ? `${n} ${event.kind} ${event.step} ${event.role}` : `${n} ${event.type}`,
      );
  }
  return said;
}
const everyHour = (to: number) => Array.from({ length: to + 1 }, (_, n) => n);

describe('a deadline that nobody sees to', () => {
  it('climbs from the supervisors to the next tier and on to the executives, each step once', () =>
    expect(climbs([submitted()], everyHour(60))).toEqual([
      '22 sla_imminent 1 ops_supervisors',
      '23 sla_imminent 2 managers',
      '24 sla_breached 1 ops_supervisors',
      '26 sla_breached 2 managers',
      '30 sla_breached 3 executives',
    ]));

  it('of the top tier goes to its own people where no tier is above it', () =>
    expect(climbs([submitted({ deviation: '60' })], [70, 71])).toEqual([
      '70 sla_imminent 1 ops_supervisors',
      '71 sla_imminent 2 executives',
    ]));

  it('leaves each step its full time however late the one before it was seen', () =>
    expect(climbs([submitted()], [40, 41.9, 42, 45.9, 46, 99])).toEqual([
      '40 sla_breached 1 ops_supervisors',
      '42 sla_breached 2 managers',
      '46 sla_breached 3 executives',
    ]));

  it('does not climb on as a warning once the deadline has passed', () =>
    expect(climbs([submitted(), raised('sla_imminent')], [24, 25])).toEqual(['24 sla_breached 1 ops_supervisors']));

  it('ends with the review', () =>
    expect(climbs([submitted(), raised('sla_imminent'), withdrawn(hour(22.5))], everyHour(60))).toEqual([]));
});

describe('whoever acknowledges', () => {
  const warned = given(submitted()).and('system', tick, { at: hour(22), rules: RULES });

  it('ends the climb', () => {
    const { events } = warned.and('sam', acknowledge('sla_imminent', hour(24)), { at: hour(22.5), rules: RULES });
    expect(attentionAt(requestOf(...events), RULES)).toBe(hour(24));
  });

  it('for a while only puts it off: then it climbs, and anybody may take charge again', () => {
    const onIt = { ...acknowledge('sla_imminent', hour(24)), until: hour(23.5) };
    const told = warned.and('sam', onIt, { at: hour(22.5), rules: RULES });
    told
      .when('sue', acknowledge('sla_imminent', hour(24)), { at: hour(23.4) })
      .thenRefused('already_acknowledged', { by: idOf('sam'), at: hour(22.5) });
    expect(attentionAt(requestOf(...told.events), RULES)).toBe(hour(23.5));
    told
      .when('system', tick, { at: hour(23.5), rules: RULES })
      .thenEvents({ type: 'escalation_raised', step: 2, role: 'managers', since: hour(23.5) });
    told
      .and('system', tick, { at: hour(23.5), rules: RULES })
      .when('mia', acknowledge('sla_imminent', hour(24)), { at: hour(23.6) })
      .thenEvents({ type: 'escalation_acknowledged', until: null });
  });

  it('must be one of those a step went to, whichever step', () => {
    warned.when('mia', acknowledge('sla_imminent', hour(24)), { at: hour(22.5) }).thenRefused('not_supervisor');
    const climbed = warned.and('system', tick, { at: hour(23), rules: RULES });
    climbed.when('mia', acknowledge('sla_imminent', hour(24)), { at: hour(23.5) }).thenEvents({ kind: 'sla_imminent' });
    climbed.when('sam', acknowledge('sla_imminent', hour(24)), { at: hour(23.5) }).thenEvents({ kind: 'sla_imminent' });
  });
});

describe('a value above the authority', () => {
  const exceeding = given().and('ada', { type: 'submit', form: form({ value: '50000' }) }, { rules: RULES });

  it('is taken charge of by the next tier within the business day, or the supervisors hear of it', () => {
    const told = exceeding.events.filter(({ type }) => type === 'escalation_raised');
    expect(told).toMatchObject([{ kind: 'authority_exceeded', step: 1, role: 'managers', priority: 'normal' }]);
    expect(climbs(exceeding.events, [14, 15])).toEqual(['15 authority_exceeded 2 ops_supervisors']);
  });

  it('is left alone once it is', () => {
    const taken = exceeding.and('mia', (state) => acknowledge('authority_exceeded', state.dueAt), { at: hour(1) });
    expect(climbs(taken.events, [14, 15, 20])).toEqual([]);
  });
});

describe('what is to be done and is not', () => {
  it('is said of a hold that lasts', () =>
    expect(climbs([submitted(), ...placedHold()], [25, 26, 30], { ...RULES, escalate_before: UNIT.h / 60 })).toContain(
      '26 hold_overdue 1 ops_supervisors',
    ));

  it('is not said of a hold that was cleared up', () => {
    const cleared = given(submitted())
      .and('olga', hold('regulatory'), { at: hour(1) })
      .and('cleo', release(1, 'proceed'), { at: hour(2) });
    expect(climbs([...cleared.events], [25, 26, 30]).filter((each) => each.includes('hold'))).toEqual([]);
  });

  it('is said of an approval that nobody carries out, to operations first', () =>
    expect(climbs([submitted(), confirmed(), authorized()], everyHour(90))).toEqual([
      '74 execution_overdue 1 operations',
      '78 execution_overdue 2 ops_supervisors',
    ]));

  it('is said of a condition that is not met, and ends the approval after a warning', () => {
    const conditional = {
      ...stageApproved('authorization', 'lee', hour(2)),
      conditions: [{ text: words('Device back'), owner: 'U0ZOE', due: '2026-11-25' }],
    };
    const rules = { ...RULES, execute_within: 999 * UNIT.h };
    const said = climbs([submitted(), confirmed(), conditional], everyHour(260), rules);
    expect(said).toEqual(['63 condition_overdue 1 operations', '71 condition_overdue 2 ops_supervisors', '231 lapsed']);
  });
});

const placedHold = () =>
  given(submitted())
    .and('olga', hold('regulatory'), { at: hour(2) })
    .events.slice(1);
