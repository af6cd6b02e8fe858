/** How an approved exception ends by itself: its time is over, or a condition was not met. */
import { SYSTEM } from './events.ts';
import type { Rules } from './policy.ts';
import { type Approved, conditionsOf, type ExceptionRequest } from './request.ts';
import { endOf, type Instant, plus } from './values.ts';

/** Days before the end at which its owner hears of it. */
const ENDING_DAYS = [30, 7, 1] as const;

type DueEnding = { what: 'ending'; until: string; days: number; since: Instant };
type DueLapse = { what: 'lapse'; because: 'expired' | 'condition'; since: Instant };

const DAY = 86_400_000;
/** In the morning, so that nobody hears of it at night. */
const morningOf = (day: string, daysBefore: number): Instant => plus(`${day}T09:00:00.000Z`, -daysBefore * DAY);

export function endings(state: ExceptionRequest, rules: Rules): (DueEnding | DueLapse)[] {
  if (state.status !== 'approved' || state.ended) return [];
  const lapse = firstLapse(state, rules);
  return [...reminders(state), ...(lapse ? [lapse] : [])];
}

function reminders({ validity, endingTold, at }: Approved): DueEnding[] {
  if (!validity) return [];
  const { until } = validity;
  const told = Math.min(...endingTold, Number.POSITIVE_INFINITY);
  const ahead = ENDING_DAYS.map((days) => ({ what: 'ending', until, days, since: morningOf(until, days) }) as const);
  // What is granted for less than a month is not said to end in a month.
  return ahead.filter(({ days, since }) => days < told && since > at);
}

/** It ends once, by whatever comes first. */
function firstLapse(state: Approved, rules: Rules): DueLapse | undefined {
  const all = [...expiry(state), ...brokenConditions(state, rules)];
  return all.toSorted((a, b) => (a.since < b.since ? -1 : 1))[0];
}

const expiry = ({ validity }: Approved): DueLapse[] =>
  validity ? [{ what: 'lapse', because: 'expired', since: plus(endOf(validity.until), 1) }] : [];

/** How it ended, though time may not have been looked at since; null while it is good. */
export function endOfApproval(state: Approved, rules: Rules, at: Instant): Approved['ended'] {
  if (state.ended) return state.ended;
  const lapse = firstLapse(state, rules);
  if (!lapse || lapse.since > at) return null;
  return { by: SYSTEM, at: lapse.since, how: lapse.because, words: null };
}

/** When the approval ends since a condition of theirs was warned of and is not met; null where there is none. */
export function conditionsEnd(state: Approved, rules: Rules, person: string): Instant | null {
  const conditions = conditionsOf(state).filter(({ owner }) => owner === person);
  const [first] = brokenConditions({ ...state, conditions }, rules).toSorted((a, b) => (a.since < b.since ? -1 : 1));
  return first?.since ?? null;
}

/** A condition that was warned of and is still not met ends the approval. */
function brokenConditions(state: ExceptionRequest, rules: Rules): DueLapse[] {
  const unmet = conditionsOf(state).filter(({ met }) => !met);
  const warned = state.escalations.filter(
    ({ kind, deadline }) => kind === 'condition_overdue' && unmet.some(({ due }) => endOf(due) === deadline),
  );
  return warned.map(({ raisedAt }) => ({
    what: 'lapse',
    because: 'condition',
    since: plus(raisedAt, rules.condition_grace),
  }));
}

type DueCheck = { what: 'effectiveness'; checkOn: string; since: Instant };

export function effectivenessDue(state: ExceptionRequest): DueCheck[] {
  if (state.status !== 'approved' || !state.closure?.checkOn || state.checkDue || state.check) return [];
  const { checkOn } = state.closure;
  return [{ what: 'effectiveness', checkOn, since: morningOf(checkOn, 0) }];
}
