/** Asking, and what becomes of what was asked until it is decided: edits, corrections, what is missing. */
import { z } from 'zod';
import { decimal, instant, tier, words } from '../values.ts';
import { change, content } from './content.ts';
import { renewal } from './timing.ts';

/** What is asked of the tier: by the figures, by authority, and by when. */
const placed = {
  tier,
  /** The tier that the deviation alone would give; differs from `tier` where the value was above its authority. */
  tierByDeviation: tier,
  dueAt: instant,
};

/** What the same customer was granted or asks for under the same rule, within the policy's window. */
const exposure = z.object({
  numbers: z.array(z.int().positive()),
  /** Summed with this request's own: percent, and the policy's currency. */
  deviation: decimal,
  value: decimal,
});
export type Exposure = z.infer<typeof exposure>;

export const submitted = z.object({
  type: z.literal('submitted'),
  number: z.int().positive(),
  requester: z.string(),
  beneficiary: z.string().nullable(),
  /** The door it came through. */
  origin: z.enum(['slash_command', 'shortcut', 'message_shortcut', 'home', 'alert']),
  policyVersion: z.int().positive(),
  currency: z.string(),
  ...content.shape,
  ...placed,
  /** The rejected request that it asks again for. */
  askedBefore: z.int().positive().nullable(),
  /** What counted together for the tier; null where the policy counts each request alone. */
  exposure: exposure.nullable(),
  /** The approved exception that it asks to go on with. */
  renews: renewal.nullable(),
});

const edit = {
  /** The round that it opens: approvals of earlier ones no longer count. */
  round: z.int().positive(),
  content,
  ...placed,
  exposure: exposure.nullable(),
  changes: z.array(change),
};
export const amended = z.object({ type: z.literal('amended'), ...edit });
export const corrected = z.object({ type: z.literal('corrected'), ...edit, reason: words });
export const correctionObjected = z.object({
  type: z.literal('correction_objected'),
  round: z.int().positive(),
  words,
});
export const tierPicked = z.object({
  type: z.literal('tier_picked'),
  round: z.int().positive(),
  ...placed,
  reason: words,
});

export const returned = z.object({
  type: z.literal('returned'),
  /** Ids of the inputs that are missing. */
  missing: z.array(z.string()),
  words: words.nullable(),
});

export const handedOver = z.object({ type: z.literal('handed_over'), to: z.string(), reason: words.nullable() });
export const withdrawn = z.object({ type: z.literal('withdrawn'), reason: words.nullable() });
