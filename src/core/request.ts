/** One exception request as its events tell it. `evolve.ts` says how each event moves it on. */

import { type Change, type EvidenceFile, unmeasured } from './events/content.ts';
import type { Discrepancy, HoldOutcome, StoredReading } from './events/holds.ts';
import type { Authority } from './events/review.ts';
import type { ShortStage, Validity } from './events/timing.ts';
import type { Actor, EventOf } from './events.ts';
import type { EscalationKind, HoldKind, Instant, Priority, Role, Stage, Tier, Words } from './values.ts';

type Submitted = EventOf<'submitted'>;

/** By whom and when. */
export type Mark = { by: Actor; at: Instant };
type Said = Mark & { words: Words };

export type Approval = Mark & {
  round: number;
  stage: Stage;
  rationale: Words;
  contentHash: string;
  authority: Authority;
  /** Content ids of the snapshots it was made on. */
  snapshots: string[];
  /** What the validator ticked of the policy's checklist. */
  checks: string[];
};
export type Question = Said & {
  id: number;
  stage: Stage;
  answer: Said | null;
  /** Closed unanswered, until it is opened again. */
  closed: Mark | null;
};
export type Escalation = {
  kind: EscalationKind;
  deadline: Instant;
  /** The last step that was raised, from 1. */
  step: number;
  /** Whom it went to, step by step. */
  roles: Role[];
  priority: Priority;
  /** When the first step was raised, and the last one. */
  raisedAt: Instant;
  at: Instant;
  /** By when that step must be acknowledged, or the next one follows. */
  acknowledgeBy: Instant | null;
  /** `until`: they are on it until then, after which it climbs. */
  acknowledged: (Mark & { until: Instant | null }) | null;
  nudged: Mark | null;
};
/** An edit by whoever owns the request, or a correction by a validator. */
export type Amendment = Mark & {
  as: 'owner' | 'validator';
  /** The round it opened. */
  round: number;
  changes: Change[];
  reason: Words | null;
  /** What the owner says against a correction. */
  objection: Said | null;
};
export type Hold = Mark & {
  id: number;
  kind: HoldKind;
  source: string | null;
  words: Words | null;
  discrepancies: Discrepancy[];
  /** Whether the deadline stands still meanwhile. */
  pauses: boolean;
  released: (Said & { outcome: HoldOutcome }) | null;
};
export type Snapshot = StoredReading & { moment: EventOf<'sources_read'>['moment']; at: Instant };
export type Condition = {
  id: number;
  text: Words;
  owner: Actor;
  /** `2026-12-04` */
  due: string;
  /** Who attached it. */
  by: Actor;
  round: number;
  met: (Mark & { words: Words | null }) | null;
};
/** A reply in the card's thread. */
export type Remark = Said & {
  channel: string;
  ts: string;
  files: EvidenceFile[];
  /** Content ids of what it said before it was edited. */
  earlier: string[];
  edited: Instant | null;
  deleted: Mark | null;
};
type KeptFile = { id: string; name: string; size: number; mediaType: string; sha256: string };
export type Closure = Mark & Omit<EventOf<'closed'>, 'type' | 'by' | 'at'>;
type Execution = Said & { outcome: EventOf<'executed'>['outcome'] };

export type Erasure = Mark & Omit<EventOf<'erased'>, 'type' | 'by' | 'at'>;

type Known = Omit<Submitted, 'type' | 'by' | 'at'> & {
  submittedAt: Instant;
  /** Since when the time until `dueAt` runs: since it was submitted, or was given another deadline. */
  dueFrom: Instant;
  /** Who answers for it: the requester, until it is handed over. */
  owner: Actor;
  /** One pass through the stages, from 1. */
  round: number;
  /** The tier operations picked where the figures cannot tell it. */
  tierPicked: (Mark & { tier: Tier; reason: Words }) | null;
  /** Sent back to the owner: inputs are missing. */
  returned: (Mark & { missing: string[]; words: Words | null }) | null;
  amendments: Amendment[];
  approvals: Approval[];
  /** Confirmations that were taken back, of earlier rounds. */
  takenBack: (Mark & { round: number; reason: Words })[];
  /** Who looks at it, and until when. */
  taken: (Mark & { until: Instant }) | null;
  assigned: (Mark & { to: Actor }) | null;
  questions: Question[];
  remarks: Remark[];
  escalations: Escalation[];
  complaints: Said[];
  expedited: (Mark & { justification: Words }) | null;
  /** People who declared a personal interest and may not decide. */
  conflicted: Actor[];
  holds: Hold[];
  /** What the sources said, the oldest first. */
  snapshots: Snapshot[];
  keptFiles: KeptFile[];
  /** Files whose bytes could not be kept any more. */
  lostFiles: { id: string; name: string; because: EventOf<'evidence_lost'>['because']; at: Instant }[];
  conditions: Condition[];
  handovers: (Mark & { from: Actor; to: Actor; reason: Words | null })[];
  reminders: { round: number; stage: Stage; percent: number; at: Instant }[];
  reroutes: (Mark & { from: Tier; to: Tier; reason: Words })[];
  /** Stages for which there was nobody, when it was last looked at; `since` when somebody was missing first, or that was over. */
  staffing: { short: ShortStage[]; late: boolean; at: Instant; since: Instant } | null;
  /** What of its words and bytes is gone, by whom and why. */
  erasures: Erasure[];
};
export type InReview = Known & { status: 'in_review'; stage: Stage };
export type Approved = Known &
  Mark & {
    status: 'approved';
    execution: Execution | null;
    closure: Closure | null;
    validity: Validity | null;
    /** Days before the end at which its owner was reminded. */
    endingTold: number[];
    /** It was good until then. */
    ended: (Mark & { how: 'expired' | 'condition' | 'revoked'; words: Words | null }) | null;
    /** When the effectiveness check was called for. */
    checkDue: Instant | null;
    check: (Said & { effective: EventOf<'effectiveness_checked'>['effective'] }) | null;
  };
