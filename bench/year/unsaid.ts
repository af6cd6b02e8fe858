/**
 * What should have been said about a request by now and was not: told from the procedure alone, without what the product
 * itself says is due.
 */
import { addWorking, workingBetween } from '../../src/core/calendar.ts';
import type { Rules } from '../../src/core/policy.ts';
import {
  type Approved,
  conditionsOf,
  type ExceptionRequest,
  type InReview,
  openHolds,
} from '../../src/core/request.ts';
import { calendarOf } from '../../src/core/sla.ts';
import { laddersOf } from '../../src/core/timing.ts';
import { type EscalationKind, endOf, type Instant } from '../../src/core/values.ts';
import { DAY, HOUR } from './time.ts';

/** When Carveout first looked, at an instant or later; in an outage, at its end. */
type Looked = (at: Instant) => Instant;

/** @param by whatever fell due until then must have been said: a little before now, since Carveout looks once a minute */
export function unsaid(state: ExceptionRequest, rules: Rules, by: Instant, looked: Looked): string[] {
  return [
    ...(state.status === 'in_review' ? [...ofHolds(state, rules, by), ...ofDeadline(state, rules, by, looked)] : []),
    ...ofLadders(state, rules, by, looked),
    ...(state.status === 'approved' ? ofApproval(state, rules, by) : []),
  ];
}

const isRaised = ({ escalations }: ExceptionRequest, kind: EscalationKind, deadline: Instant): boolean =>
  escalations.some((raised) => raised.kind === kind && raised.deadline === deadline);

const stands = (state: ExceptionRequest): boolean => openHolds(state).some(({ pauses }) => pauses);

function ofHolds(state: InReview, rules: Rules, by: Instant): string[] {
  const deadlines = openHolds(state).map(({ at }) => addWorking(calendarOf(rules, state), at, rules.hold_within));
  const missed = deadlines.filter((deadline) => deadline <= by && !isRaised(state, 'hold_overdue', deadline));
  return missed.map((deadline) => `hold_overdue of ${deadline}`);
}

function ofDeadline(state: InReview, rules: Rules, by: Instant, looked: Looked): string[] {
  const calendar = calendarOf(rules, state);
  const { submittedAt, dueAt } = state;
  if (stands(state)) return [];
  if (dueAt <= by) return isRaised(state, 'sla_breached', dueAt) ? [] : [`sla_breached of ${dueAt}`];
  if (isRaised(state, 'sla_imminent', dueAt)) return [];
  const nearBy = addWorking(calendar, dueAt, -rules.escalate_before);
  // Where Carveout was down, or the clock jumped, until the deadline had passed, the breach is said and not that it is near.
  if (nearBy <= by) return looked(nearBy) >= dueAt ? [] : [`sla_imminent of ${dueAt}`];
  const whole = workingBetween(calendar, submittedAt, dueAt);
  const at = (percent: number) => addWorking(calendar, submittedAt, Math.round((whole * percent) / 100));
  const share = rules.remind_at.toSorted((a, b) => a - b).findLast((percent) => at(percent) <= by);
  if (share === undefined) return [];
  const said = state.reminders.some((reminder) => reminder.percent >= share && reminder.at >= at(share));
  return said ? [] : [`reminder at ${share} %`];
}

/** Steps that follow those that nobody acknowledged. */
function ofLadders(state: ExceptionRequest, rules: Rules, by: Instant, looked: Looked): string[] {
  return state.escalations.flatMap(({ kind, deadline, step, acknowledged, acknowledgeBy }) => {
    const until = acknowledged ? acknowledged.until : acknowledgeBy;
    if (until === null || until > by || step >= laddersOf(rules, kind).length) return [];
    return isOver(state, { kind, deadline }, looked(until), rules)
      ? []
      : [`step ${step + 1} of ${kind} of ${deadline}`];
  });
}

type Which = { kind: EscalationKind; deadline: Instant };

/** @param looked when the next step would have been raised: past the deadline, it is no news any more that it is near */
function isOver(state: ExceptionRequest, { kind, deadline }: Which, looked: Instant, rules: Rules): boolean {
  const closed = state.status !== 'in_review' && (state.status !== 'approved' || state.closure !== null);
  switch (kind) {
    case 'complaint':
      return closed;
    case 'execution_overdue':
      return state.status !== 'approved' || state.ended !== null || state.execution?.outcome === 'done';
    case 'condition_overdue':
      return (
        closed ||
        state.status !== 'approved' ||
        state.ended !== null ||
        !conditionsOf(state).some(({ met, due }) => !met && endOf(due) <= deadline)
      );
    case 'hold_overdue':
      return !openHolds(state).some(
        ({ at }) => addWorking(calendarOf(rules, state), at, rules.hold_within) <= deadline,
      );
    case 'authority_exceeded':
      return state.status !== 'in_review';
    case 'sla_imminent':
      return looked >= deadline || isOver(state, { kind: 'sla_breached', deadline }, looked, rules);
    case 'sla_breached':
      return state.status !== 'in_review' || state.dueAt !== deadline || stands(state);
    default:
      return kind satisfies never;
  }
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);

function ofApproval(state: Approved, rules: Rules, by: Instant): string[] {
  const now = Date.parse(by);
  const { closure, checkDue, check, validity, ended } = state;
  const checking = closure?.checkOn && !checkDue && !check && startOf(closure.checkOn) + 9 * HOUR <= now;
  if (ended) return checking ? ['check of effectiveness'] : [];
  const over = validity !== null && startOf(validity.until) + DAY <= now;
  return [
    ...(checking ? ['check of effectiveness'] : []),
    ...(over ? ['end of validity'] : ofEnding(state, now)),
    ...(over || closure ? [] : ofCarryingOut(state, rules, by)),
    ...ofBrokenConditions(state, rules, now),
  ];
}

/** At nine in the morning of the thirtieth, the seventh and the last day before the end. */
function ofEnding({ validity, at, endingTold }: Approved, now: number): string[] {
  if (!validity) return [];
  const morning = (days: number) => startOf(validity.until) - days * DAY + 9 * HOUR;
  const last = [1, 7, 30].find((days) => morning(days) <= now);
  if (last === undefined || morning(last) <= Date.parse(at)) return [];
  return endingTold.some((days) => days <= last) ? [] : [`end in ${last} days`];
}

function ofCarryingOut(state: Approved, rules: Rules, by: Instant): string[] {
  const todo = addWorking(calendarOf(rules, state), state.at, rules.execute_within);
  const idle = state.execution?.outcome !== 'done' && todo <= by && !isRaised(state, 'execution_overdue', todo);
  const late = conditionsOf(state).filter(({ met, due }) => !met && endOf(due) <= by);
  const unheard = late.filter(({ due }) => !isRaised(state, 'condition_overdue', endOf(due)));
  return [...(idle ? ['execution_overdue'] : []), ...unheard.map(({ due }) => `condition_overdue of ${due}`)];
}

function ofBrokenConditions(state: Approved, rules: Rules, now: number): string[] {
  const unmet = conditionsOf(state).filter(({ met }) => !met);
  const warned = state.escalations.filter(
    ({ kind, deadline }) => kind === 'condition_overdue' && unmet.some(({ due }) => endOf(due) === deadline),
  );
  const over = warned.some(({ raisedAt }) => Date.parse(raisedAt) + rules.condition_grace <= now);
  return over ? ['end for a condition'] : [];
}
