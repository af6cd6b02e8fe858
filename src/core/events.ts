/**
 * Past facts, one schema each. They are what is stored, so an event that was ever written must stay readable:
 * change a shape by raising its version in `upcast.ts`, never by editing history.
 */
import { z } from 'zod';
import { decimal, escalationKind, instant, role, severity, stage, tier, words } from './values.ts';

/** What the approver saw, and by what right they decided: the facts of the moment, since groups and names change. */
const authority = z.object({
  role,
  /** Slack's id of the group, or `policy` where the policy lists people. */
  group: z.string(),
  source: z.enum(['slack', 'policy']),
  confirmedAt: instant,
  displayName: z.string(),
  /** The tier's limit in the policy's currency; null for the tier without one. */
  tierLimit: decimal.nullable(),
});
export type Authority = z.infer<typeof authority>;

export const asksFor = z.object({ value: decimal, standard: decimal, unit: z.string() });

const submitted = z.object({
  type: z.literal('submitted'),
  number: z.int().positive(),
  requester: z.string(),
  beneficiary: z.string().nullable(),
  /** The door it came through. */
  origin: z.enum(['slash_command', 'shortcut', 'message_shortcut', 'home', 'alert']),
  policyVersion: z.int().positive(),
  rule: z.string(),
  category: z.string(),
  /** Percent. */
  deviation: decimal,
  asksFor: asksFor.nullable(),
  value: decimal,
  currency: z.string(),
  customer: words.nullable(),
  rationale: words,
  impact: words,
  evidence: words.nullable(),
  severity,
  urgent: z.boolean(),
  alreadyHappened: z.boolean(),
  neededBy: z.iso.date().nullable(),
  tier,
  /** The tier that the deviation alone would give; differs from `tier` where the value was above its authority. */
  tierByDeviation: tier,
  dueAt: instant,
});

const decision = {
  round: z.int().positive(),
  stage,
  rationale: words,
  /** SHA-256 of the content that the decider saw. */
  contentHash: z.string(),
  authority,
};
const stageApproved = z.object({ type: z.literal('stage_approved'), ...decision });
const stageRejected = z.object({ type: z.literal('stage_rejected'), ...decision });

const infoRequested = z.object({ type: z.literal('info_requested'), question: z.int().positive(), stage, words });
const infoAnswered = z.object({ type: z.literal('info_answered'), question: z.int().positive(), words });
const conflictDeclared = z.object({ type: z.literal('conflict_declared'), stage });
const withdrawn = z.object({ type: z.literal('withdrawn'), reason: words.nullable() });

const escalation = { kind: escalationKind, deadline: instant };
const escalationRaised = z.object({
  type: z.literal('escalation_raised'),
  ...escalation,
  role,
  priority: z.enum(['normal', 'high', 'urgent']),
  /** When it fell due; `at` of the event is when it was seen, later after a downtime. */
  since: instant,
});
const escalationAcknowledged = z.object({ type: z.literal('escalation_acknowledged'), ...escalation });
const nudged = z.object({ type: z.literal('nudged'), ...escalation, stage });

export const requestEvent = z.discriminatedUnion('type', [
  submitted,
  stageApproved,
  stageRejected,
  infoRequested,
  infoAnswered,
  conflictDeclared,
  withdrawn,
  escalationRaised,
  escalationAcknowledged,
  nudged,
]);
type RequestEvent = z.infer<typeof requestEvent>;

const policyPublished = z.object({
  type: z.literal('policy_published'),
  version: z.int().positive(),
  sha256: z.string(),
});
const weekReported = z.object({
  type: z.literal('week_reported'),
  /** ISO week, `2026-W47`. */
  week: z.string(),
  /** When the report fell due. */
  dueAt: instant,
});

export const storedEvent = z.union([requestEvent, policyPublished, weekReported]);
export type StoredEvent = z.infer<typeof storedEvent>;

/** Who did it: a Slack user id, or `system` for what the clock or the program did. */
export type Actor = string;
export const SYSTEM: Actor = 'system';

/** An event with who did it and when. */
export type Recorded<E extends StoredEvent = RequestEvent> = E & { by: Actor; at: string };
