import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../core/values.ts';

/** Periods without gaps, the oldest first: each begins at one of `starts` and ends where the next one does, the last at `to`. */
export type Stretch = { starts: [Instant, ...Instant[]]; to: Instant };

/** Begins and ends. */
export type Spans = { before: Instant; from: Instant; to: Instant };

/** Which period an instant of the stretch lies in, from 1. */
export const placeOf = (column: string, { starts }: Stretch): RawBuilder<number> =>
  sql`width_bucket(${sql.ref(column)}, ${starts}::timestamptz[])`;

/** Where the periods end, as rows `(place, at)`. */
export const endsOf = ({ starts, to }: Stretch): RawBuilder<unknown> =>
  sql`unnest(${[...starts.slice(1), to]}::timestamptz[]) with ordinality as ends (at, place)`;
