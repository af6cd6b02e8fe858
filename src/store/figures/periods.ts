import { type RawBuilder, sql } from 'kysely';
import type { Period } from '../../core/period.ts';
import type { Instant } from '../../core/values.ts';

/** Begins and ends. */
export type Spans = { before: Instant; from: Instant; to: Instant };

/** Time from `starts[0]` up to `to`, cut at the further starts: its places are counted from 1. */
export type Stretch = { starts: [Instant, ...Instant[]]; to: Instant };
/** Places of a stretch, both included. */
export type Places = { first: number; last: number };

/** Cuts the time of all these periods wherever one of them begins or ends. @param to the end of the last one */
export function stretchOf(periods: readonly Period[], from: Instant, to: Instant): Stretch {
  const starts = [...new Set(periods.flatMap((period) => [period.from, period.to]))].filter(
    (at) => at > from && at < to,
  );
  return { starts: [from, ...starts.sort()], to };
}

/** Where a period lies that the stretch was cut by. */
export function placesOf({ starts }: Stretch, { from, to }: Period): Places {
  const first = starts.filter((start) => start <= from).length;
  return { first, last: Math.max(first, starts.filter((start) => start < to).length) };
}

/** Which place an instant lies in, from 1; 0 before the first. */
export const placeAt = (column: string, { starts }: Stretch): RawBuilder<number> =>
  sql`width_bucket(${sql.ref(column)}, ${starts}::timestamptz[])`;

/**
 * The first place at whose end an instant has passed, from 1; one more than there are where it passes at none. That it falls on
 * an end is not to have passed it.
 */
export const passedAt = (column: string, { starts, to }: Stretch): RawBuilder<number> =>
  sql`width_bucket(${sql.ref(column)}, ${[...starts.slice(1), to]}::timestamptz[]) + 1`;
