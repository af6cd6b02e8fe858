/** What a request says: the fields of its form. Approvals are given to it, so changing any of it opens a new round. */
import { z } from 'zod';
import { decimal, severity, words } from '../values.ts';

export const asksFor = z.object({ value: decimal, standard: decimal, unit: z.string() });

/** Stands for a rule that the policy does not list; what it is stands in `otherRule`. */
export const OTHER_RULE = 'other';

/** Whether the figures alone cannot tell the tier, so that operations picks it. */
export const unmeasured = ({ deviation, rule }: { deviation: string | null; rule: string }): boolean =>
  deviation === null || rule === OTHER_RULE;

/** A file as Slack knows it; its bytes are kept later, under their hash (`evidence_kept`). */
export const file = z.object({
  /** Slack's id of it. */
  id: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Media type, `application/pdf`. */
  type: z.string(),
});
export type EvidenceFile = z.infer<typeof file>;

export const content = z.object({
  rule: z.string(),
  otherRule: words.nullable(),
  category: z.string(),
  component: words.nullable(),
  /** Type or error code. */
  errorType: words.nullable(),
  /** Percent; null where it cannot be computed, so that operations picks the tier. */
  deviation: decimal.nullable(),
  asksFor: asksFor.nullable(),
  value: decimal,
  customer: words.nullable(),
  rationale: words,
  impact: words,
  evidence: words.nullable(),
  files: z.array(file),
  /** Further inputs that the policy asks for in the category, by their id. */
  inputs: z.record(z.string(), words),
  severity,
  urgent: z.boolean(),
  alreadyHappened: z.boolean(),
  neededBy: z.iso.date().nullable(),
  confidential: z.boolean(),
});
export type Content = z.infer<typeof content>;

/** What a field said before and says now; figures and choices as text. */
export const change = z.object({
  field: z.string(),
  before: z.union([words, z.string()]).nullable(),
  after: z.union([words, z.string()]).nullable(),
});
export type Change = z.infer<typeof change>;
