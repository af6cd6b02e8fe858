/** Who may not decide (again) in a round of a request: the rows by which the database keeps the rule of two people. */
import { type Absence, circleOf } from '../../core/cover.ts';
import type { Recorded } from '../../core/events.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { type Instant, plus } from '../../core/values.ts';
import { type Barred as BarredRow, barredIn } from '../requestColumns.ts';

/** In their own right; whoever counts as one with them is barred as well. */
export type Barred = BarredRow & { at: Instant; since: Instant };

export const barredBy = (event: Recorded, state: ExceptionRequest): Barred[] =>
  barredIn(event, state).map((row) => ({ ...row, at: event.at, since: state.submittedAt }));

/** An absence as it stood for a while; `known` and `changed` are when it was set like that, and otherwise. */
export type Known = Absence & { known: Instant; changed: Instant | null };

/** A command looks at the absences a moment before it is recorded, and the clocks of two replicas differ. Milliseconds. */
const BLUR = 60_000;

/** Those that the command saw, and those that it may have seen. */
function absencesAt(all: readonly Known[], { at, since }: Barred): { seen: Absence[]; maybe: Absence[] } {
  const [before, after] = [plus(at, -BLUR), plus(at, BLUR)];
  const near = all.filter(({ from, until }) => from < until && until > since);
  const seen = near.filter((one) => one.known <= before && one.from <= before && (one.changed ?? '~') > after);
  const maybe = near.filter((one) => one.known <= after && one.from <= after && (one.changed ?? '~') >= before);
  return { seen, maybe };
}

/** Whether the rows are those that the events and the absences of their time call for. */
export function barsAsRecorded(
  barred: readonly Barred[],
  rows: readonly BarredRow[],
  absences: readonly Known[],
): boolean {
  // Whoever both asks and answers for it stands there once, as the first.
  const own = new Map(barred.toReversed().map((one) => [keyOf(one), one]));
  const stored = new Map(rows.map((row) => [keyOf(row), row.role]));
  if (stored.size !== rows.length) return false;
  if ([...own].some(([key, { role }]) => stored.get(key) !== role)) return false;
  const covers = rows.filter((row) => !own.has(keyOf(row)));
  if (absences.length === 0) return covers.length === 0;
  const allowed = new Set<string>();
  for (const one of own.values()) {
    const { seen, maybe } = absencesAt(absences, one);
    const keysOf = (some: Absence[]) => circleOf(some, one.person).map((person) => keyOf({ ...one, person }));
    if (keysOf(seen).some((key) => !stored.has(key))) return false;
    for (const key of keysOf(maybe)) allowed.add(key);
  }
  return covers.every((row) => row.role === 'cover' && allowed.has(keyOf(row)));
}

const keyOf = ({ round, person }: { round: number; person: string }): string => `${round} ${person}`;
