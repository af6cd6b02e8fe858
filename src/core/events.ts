/**
 * Past facts, one schema each. They are what is stored, so an event that was ever written must stay readable:
 * change a shape by raising its version in `upcast.ts`, never by editing history.
 */
import { z } from 'zod';
import * as audit from './events/audit.ts';
import * as closing from './events/closing.ts';
import * as cover from './events/cover.ts';
import * as holds from './events/holds.ts';
import * as review from './events/review.ts';
import * as submission from './events/submission.ts';
import * as timing from './events/timing.ts';
import { instant, words } from './values.ts';

export const requestEvent = z.discriminatedUnion('type', [
  submission.submitted,
  submission.amended,
  submission.corrected,
  submission.correctionObjected,
  submission.tierPicked,
  submission.returned,
  submission.handedOver,
  submission.withdrawn,
  review.stageApproved,
  review.stageRejected,
  review.confirmationTakenBack,
  review.taken,
  review.assigned,
  review.conflictDeclared,
  review.infoRequested,
  review.infoAnswered,
  review.questionClosed,
  review.questionReopened,
  review.remarkMade,
  review.remarkEdited,
  review.remarkDeleted,
  review.escalationRaised,
  review.escalationAcknowledged,
  review.nudged,
  review.complaintReceived,
  review.expedited,
  holds.sourcesRead,
  holds.evidenceKept,
  holds.evidenceLost,
  holds.holdPlaced,
  holds.holdReleased,
  closing.executed,
  closing.conditionMet,
  closing.closed,
  closing.effectivenessDue,
  closing.effectivenessChecked,
  timing.reminderDue,
  timing.rerouted,
  timing.staffingFound,
  timing.endingNear,
  timing.lapsed,
  timing.revoked,
  audit.erased,
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
/** Stream `policy_review/<n>`: the same exception was asked for too often to be one. */
const policyReviewOpened = z.object({
  type: z.literal('policy_review_opened'),
  review: z.int().positive(),
  policyVersion: z.int().positive(),
  rule: z.string(),
  /** What counts as the same in the policy, written out: `rule=discount customer=acme`. */
  same: words,
  requests: z.array(z.int().positive()),
});
/** The same was asked for again while the review was open. */
const policyReviewJoined = z.object({
  type: z.literal('policy_review_joined'),
  review: z.int().positive(),
  requests: z.array(z.int().positive()).min(1),
});
const policyReviewClosed = z.object({
  type: z.literal('policy_review_closed'),
  review: z.int().positive(),
  outcome: z.enum(['changed', 'kept', 'clarified']),
  words,
});

/** The customer it is named after was erased from each request that it links. */
const policyReviewErased = z.object({
  type: z.literal('policy_review_erased'),
  review: z.int().positive(),
  /** Ids of contents. */
  contents: z.array(z.string()),
});

export const policyReviewEvent = z.discriminatedUnion('type', [
  policyReviewOpened,
  policyReviewJoined,
  policyReviewClosed,
  policyReviewErased,
]);
export type PolicyReviewEvent = z.infer<typeof policyReviewEvent>;

export const personEvent = z.discriminatedUnion('type', [
  cover.absenceSet,
  cover.absenceEnded,
  cover.assistantNamed,
  cover.assistantDismissed,
]);
export type PersonEvent = z.infer<typeof personEvent>;

/** Stream `review/<week>`. */
export const weekEvent = z.discriminatedUnion('type', [weekReported, audit.weekSignedOff, audit.signOffChased]);
export type WeekEvent = z.infer<typeof weekEvent>;

export const storedEvent = z.discriminatedUnion('type', [
  requestEvent,
  policyPublished,
  weekEvent,
  policyReviewEvent,
  personEvent,
  audit.recordViewed,
  audit.sealKeyChanged,
]);
export type StoredEvent = z.infer<typeof storedEvent>;

/** Who did it: a Slack user id, or `system` for what the clock or the program did. */
export type Actor = string;
export const SYSTEM: Actor = 'system';

/** An event with who did it and when. */
export type Recorded<E extends StoredEvent = RequestEvent> = E & { by: Actor; at: string };
/** The event of a type, as recorded. */
export type EventOf<T extends Recorded['type']> = Extract<Recorded, { type: T }>;
