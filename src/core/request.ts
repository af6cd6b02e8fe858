/** One exception request as its events tell it: the state, and how each event moves it on. */
import type { Actor, Authority, Recorded } from './events.ts';
import type { EscalationKind, Instant, Role, Stage, Tier, Words } from './values.ts';

type Submitted = Extract<Recorded, { type: 'submitted' }>;

export type Approval = {
  round: number;
  stage: Stage;
  by: Actor;
  at: Instant;
  rationale: Words;
  contentHash: string;
  authority: Authority;
};
export type Question = {
  id: number;
  stage: Stage;
  by: Actor;
  at: Instant;
  words: Words;
  answer: { by: Actor; at: Instant; words: Words } | null;
};
export type Escalation = {
  kind: EscalationKind;
  deadline: Instant;
  role: Role;
  priority: 'normal' | 'high' | 'urgent';
  at: Instant;
  acknowledged: { by: Actor; at: Instant } | null;
  nudged: { by: Actor; at: Instant } | null;
};

type Known = Omit<Submitted, 'type' | 'by' | 'at'> & {
  submittedAt: Instant;
  /** One pass through the stages, from 1. */
  round: number;
  approvals: Approval[];
  questions: Question[];
  escalations: Escalation[];
  /** People who declared a personal interest and may not decide. */
  conflicted: Actor[];
};
export type InReview = Known & { status: 'in_review'; stage: Stage };
type Over = { by: Actor; at: Instant };
type Approved = Known & Over & { status: 'approved' };
type Rejected = Known & Over & { status: 'rejected'; stage: Stage; rejection: Approval };
type Withdrawn = Known & Over & { status: 'withdrawn'; reason: Words | null };
export type ExceptionRequest = InReview | Approved | Rejected | Withdrawn;
export type Status = ExceptionRequest['status'];

/** A request before its first event. */
export const initial = null;
export type State = ExceptionRequest | null;

/** @throws Error where the event cannot follow the state: the log is not one that `decide` wrote. */
export function evolve(state: State, event: Recorded): ExceptionRequest {
  if (event.type === 'submitted') {
    if (state) throw new Error(`EX-${state.number} was submitted twice`);
    const { type, by, at, ...facts } = event;
    const none = { approvals: [], questions: [], escalations: [], conflicted: [] };
    return { ...facts, ...none, submittedAt: at, round: 1, status: 'in_review', stage: 'validation' };
  }
  if (!state) throw new Error(`${event.type} came before the request was submitted`);
  switch (event.type) {
    case 'stage_approved':
      return approved(reviewed(state, event), event);
    case 'stage_rejected': {
      const { stage, ...known } = reviewed(state, event);
      return { ...known, status: 'rejected', by: event.by, at: event.at, stage, rejection: decisionOf(event) };
    }
    case 'withdrawn': {
      const { stage, ...known } = reviewed(state, event);
      return { ...known, status: 'withdrawn', by: event.by, at: event.at, reason: event.reason };
    }
    case 'info_requested': {
      const { question: id, stage, by, at, words } = event;
      return { ...state, questions: [...state.questions, { id, stage, by, at, words, answer: null }] };
    }
    case 'info_answered': {
      const answer = { by: event.by, at: event.at, words: event.words };
      return { ...state, questions: state.questions.map((q) => (q.id === event.question ? { ...q, answer } : q)) };
    }
    case 'conflict_declared':
      return { ...state, conflicted: [...state.conflicted, event.by] };
    case 'escalation_raised': {
      const { kind, deadline, role, priority, at } = event;
      const raised: Escalation = { kind, deadline, role, priority, at, acknowledged: null, nudged: null };
      return { ...state, escalations: [...state.escalations, raised] };
    }
    case 'escalation_acknowledged':
      return withEscalation(state, event, { acknowledged: { by: event.by, at: event.at } });
    case 'nudged':
      return withEscalation(state, event, { nudged: { by: event.by, at: event.at } });
    default:
      return event satisfies never;
  }
}

function reviewed(state: ExceptionRequest, event: Recorded): InReview {
  const stage = event.type === 'stage_approved' || event.type === 'stage_rejected' ? event.stage : null;
  if (state.status === 'in_review' && stage && stage !== state.stage)
    throw new Error(`EX-${state.number}: ${event.type} at ${stage} came while ${state.stage} was due`);
  if (state.status !== 'in_review')
    throw new Error(`EX-${state.number}: ${event.type} came after it was ${state.status}`);
  return state;
}

function decisionOf(event: Extract<Recorded, { type: 'stage_approved' | 'stage_rejected' }>): Approval {
  const { type, ...decision } = event;
  return decision;
}

function approved(state: InReview, event: Extract<Recorded, { type: 'stage_approved' }>): ExceptionRequest {
  const approvals = [...state.approvals, decisionOf(event)];
  if (event.stage === 'validation') return { ...state, approvals, stage: 'authorization' };
  const { stage, ...known } = state;
  return { ...known, approvals, status: 'approved', by: event.by, at: event.at };
}

/** An escalation is known by its kind and the deadline it is about. */
export const sameEscalation = (a: { kind: EscalationKind; deadline: Instant }, b: typeof a): boolean =>
  a.kind === b.kind && a.deadline === b.deadline;

const withEscalation = (
  state: ExceptionRequest,
  which: { kind: EscalationKind; deadline: Instant },
  change: Partial<Escalation>,
) => ({
  ...state,
  escalations: state.escalations.map((escalation) =>
    sameEscalation(escalation, which) ? { ...escalation, ...change } : escalation,
  ),
});

/** The approval that counts for a stage: of the current round. */
export const approvalOf = (state: ExceptionRequest, stage: Stage): Approval | undefined =>
  state.approvals.find((approval) => approval.round === state.round && approval.stage === stage);

/** The question that waits for the requester, if any. */
export const openQuestion = (state: ExceptionRequest): Question | undefined =>
  state.questions.find(({ answer }) => !answer);

/**
 * What an approval is given to. Changing any of it is a material edit; its hash travels with the decision modal.
 * Texts stand for themselves by their content ids, which are hashes.
 */
export const materialOf = (state: ExceptionRequest) => ({
  requester: state.requester,
  beneficiary: state.beneficiary,
  rule: state.rule,
  category: state.category,
  deviation: state.deviation,
  // Written out: Postgres gives the keys of an object back in an order of its own.
  asksFor: state.asksFor && [state.asksFor.value, state.asksFor.standard, state.asksFor.unit],
  value: state.value,
  currency: state.currency,
  customer: state.customer?.content ?? null,
  rationale: state.rationale.content,
  impact: state.impact.content,
  evidence: state.evidence?.content ?? null,
  severity: state.severity,
  urgent: state.urgent,
  alreadyHappened: state.alreadyHappened,
  neededBy: state.neededBy,
  tier: state.tier satisfies Tier,
});
