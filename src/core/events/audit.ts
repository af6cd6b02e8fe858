/** What is done about the record itself: looked at, signed off, sealed, and emptied of what a law or a person asks to have gone. */
import { z } from 'zod';
import { instant, words } from '../values.ts';

/** What of a request can be erased: `reasons` are those of decisions, `words` all else that people wrote. */
export const PARTS = ['customer', 'words', 'sources', 'reasons', 'files'] as const;
const part = z.enum(PARTS);
export type Part = z.infer<typeof part>;

/** Stream `request/<n>`: words and bytes that are gone. Their ids stay in the events, so every hash still holds. */
export const erased = z.object({
  type: z.literal('erased'),
  /** `retention`: the policy's time was over; `request`: somebody asked for it. */
  because: z.enum(['retention', 'request']),
  what: z.array(part).min(1),
  /** Ids of contents. */
  contents: z.array(z.string()),
  /** SHA-256 of the bytes of files, in hex. */
  files: z.array(z.string()),
  /** Why; null where the policy says so. */
  words: words.nullable(),
});

/** What somebody looked at. */
const LOOKS = ['request', 'list', 'report', 'pack', 'export'] as const;
/** Stream `access/<day>`: a look at the record by somebody who audits it, or at a pack of it. */
export const recordViewed = z.object({
  type: z.literal('record_viewed'),
  what: z.enum(LOOKS),
  /** The requests that were looked at; empty where it was no single ones. */
  requests: z.array(z.int().positive()),
  /** The period that it was about, for a report or an export. */
  from: instant.nullable(),
  to: instant.nullable(),
});

/** Stream `review/<week>`, after `week_reported`: compliance has read the week's report. */
export const weekSignedOff = z.object({
  type: z.literal('week_signed_off'),
  week: z.string(),
  remarks: words.nullable(),
});
/** The report was not signed off in time. */
export const signOffChased = z.object({
  type: z.literal('sign_off_chased'),
  week: z.string(),
  /** The how manieth time, from 1. */
  time: z.int().positive(),
  dueAt: instant,
});

/** Stream `seal`: from now on checkpoints are signed with this key; null: with none. */
export const sealKeyChanged = z.object({
  type: z.literal('seal_key_changed'),
  /** As `verifierKeyText` writes it. */
  key: z.string().nullable(),
});
