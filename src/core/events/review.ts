/** Deciding, and what people say to each other on the way there. */
import { z } from 'zod';
import { decimal, escalationKind, instant, priority, role, stage, words } from '../values.ts';
import { file } from './content.ts';
import { validity } from './timing.ts';

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
  /** The colleague they stood in for; null in their own right. */
  onBehalfOf: z.string().nullable().default(null),
});
export type Authority = z.infer<typeof authority>;

const round = z.int().positive();

/** Left open overnight, it says nothing any more; milliseconds. */
export const LONGEST_READ = 86_400_000;

const decision = {
  round,
  stage,
  rationale: words,
  /** SHA-256 of the content that the decider saw. */
  contentHash: z.string(),
  authority,
  /** Content ids of what the sources last said: the snapshots the decision was made on. */
  snapshots: z.array(z.string()),
  /** How long they had it open, in milliseconds of the machine's clock; left out where nobody measured. Nothing hangs on it. */
  readMs: z.int().nonnegative().max(LONGEST_READ).optional(),
};
/** What an approval hangs on: by whom it must be done, and by when. */
const condition = z.object({ text: words, owner: z.string(), due: z.iso.date() });

export const stageApproved = z.object({
  type: z.literal('stage_approved'),
  ...decision,
  /** Ids of the policy's checklist that the validator ticked. */
  checks: z.array(z.string()),
  conditions: z.array(condition),
  /** How long it is good for; null for without end, and at validation. */
  validity: validity.nullable(),
});
export const stageRejected = z.object({ type: z.literal('stage_rejected'), ...decision });
export const confirmationTakenBack = z.object({
  type: z.literal('confirmation_taken_back'),
  /** The round that it opens. */
  round,
  reason: words,
});

/** Somebody looks at it; it bars nobody. */
export const taken = z.object({ type: z.literal('taken'), stage, until: instant });
export const assigned = z.object({ type: z.literal('assigned'), stage, to: z.string() });
export const conflictDeclared = z.object({ type: z.literal('conflict_declared'), stage });

const question = z.int().positive();
export const infoRequested = z.object({ type: z.literal('info_requested'), question, stage, words });
export const infoAnswered = z.object({ type: z.literal('info_answered'), question, words });
export const questionClosed = z.object({ type: z.literal('question_closed'), question });
export const questionReopened = z.object({ type: z.literal('question_reopened'), question });

/** A reply in a card's thread, known by Slack's `ts` of it. */
const message = { channel: z.string(), ts: z.string() };
export const remarkMade = z.object({ type: z.literal('remark_made'), ...message, words, files: z.array(file) });
export const remarkEdited = z.object({ type: z.literal('remark_edited'), ...message, words });
/** The words are erased with it. */
export const remarkDeleted = z.object({ type: z.literal('remark_deleted'), ...message });

const escalation = { kind: escalationKind, deadline: instant };
export const escalationRaised = z.object({
  type: z.literal('escalation_raised'),
  ...escalation,
  /** Its place on the ladder, from 1. */
  step: z.int().positive(),
  role,
  priority,
  /** By when somebody must take charge of it, or the next step follows; null on the last one. */
  acknowledgeBy: instant.nullable(),
  /** When it fell due; `at` of the event is when it was seen, later after a downtime. */
  since: instant,
});
export const escalationAcknowledged = z.object({
  type: z.literal('escalation_acknowledged'),
  ...escalation,
  /** Until when they are on it, after which it climbs; null for good. */
  until: instant.nullable(),
});
export const nudged = z.object({ type: z.literal('nudged'), ...escalation, stage });
export const complaintReceived = z.object({ type: z.literal('complaint_received'), words });
export const expedited = z.object({ type: z.literal('expedited'), justification: words, dueAt: instant });
