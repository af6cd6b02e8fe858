/** What sources said, and what makes approvals wait. */
import { z } from 'zod';
import { holdKind, instant, words } from '../values.ts';

/** What one source said: `words` is the canonical text of its facts (`factsText`); null where it said nothing. */
const reading = z.object({
  source: z.string(),
  name: z.string(),
  outcome: z.enum(['ok', 'not_found', 'failed']),
  content: words.nullable(),
});
export type StoredReading = z.infer<typeof reading>;

export const MOMENTS = ['submission', 'validation', 'authorization', 'decision', 'retry'] as const;
export const sourcesRead = z.object({
  type: z.literal('sources_read'),
  moment: z.enum(MOMENTS),
  readings: z.array(reading),
});

/** A file's bytes were kept. */
export const evidenceKept = z.object({
  type: z.literal('evidence_kept'),
  /** Slack's id of the file. */
  file: z.string(),
  name: z.string(),
  size: z.int().nonnegative(),
  mediaType: z.string(),
  sha256: z.string(),
});

/** A file's bytes can no longer be had, so that nobody waits for them. */
export const evidenceLost = z.object({
  type: z.literal('evidence_lost'),
  /** Slack's id of the file. */
  file: z.string(),
  name: z.string(),
  because: z.enum(['gone', 'too_large']),
});

/** Two sources side by side, on one field. */
const discrepancy = z.object({
  field: z.string(),
  label: z.string(),
  values: z.array(z.object({ source: z.string(), name: z.string(), value: words })),
});
export type Discrepancy = z.infer<typeof discrepancy>;

export const holdPlaced = z.object({
  type: z.literal('hold_placed'),
  hold: z.int().positive(),
  kind: holdKind,
  /** The source that is unavailable; null for the other kinds, and where a person says so of another one. */
  source: z.string().nullable(),
  words: words.nullable(),
  discrepancies: z.array(discrepancy),
  /** The request's deadline with the hold: data that is unavailable moves it, once a source. */
  dueAt: instant,
  /** Whether the deadline stands still until it is released. */
  pauses: z.boolean(),
});
export const HOLD_OUTCOMES = {
  data_unavailable: ['alternate_documents', 'waived'],
  data_conflict: ['resolved'],
  regulatory: ['proceed', 'proceed_with_conditions', 'must_not'],
} as const;
export const holdOutcome = z.enum([
  /** The source answered after all; the program's own finding. */
  'answered',
  ...HOLD_OUTCOMES.data_unavailable,
  ...HOLD_OUTCOMES.data_conflict,
  ...HOLD_OUTCOMES.regulatory,
]);
export type HoldOutcome = z.infer<typeof holdOutcome>;
export const holdReleased = z.object({
  type: z.literal('hold_released'),
  hold: z.int().positive(),
  outcome: holdOutcome,
  words,
  /** The deadline where it stood still until now; null where it was kept. */
  dueAt: instant.nullable(),
});
