/** After the decision: what was done, what was learnt, and the closed record. */
import { z } from 'zod';
import { words } from '../values.ts';

export const executed = z.object({
  type: z.literal('executed'),
  outcome: z.enum(['done', 'could_not']),
  words,
});
export const conditionMet = z.object({
  type: z.literal('condition_met'),
  /** Its place among the request's conditions, from 1. */
  condition: z.int().positive(),
  words: words.nullable(),
});

const correctiveAction = z.object({ words, owner: z.string(), due: z.iso.date() });
export const closed = z.object({
  type: z.literal('closed'),
  /** One of the policy's causes. */
  cause: z.string(),
  happened: words,
  fixed: words,
  /** The chain of "why", each answer leading to the next; may be short or empty. */
  whys: z.array(words),
  action: correctiveAction.nullable(),
  /** When to look whether the action helped. */
  checkOn: z.iso.date().nullable(),
});
export const effectivenessDue = z.object({ type: z.literal('effectiveness_due'), checkOn: z.iso.date() });
export const effectivenessChecked = z.object({
  type: z.literal('effectiveness_checked'),
  effective: z.enum(['yes', 'partly', 'no']),
  words,
});