type Rejected = Known & Mark & { status: 'rejected'; stage: Stage; rejection: Approval };
type Withdrawn = Known & Mark & { status: 'withdrawn'; reason: Words | null };
export type ExceptionRequest = InReview | Approved | Rejected | Withdrawn;
export type Status = ExceptionRequest['status'];
/** Requests by how they stand. */
export const EVERY = ['all', 'in_review', 'approved', 'rejected', 'withdrawn'] as const satisfies readonly (
  | 'all'
  | Status
)[];
export type Every = (typeof EVERY)[number];

/** A request before its first event. */
export const initial = null;
export type State = ExceptionRequest | null;

/** An escalation is known by its kind and the deadline it is about. */
export const sameEscalation = (a: { kind: EscalationKind; deadline: Instant }, b: typeof a): boolean =>
  a.kind === b.kind && a.deadline === b.deadline;

/** The approval that counts for a stage: of the current round. */
export const approvalOf = (state: ExceptionRequest, stage: Stage): Approval | undefined =>
  state.approvals.find((approval) => approval.round === state.round && approval.stage === stage);

/** The question that waits for the owner, if any. */
export const openQuestion = (state: ExceptionRequest): Question | undefined =>
  state.questions.find(({ answer, closed }) => !answer && !closed);

/** Holds that approvals wait for. */
export const openHolds = (state: ExceptionRequest): Hold[] =>
  state.status === 'in_review' ? state.holds.filter(({ released }) => !released) : [];

/** Whether operations must pick the tier, since the figures cannot tell it. */
export const needsTier = (state: ExceptionRequest): boolean => unmeasured(state) && state.tierPicked === null;

/** Conditions of the approvals that count. */
export const conditionsOf = (state: ExceptionRequest): Condition[] =>
  state.conditions.filter(({ round }) => round === state.round);

/** Nothing more happens to it, but for a look at whether its corrective action helped. */
export const isClosed = (state: ExceptionRequest): boolean =>
  state.status === 'rejected' ||
  state.status === 'withdrawn' ||
  (state.status === 'approved' && state.closure !== null);

/** Who asks: in their own name, for somebody, or by answering for it now. */
export const askers = ({ requester, beneficiary, owner }: ExceptionRequest): Actor[] => [
  ...new Set([requester, beneficiary ?? requester, owner]),
];

/** Since when the request names the customer it names: what was found out about another one says nothing. */
export const customerSince = ({ amendments, submittedAt }: ExceptionRequest): Instant =>
  amendments.findLast(({ changes }) => changes.some(({ field }) => field === 'customer'))?.at ?? submittedAt;

/** What each source said last. */
export function latestSnapshots(state: ExceptionRequest): Snapshot[] {
  const latest = new Map<string, Snapshot>();
  for (const snapshot of state.snapshots) latest.set(snapshot.source, snapshot);
  return [...latest.values()];
}

/** Content ids of what the sources said last: what a decision made now is made on. */
export const snapshotsNow = (state: ExceptionRequest): string[] =>
  latestSnapshots(state).flatMap(({ content }) => content?.content ?? []);

/**
 * What an approval is given to. Changing any of it is a material edit; its hash travels with the decision modal.
 * Texts stand for themselves by their content ids, which are hashes.
 */
export const materialOf = (state: ExceptionRequest) => ({
  requester: state.requester,
  beneficiary: state.beneficiary,
  rule: state.rule,
  otherRule: idOf(state.otherRule),
  category: state.category,
  component: idOf(state.component),
  errorType: idOf(state.errorType),
  deviation: state.deviation,
  // Written out: Postgres gives the keys of an object back in an order of its own.
  asksFor: state.asksFor && [state.asksFor.value, state.asksFor.standard, state.asksFor.unit],
  value: state.value,
  currency: state.currency,
  customer: idOf(state.customer),
  rationale: state.rationale.content,
  impact: state.impact.content,
  evidence: idOf(state.evidence),
  files: state.files.map(({ id }) => id),
  inputs: Object.entries(state.inputs)
    .map(([id, { content }]) => `${id}=${content}`)
    .sort(),
  severity: state.severity,
  urgent: state.urgent,
  alreadyHappened: state.alreadyHappened,
  neededBy: state.neededBy,
  confidential: state.confidential,
  conditions: conditionsOf(state).map(({ text, owner, due }) => [text.content, owner, due]),
  tier: state.tier satisfies Tier,
});

const idOf = (words: Words | null): string | null => words?.content ?? null;
