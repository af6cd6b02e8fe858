/** Stream `person/<id>`: when somebody is away, who decides for them meanwhile, and who may set that for them. */
import { z } from 'zod';
import { instant, words } from '../values.ts';

export const absenceSet = z.object({
  type: z.literal('absence_set'),
  person: z.string(),
  /** Counts from 1 for each person. */
  absence: z.int().positive(),
  from: instant,
  /** When they are back. */
  until: instant,
  delegate: z.string().nullable(),
  why: words.nullable(),
});
/** It ends earlier than it was set to: they are back, or another one takes its place. */
export const absenceEnded = z.object({
  type: z.literal('absence_ended'),
  person: z.string(),
  absence: z.int().positive(),
  /** The beginning itself where it never came to be. */
  until: instant,
});
export const assistantNamed = z.object({
  type: z.literal('assistant_named'),
  person: z.string(),
  assistant: z.string(),
});
export const assistantDismissed = z.object({
  type: z.literal('assistant_dismissed'),
  person: z.string(),
  assistant: z.string(),
});
