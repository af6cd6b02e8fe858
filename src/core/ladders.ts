/** Escalations: when each begins, to whom its steps go, and when the next one follows. */
import { type Rules, roleOf } from './policy.ts';
import {
  conditionsOf,
  type Escalation,
  type ExceptionRequest,
  isClosed,
  openHolds,
  sameEscalation,
} from './request.ts';
import { after, endOfDay } from './sla.ts';
import { type LadderStep, laddersOf, type Recipient } from './timing.ts';
import {
  type EscalationKind,
  endOf,
  type Instant,
  type Priority,
  plus,
  type Role,
  TIERS,
  type Tier,
} from './values.ts';

export type DueEscalation = {
  what: 'escalation';
  kind: EscalationKind;
  deadline: Instant;
  step: number;
  role: Role;
  priority: Priority;
  since: Instant;
};
type Which = { kind: EscalationKind; deadline: Instant };

export const tierAbove = (tier: Tier): Tier | null => TIERS[TIERS.indexOf(tier) + 1] ?? null;

function roleFor(
  to: Recipient,
  state: Pick<ExceptionRequest, 'tier'> & { stage?: 'validation' | 'authorization' },
): Role {
  if (to === 'turn') return roleOf(state.stage ?? 'authorization', state.tier);
  if (to === 'authorizer') return roleOf('authorization', state.tier);
  if (to === 'next_tier') return roleOf('authorization', tierAbove(state.tier) ?? 'executive');
  return to;
}

/** Whether what an escalation is about is over, so that it climbs no further. */
export function isSettled(state: ExceptionRequest, { kind, deadline }: Which, rules: Rules): boolean {
  switch (kind) {
    case 'sla_imminent':
    case 'sla_breached':
    case 'authority_exceeded':
      return state.status !== 'in_review' || (kind !== 'authority_exceeded' && state.dueAt !== deadline);
    case 'complaint':
      return isClosed(state);
    case 'hold_overdue':
      return !openHolds(state).some(({ at }) => holdDeadline(state, at, rules) <= deadline);
    case 'execution_overdue':
      return state.status !== 'approved' || state.ended !== null || state.execution?.outcome === 'done';
    case 'condition_overdue':
      return (
        isClosed(state) ||
        state.status !== 'approved' ||
        state.ended !== null ||
        !unmet(state).some(({ due }) => endOf(due) <= deadline)
      );
    default:
      return kind satisfies never;
  }
}

const unmet = (state: ExceptionRequest) => conditionsOf(state).filter(({ met }) => !met);

const holdDeadline = (state: ExceptionRequest, at: Instant, rules: Rules): Instant =>
  after(rules, state, at, rules.hold_within);

/** Steps that are still to be raised. */
export function escalations(state: ExceptionRequest, rules: Rules): DueEscalation[] {
  const begun = state.escalations.flatMap((escalation) => next(state, escalation, rules));
  const fresh = [...deadlines(state, rules), ...holds(state, rules), ...afterApproval(state, rules)].filter(
    ({ kind, deadline }) => !state.escalations.some((known) => sameEscalation(known, { kind, deadline })),
  );
  return [...begun, ...fresh];
}

/** The step after the last one, once it was not acknowledged in time or whoever was on it has run out of time. */
function next(state: ExceptionRequest, escalation: Escalation, rules: Rules): DueEscalation[] {
  const { kind, deadline, step, acknowledged, acknowledgeBy } = escalation;
  const since = acknowledged ? acknowledged.until : acknowledgeBy;
  const following = laddersOf(rules, kind)[step];
  if (since === null || !following || isSettled(state, escalation, rules) || standsStill(state, kind)) return [];
  // Past the deadline its own ladder climbs, not the one that warned of it.
  if (kind === 'sla_imminent' && (since >= deadline || isBreached(state))) return [];
  return [dueStep(state, { kind, deadline }, following, step + 1, since)];
}

