import { describe, expect, it } from 'vitest';
import { attentionAt, due } from '../../src/core/attention.ts';
import type { Recorded } from '../../src/core/events.ts';
import type { Rules } from '../../src/core/policy.ts';
import { hour } from '../support/cast.ts';
import {
  authorized,
  confirmed,
  given,
  questioned,
  raised,
  requestOf,
  stageRejected,
  submitted,
  withdrawn,
} from '../support/given.ts';
import { RULES as ALL, policyWith, readPolicy } from '../support/policy.ts';

const tick = { type: 'tick' } as const;

/** Deadlines alone: `ladders.test.ts` says how escalations climb, `reminders.test.ts` what comes before them. */
const alone = (rules: Rules): Rules => {
  const once = [{ to: 'ops_supervisors', priority: 'high' } as const];
  return { ...rules, remind_at: [], ladders: { sla_imminent: once, sla_breached: once, authority_exceeded: once } };
};
const RULES = alone(ALL);

/** What is said about the deadline when the request is looked at at each of these hours. */
function saidAt(hours: number[], rules = RULES, ...events: Recorded[]) {
  const story: Recorded[] = events.length > 0 ? events : [submitted({ rules })];
  return hours.map((n) => {
    const { outcome } = given(...story).when('system', tick, { at: hour(n), rules });
    if (!Array.isArray(outcome)) throw new Error('a tick is never refused');
    story.push(...outcome);
    return outcome.map((event) => (event.type === 'escalation_raised' ? event.kind : event.type)).join();
  });
}

describe('when a request next needs attention', () => {
  it('is two hours before the deadline, then the deadline, then never', () => {
    expect(attentionAt(requestOf(submitted()), RULES)).toBe(hour(22));
    expect(attentionAt(requestOf(submitted(), raised('sla_imminent')), RULES)).toBe(hour(24));
    expect(attentionAt(requestOf(submitted(), raised('sla_imminent'), raised('sla_breached')), RULES)).toBeNull();
  });

  it('does not depend on the stage, nor on open questions', () => {
    expect(attentionAt(requestOf(submitted(), confirmed()), RULES)).toBe(hour(22));
    expect(attentionAt(requestOf(submitted(), questioned()), RULES)).toBe(hour(22));
  });

  it('is when it is to be carried out once it is approved, and never once it is over', () => {
    expect(attentionAt(requestOf(submitted(), confirmed(), authorized()), RULES)).toBe(hour(74));
    for (const end of [[stageRejected('validation', 'olga')], [withdrawn()]]) {
      const state = requestOf(submitted(), ...end);
      expect(attentionAt(state, RULES)).toBeNull();
      expect(due(state, RULES, hour(99))).toEqual([]);
    }
  });

  it('does not mistake the escalation of an authority exceeded for one about time', () => {
    const exceeded = { ...raised('authority_exceeded'), role: 'managers' } as const;
    expect(attentionAt(requestOf(submitted(), exceeded), RULES)).toBe(hour(22));
  });
});

describe('each escalation', () => {
  it('49: is raised once, however often the request is looked at', () =>
    expect(saidAt([0, 21, 22, 22, 23, 23.9, 24, 24, 25, 99])).toEqual([
      '',
      '',
      'sla_imminent',
      '',
      '',
      '',
      'sla_breached',
      '',
      '',
      '',
    ]));

  it('falls due at its instant, not before', () => {
    const state = requestOf(submitted());
    expect(due(state, RULES, '2026-11-24T06:59:59.999Z')).toEqual([]);
    expect(due(state, RULES, '2026-11-24T07:00:00.000Z')).toMatchObject([{ kind: 'sla_imminent', since: hour(22) }]);
  });

  it('48: says only the breach after a downtime past the deadline: “two hours left” would be untrue', () =>
    expect(saidAt([30, 31])).toEqual(['sla_breached', '']));

  it('is raised at once where the SLA is shorter than the lead time, since when it was submitted', () => {
    const rules = alone(readPolicy(policyWith('sla: 24h', 'sla: 1h')).rules);
    const state = requestOf(submitted({ rules }));
    expect(attentionAt(state, rules)).toBe(hour(0));
    expect(due(state, rules, hour(0))).toMatchObject([{ kind: 'sla_imminent', since: hour(0), deadline: hour(1) }]);
    expect(saidAt([0, 0.5, 1, 2], rules)).toEqual(['sla_imminent', '', 'sla_breached', '']);
  });

  it('is imminent at once where SLA and lead time are the same', () => {
    const rules = alone(readPolicy(policyWith('sla: 24h', 'sla: 2h')).rules);
    expect(saidAt([0, 1, 2], rules)).toEqual(['sla_imminent', '', 'sla_breached']);
  });
});

describe('after a tick', () => {
  const stories: [string, Recorded[]][] = [
    ['in validation', [submitted()]],
    ['in authorization', [submitted(), confirmed()]],
    ['warned of', [submitted(), raised('sla_imminent')]],
    ['breached', [submitted(), raised('sla_imminent'), raised('sla_breached')]],
    ['over', [submitted(), withdrawn()]],
  ];
  it.each(stories)('at any time, the next attention of a request %s lies later or nowhere', (_what, events) => {
    for (const n of [0, 1, 21.999, 22, 22.001, 23.999, 24, 24.001, 99]) {
      const next = attentionAt(
        given(...events)
          .when('system', tick, { at: hour(n), rules: RULES })
          .request(),
        RULES,
      );
      if (next !== null) expect(next > hour(n), `${next} is later than ${hour(n)}`).toBe(true);
    }
  });
});
