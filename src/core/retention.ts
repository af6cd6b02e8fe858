/** For how long what is part of a record is kept once it is over, where the policy says so. */
import { z } from 'zod';
import { duration, UNIT } from './duration.ts';
import { PARTS, type Part } from './events/audit.ts';
import { type Instant, plus } from './values.ts';

const kept = duration.refine((ms) => ms >= UNIT.d, 'expected at least 1d');

/** Of the clock's time, from when a record is closed; a part that is left out stays. */
export const retention = z.strictObject({
  customer: kept.optional(),
  words: kept.optional(),
  sources: kept.optional(),
  reasons: kept.optional(),
  files: kept.optional(),
} satisfies Record<Part, unknown>);
export type Retention = z.infer<typeof retention>;

/** What was closed by then is kept no longer. */
export type Expiry = { part: Part; closedBy: Instant };

export const expiriesOf = (retention: Retention, now: Instant): Expiry[] =>
  PARTS.flatMap((part) => {
    const ms = retention[part];
    return ms === undefined ? [] : [{ part, closedBy: plus(now, -ms) }];
  });
