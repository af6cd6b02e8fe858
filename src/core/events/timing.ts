/** What time brings: reminders, other tiers, endings, and whether there is anybody to decide. */
import { z } from 'zod';
import { instant, role, stage, tier, words } from '../values.ts';

const round = z.int().positive();

/** So much of the time to decide has passed. */
export const reminderDue = z.object({
  type: z.literal('reminder_due'),
  round,
  stage,
  percent: z.int().positive(),
  /** When it fell due; `at` of the event is when it was seen. */
  since: instant,
});

/** A supervisor gave it to the next tier, since nobody of its own could decide it in time. */
export const rerouted = z.object({
  type: z.literal('rerouted'),
  /** The round that it opens. */
  round,
  tier,
  tierByDeviation: tier,
  dueAt: instant,
  reason: words,
});

/** A stage for which there is nobody, and until when; null for nobody in sight. */
const short = z.object({
  stage,
  role,
  until: instant.nullable(),
  /** Those of the role who could, and are away. */
  away: z.array(z.string()),
  /** Those who are there for both stages, and count as one person; empty where nobody is. */
  left: z.array(z.string()),
});
/** Whether two different people can decide it: looked at when it is asked for, and when people or groups change. */
export const staffingFound = z.object({
  type: z.literal('staffing_found'),
  /** Empty where everybody is there again. */
  short: z.array(short),
  /** Whether the deadline will be missed because of it. */
  late: z.boolean(),
});
export type ShortStage = z.infer<typeof short>;

/** How long an approval is good for: days in UTC, both included. */
export const validity = z.object({ from: z.iso.date(), until: z.iso.date() });
export type Validity = z.infer<typeof validity>;

export const endingNear = z.object({
  type: z.literal('ending_near'),
  until: z.iso.date(),
  /** Days before the end. */
  days: z.int().positive(),
  since: instant,
});
export const lapsed = z.object({
  type: z.literal('lapsed'),
  because: z.enum(['expired', 'condition']),
  since: instant,
});
export const revoked = z.object({ type: z.literal('revoked'), words });

/** The request that this one renews, and the how manieth renewal it is. */
export const renewal = z.object({ number: z.int().positive(), times: z.int().positive() });
export type Renewal = z.infer<typeof renewal>;
