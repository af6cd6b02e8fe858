/** Rules told as `given(events).when(who, order).thenEvents(…)` or `.thenRefused(…)`. */
import { expect } from 'vitest';
import { contentHash } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { decide } from '../../src/core/decide.ts';
import { erasableOf } from '../../src/core/erasing.ts';
import type { Authority } from '../../src/core/events/review.ts';
import type { Exposure } from '../../src/core/events/submission.ts';
import type { Renewal, Validity } from '../../src/core/events/timing.ts';
import { type EventOf, type Recorded, SYSTEM } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { placeOf, type Rules } from '../../src/core/policy.ts';
import { isRefusal, type Refusal } from '../../src/core/refusal.ts';
import type { Renewing } from '../../src/core/renewing.ts';
import { type ExceptionRequest, initial, type State } from '../../src/core/request.ts';
import type { Standing } from '../../src/core/standing.ts';
import { type EscalationKind, type Instant, plus, type Stage } from '../../src/core/values.ts';
import { hour, idOf, type Name, standingFor } from './cast.ts';
import { type Form, form, type Ordering, words } from './orders.ts';
import { RULES } from './policy.ts';

export * from './orders.ts';

// Events
type Asking = Omit<Partial<Form>, 'renews'> & { requester?: string; rules?: Rules; renews?: Renewal };
export function submitted(over: Asking = {}): EventOf<'submitted'> {
  const { requester = idOf('ada'), rules = RULES, renews = null, ...fields } = over;
  const filled = form(fields);
  const place = placeOf(rules, filled);
  return {
    type: 'submitted',
    by: requester,
    at: hour(0),
    number: 12,
    requester,
    policyVersion: 1,
    currency: rules.currency,
    ...place,
    dueAt: plus(hour(0), rules.tiers[place.tier].sla),
    exposure: null,
    ...filled,
    renews,
  };
}
const authority: Authority = {
  role: 'operations',
  group: 'S0OPERATIONS',
  source: 'slack',
  confirmedAt: hour(0),
  displayName: 'somebody',
  tierLimit: '10000',
  onBehalfOf: null,
};
const decided = (stage: Stage, by: Name, at: Instant) => ({
  by: idOf(by),
  at,
  round: 1,
  stage,
  rationale: words('Seen.'),
  contentHash: 'seen',
  authority,
  snapshots: [],
});
export const stageApproved = (
  stage: Stage,
  by: Name,
  at: Instant = hour(1),
  validity: Validity | null = null,
): EventOf<'stage_approved'> => ({
  type: 'stage_approved',
  ...decided(stage, by, at),
  checks: [],
  conditions: [],
  validity,
});
export const stageRejected = (stage: Stage, by: Name, at: Instant = hour(1)): EventOf<'stage_rejected'> => ({
  type: 'stage_rejected',
  ...decided(stage, by, at),
});
export const confirmed = (by: Name = 'olga') => stageApproved('validation', by);
export const authorized = (by: Name = 'lee', validity: Validity | null = null) =>
  stageApproved('authorization', by, hour(2), validity);
export const withdrawn = (at: Instant = hour(1)): EventOf<'withdrawn'> => ({
  type: 'withdrawn',
  by: idOf('ada'),
  at,
  reason: null,
});
export const questioned = (
  question = 1,
  by: Name = 'olga',
  stage: Stage = 'validation',
): EventOf<'info_requested'> => ({
  type: 'info_requested',
  by: idOf(by),
  at: hour(1),
  question,
  stage,
  words: words('Which invoice?'),
});
export const answered = (question = 1): EventOf<'info_answered'> => ({
  type: 'info_answered',
  by: idOf('ada'),
  at: hour(2),
  question,
  words: words('Number 7.'),
});
export const conflicted = (by: Name): EventOf<'conflict_declared'> => ({
  type: 'conflict_declared',
  by: idOf(by),
  at: hour(1),
  stage: 'validation',
});
/** @param deadline by default that of a team lead's request */
export const raised = (kind: EscalationKind, deadline: Instant = hour(24)): EventOf<'escalation_raised'> => ({
  type: 'escalation_raised',
  by: SYSTEM,
  at: kind === 'sla_imminent' ? hour(22) : deadline,
  kind,
  deadline,
  step: 1,
  acknowledgeBy: null,
  role: 'ops_supervisors',
  priority: 'high',
  since: kind === 'sla_imminent' ? hour(22) : deadline,
});
export const acknowledged = (kind: EscalationKind, by: Name): EventOf<'escalation_acknowledged'> => ({
  type: 'escalation_acknowledged',
  by: idOf(by),
  at: hour(23),
  kind,
  deadline: hour(24),
  until: null,
});
export const nudged = (kind: EscalationKind, by: Name, at: Instant = hour(23)): EventOf<'nudged'> => ({
  type: 'nudged',
  by: idOf(by),
  at,
  kind,
  deadline: hour(24),
  stage: 'validation',
});

/** @throws Error where there was no submission: such an order has nothing to look at */
export function requestOf(...events: Recorded[]): ExceptionRequest {
  const state = events.reduce<State>(evolve, initial);
  if (!state) throw new Error('given no events, there is no request');
  return state;
}

type Circumstances = {
  at?: Instant;
  standing?: Standing;
  /** The rules it was made under; `current` ones where it has yet to be made. */
  rules?: Rules;
  /** Hash of the content now, where it is another than the state's. */
  contentHash?: string;
  /** What counts together with it; by default nothing does. */
  exposure?: Exposure;
  /** What a submission renews. */
  renewing?: Renewing;
};

export function given(...events: Recorded[]) {
  const state = events.reduce<State>(evolve, initial);
  const outcomeOf = (who: Name | 'system', order: Ordering, circumstances: Circumstances) => {
    const { at = hour(3), rules = RULES, exposure = null, renewing = null } = circumstances;
    const given = typeof order === 'function' ? order(requestOf(...events)) : order;
    return decide(state, { ...given, by: who === 'system' ? SYSTEM : idOf(who), at } as Command, {
      number: state?.number ?? 12,
      policy: { version: 1, rules },
      standing: circumstances.standing ?? standingFor(who === 'system' ? 'zoe' : who),
      contentHash: circumstances.contentHash ?? (state ? contentHash(state) : ''),
      exposure,
      renewing,
      erasable: erasableOf(events),
    });
  };
  return {
    state,
    events,
    when(who: Name | 'system', order: Ordering, circumstances: Circumstances = {}) {
      const outcome = outcomeOf(who, order, circumstances);
      return {
        outcome,
        /** Exactly these events in this order; of each, at least these facts. */
        thenEvents: (...expected: Partial<Recorded>[]) => expect(outcome).toMatchObject(expected),
        /** Nothing is to happen, and nothing is wrong with that. */
        thenNothing: () => expect(outcome).toEqual([]),
        /** Exactly this refusal. */
        thenRefused: (why: Refusal['why'], facts: object = {}) =>
          expect(outcome).toEqual({ refused: true, why, ...facts }),
        /** The request after it. */
        request: (): ExceptionRequest => requestOf(...events, ...done(outcome)),
      };
    },
    /** The same story, one order later. @throws Error where the order is refused */
    and: (who: Name | 'system', order: Ordering, circumstances: Circumstances = {}) =>
      given(...events, ...done(outcomeOf(who, order, circumstances))),
  };
}

function done(outcome: Recorded[] | Refusal): Recorded[] {
  if (isRefusal(outcome)) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome;
}