const dueStep = (
  state: ExceptionRequest,
  { kind, deadline }: Which,
  { to, priority }: LadderStep,
  step: number,
  since: Instant,
): DueEscalation => ({
  what: 'escalation',
  kind,
  deadline,
  step,
  role: roleFor(to, state),
  priority,
  since,
});

function begin(
  state: ExceptionRequest,
  rules: Rules,
  kind: EscalationKind,
  deadline: Instant,
  since = deadline,
): DueEscalation[] {
  const [first] = laddersOf(rules, kind);
  return first ? [dueStep(state, { kind, deadline }, first, 1, since)] : [];
}

/** The first step of an escalation that comes of an act, not of time. */
export function raised(
  state: Pick<ExceptionRequest, 'tier' | 'category'>,
  rules: Rules,
  kind: EscalationKind,
  deadline: Instant,
  at: Instant,
) {
  const [first] = laddersOf(rules, kind);
  if (!first) throw new Error(`the ladder of ${kind} has no step`);
  const { to, priority } = first;
  return {
    kind,
    deadline,
    step: 1,
    role: roleFor(to, state),
    priority,
    acknowledgeBy: acknowledgeBy(state, rules, kind, 1, at),
    since: at,
  };
}

/** By when a step that is raised now must be acknowledged; null where no other follows. */
export function acknowledgeBy(
  state: Pick<ExceptionRequest, 'tier' | 'category'>,
  rules: Rules,
  kind: EscalationKind,
  step: number,
  at: Instant,
): Instant | null {
  const ladder = laddersOf(rules, kind);
  const within = ladder[step - 1]?.within;
  if (within === undefined || step >= ladder.length) return null;
  if (within === 'same_day') return endOfDay(rules, state, at);
  // Who complains waits by the clock.
  return kind === 'complaint' ? plus(at, within) : after(rules, state, at, within);
}

/** Whether the deadline stands still, since approvals wait for something that the policy says pauses it. */
export const isPaused = (state: ExceptionRequest): boolean => openHolds(state).some(({ pauses }) => pauses);
const standsStill = (state: ExceptionRequest, kind: EscalationKind): boolean =>
  (kind === 'sla_imminent' || kind === 'sla_breached') && isPaused(state);

const isBreached = ({ escalations, dueAt }: ExceptionRequest): boolean =>
  escalations.some((known) => sameEscalation(known, { kind: 'sla_breached', deadline: dueAt }));

function deadlines(state: ExceptionRequest, rules: Rules): DueEscalation[] {
  if (state.status !== 'in_review' || isPaused(state)) return [];
  const { dueAt } = state;
  if (isBreached(state)) return [];
  const before = -rules.escalate_before;
  const imminentAt = rules.escalate_in === 'working_time' ? after(rules, state, dueAt, before) : plus(dueAt, before);
  // An SLA shorter than the lead time is imminent from the start.
  const since = imminentAt < state.submittedAt ? state.submittedAt : imminentAt;
  return [...begin(state, rules, 'sla_imminent', dueAt, since), ...begin(state, rules, 'sla_breached', dueAt)];
}

function holds(state: ExceptionRequest, rules: Rules): DueEscalation[] {
  const deadlines = new Set(openHolds(state).map(({ at }) => holdDeadline(state, at, rules)));
  return [...deadlines].flatMap((deadline) => begin(state, rules, 'hold_overdue', deadline));
}

function afterApproval(state: ExceptionRequest, rules: Rules): DueEscalation[] {
  if (state.status !== 'approved' || state.closure || state.ended) return [];
  const { execution, validity } = state;
  // What is good from a later day on is not to be carried out before.
  const at = validity && validity.from > state.at ? `${validity.from}T00:00:00.000Z` : state.at;
  const days = new Set(unmet(state).map(({ due }) => due));
  return [
    ...(execution?.outcome === 'done'
      ? []
      : begin(state, rules, 'execution_overdue', after(rules, state, at, rules.execute_within))),
    ...[...days].flatMap((day) => begin(state, rules, 'condition_overdue', endOf(day))),
  ];
}
