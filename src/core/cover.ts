/** Who is away, who decides for them meanwhile, and who therefore counts as one person. */
import type { Instant } from './values.ts';

/** Somebody is away from `from` on, and back at `until`. */
export type Absence = {
  /** Counts from 1 for each person. */
  id: number;
  person: string;
  from: Instant;
  until: Instant;
  /** Who decides for them meanwhile; null for nobody. */
  delegate: string | null;
  setBy: string;
  setAt: Instant;
};
type Span = { from: Instant; until: Instant };

/** Whether two spans have an instant in common; one that ends as it begins has none. */
export const overlap = (a: Span, b: Span): boolean =>
  a.from < b.until && b.from < a.until && a.from < a.until && b.from < b.until;

const inForce = ({ from, until }: Span, now: Instant): boolean => from <= now && now < until;

const absenceOf = (absences: readonly Absence[], person: string, now: Instant): Absence | undefined =>
  absences.find((absence) => absence.person === person && inForce(absence, now));

export const isAway = (absences: readonly Absence[], person: string, now: Instant): boolean =>
  absenceOf(absences, person, now) !== undefined;

/** When the person is back, over absences that follow one another without a gap; null where they are not away. */
export function awayUntil(absences: readonly Absence[], person: string, now: Instant): Instant | null {
  let back: Instant | null = null;
  for (let at = now; ; at = back) {
    const absence = absenceOf(absences, person, at);
    if (!absence) return back;
    back = absence.until;
  }
}

/**
 * Who decides for an absent person: their delegate, or, while that one is away too, the delegate's. Null where the person is
 * there, or where nobody is left.
 */
export function standInOf(absences: readonly Absence[], person: string, now: Instant): string | null {
  const met = new Set<string>([person]);
  for (let absence = absenceOf(absences, person, now); absence; ) {
    const { delegate } = absence;
    // Two who set their absences at the same moment can name each other: then there is nobody.
    if (delegate === null || met.has(delegate)) return null;
    met.add(delegate);
    absence = absenceOf(absences, delegate, now);
    if (!absence) return delegate;
  }
  return null;
}

/** Everybody `by` may decide for now, through chains; in the order in which their absences were set. */
export const standsInFor = (absences: readonly Absence[], by: string, now: Instant): string[] => [
  ...new Set(
    absences
      .filter((absence) => inForce(absence, now) && standInOf(absences, absence.person, now) === by)
      .toSorted((a, b) => (a.setAt < b.setAt ? -1 : 1))
      .map(({ person }) => person),
  ),
];

/** Those of some people who are there, and who decides for the others; each once. */
export const presentAmong = (absences: readonly Absence[], people: readonly string[], now: Instant): string[] => [
  ...new Set(
    people.flatMap((person) => (isAway(absences, person, now) ? (standInOf(absences, person, now) ?? []) : person)),
  ),
];

/**
 * Everybody who counts as one with a person, themselves first: whoever stands in for them or for whom they stand in, and so on.
 * @param absences those that were in force at some time that matters
 */
export function circleOf(absences: readonly Absence[], person: string): string[] {
  const circle = new Set([person]);
  // A set hands out what is added to it while it is gone through.
  for (const one of circle)
    for (const { person: absent, delegate } of absences) {
      if (delegate === null) continue;
      if (absent === one) circle.add(delegate);
      if (delegate === one) circle.add(absent);
    }
  return [...circle];
}

/** Absences that were in force at some time from `start` to `now`, both included. */
export const since = (absences: readonly Absence[], start: Instant, now: Instant): Absence[] =>
  absences.filter(({ from, until }) => from <= now && start < until && from < until);

type Candidate = Span & { person: string; delegate: string | null };

/** Whether at any time of the absence whoever stands in would end up being the absent person. */
export const wouldLoop = (absences: readonly Absence[], { person, delegate, ...span }: Candidate): boolean => {
  const others = absences.filter((absence) => absence.person !== person);
  return (
    delegate !== null && (delegate === person || reaches(others, delegate, span, ({ delegate }) => delegate === person))
  );
};

/** When nobody would stand in, since whoever is asked to is away themselves then: until when; null for always somebody. */
export function uncovered(absences: readonly Absence[], { person, delegate, ...span }: Candidate): Absence | null {
  let gap: Absence | null = null;
  const others = absences.filter((absence) => absence.person !== person);
  if (delegate !== null)
    reaches(others, delegate, span, (absence) => {
      if (absence.delegate === null) gap = absence;
      return gap !== null;
    });
  return gap;
}

/** Follows who stands in for a person within a span, until an absence is met for which `found` holds. */
function reaches(
  absences: readonly Absence[],
  person: string,
  span: Span,
  found: (absence: Absence) => boolean,
  met: readonly string[] = [],
): boolean {
  if (met.includes(person)) return false;
  return absences
    .filter((absence) => absence.person === person && overlap(absence, span))
    .some((absence) => {
      if (found(absence)) return true;
      if (absence.delegate === null) return false;
      const common = {
        from: absence.from > span.from ? absence.from : span.from,
        until: absence.until < span.until ? absence.until : span.until,
      };
      return reaches(absences, absence.delegate, common, found, [...met, person]);
    });
}
