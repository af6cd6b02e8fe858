/** How each event moves a request on. */

import { unmeasured } from './events/content.ts';
import type { Authority } from './events/review.ts';
import { type Recorded, SYSTEM } from './events.ts';
import {
  type Approval,
  type Approved,
  type Condition,
  type Escalation,
  type ExceptionRequest,
  type InReview,
  type Mark,
  type Question,
  type Remark,
  type State,
  sameEscalation,
} from './request.ts';
import type { EscalationKind, Instant } from './values.ts';

type Of<T extends Recorded['type']> = Extract<Recorded, { type: T }>;

/** @throws Error where the event cannot follow the state: the log is not one that `decide` wrote. */
export function evolve(state: State, event: Recorded): ExceptionRequest {
  if (event.type === 'submitted') {
    if (state) throw new Error(`EX-${state.number} was submitted twice`);
    return submitted(event);
  }
  if (!state) throw new Error(`${event.type} came before the request was submitted`);
  switch (event.type) {
    case 'amended':
    case 'corrected':
      return edited(inReview(state, event), event);
    case 'correction_objected': {
      const objection = { ...mark(event), words: event.words };
      const amendments = state.amendments.map((a) => (a.round === event.round ? { ...a, objection } : a));
      return { ...state, amendments };
    }
    case 'tier_picked': {
      const { tier, tierByDeviation, dueAt, reason } = event;
      // Without what the value adds: it may be lowered again.
      const tierPicked = { ...mark(event), tier: tierByDeviation, reason };
      return { ...reopened(inReview(state, event), event.round), tier, tierByDeviation, dueAt, tierPicked };
    }
    case 'returned': {
      const { missing, words } = event;
      return { ...inReview(state, event), returned: { ...mark(event), missing, words } };
    }
    case 'handed_over': {
      const { to, reason } = event;
      const handover = { ...mark(event), from: state.owner, to, reason };
      const assigned = state.assigned?.to === to ? null : state.assigned;
      return { ...state, owner: to, assigned, handovers: [...state.handovers, handover] };
    }
    case 'withdrawn': {
      const { stage, ...known } = inReview(state, event);
      return { ...known, status: 'withdrawn', ...mark(event), reason: event.reason };
    }
    case 'stage_approved':
      return approved(atStage(state, event), event);
    case 'stage_rejected': {
      const { stage, ...known } = atStage(state, event);
      return { ...known, status: 'rejected', ...mark(event), stage, rejection: decisionOf(event, []) };
    }
    case 'confirmation_taken_back': {
      const takenBack = [...state.takenBack, { ...mark(event), round: state.round, reason: event.reason }];
      return { ...reopened(inReview(state, event), event.round), takenBack };
    }
    case 'taken':
      return { ...state, taken: { ...mark(event), until: event.until } };
    case 'assigned':
      return { ...state, assigned: { ...mark(event), to: event.to } };
    case 'conflict_declared': {
      const taken = state.taken?.by === event.by ? null : state.taken;
      const assigned = state.assigned?.to === event.by ? null : state.assigned;
      return { ...state, taken, assigned, conflicted: [...state.conflicted, event.by] };
    }
    case 'info_requested':
    case 'info_answered':
    case 'question_closed':
    case 'question_reopened':
      return { ...state, questions: questions(state.questions, event) };
    case 'remark_made':
    case 'remark_edited':
    case 'remark_deleted':
      return { ...state, remarks: remarks(state.remarks, event) };
    case 'escalation_raised': {
      const { kind, deadline, role, priority, at } = event;
      const raised: Escalation = { kind, deadline, role, priority, at, acknowledged: null, nudged: null };
      return { ...state, escalations: [...state.escalations, raised] };
    }
    case 'escalation_acknowledged':
      return withEscalation(state, event, { acknowledged: mark(event) });
    case 'nudged':
      return withEscalation(state, event, { nudged: mark(event) });
    case 'complaint_received':
      return { ...state, complaints: [...state.complaints, { ...mark(event), words: event.words }] };
    case 'expedited': {
      const { justification, dueAt } = event;
      return { ...inReview(state, event), dueAt, expedited: { ...mark(event), justification } };
    }
    case 'sources_read': {
      const read = event.readings.map((reading) => ({ ...reading, moment: event.moment, at: event.at }));
      return { ...state, snapshots: [...state.snapshots, ...read] };
    }
    case 'evidence_kept': {
      const { file: id, name, size, mediaType, sha256 } = event;
      return { ...state, keptFiles: [...state.keptFiles, { id, name, size, mediaType, sha256 }] };
    }
    case 'evidence_lost': {
      const { file: id, name, because, at } = event;
      return { ...state, lostFiles: [...state.lostFiles, { id, name, because, at }] };
    }
    case 'hold_placed': {
      const { hold: id, kind, source, words, discrepancies, dueAt } = event;
      const hold = { ...mark(event), id, kind, source, words, discrepancies, released: null };
      return { ...inReview(state, event), dueAt, holds: [...state.holds, hold] };
    }
    case 'hold_released': {
      const { outcome, words } = event;
      const released = { ...mark(event), outcome, words };
      return { ...state, holds: state.holds.map((hold) => (hold.id === event.hold ? { ...hold, released } : hold)) };
    }
    case 'executed':
    case 'closed':
    case 'effectiveness_due':
    case 'effectiveness_checked':
      return followedUp(granted(state, event), event);
    case 'condition_met': {
      const met = { ...mark(event), words: event.words };
      return { ...state, conditions: state.conditions.map((c) => (c.id === event.condition ? { ...c, met } : c)) };
    }
    default:
      return event satisfies never;
  }
}

const mark = ({ by, at }: Mark): Mark => ({ by, at });

function submitted(event: Of<'submitted'>): InReview {
  const { type, by, at, ...facts } = event;
  return {
    ...facts,
    owner: facts.requester,
    submittedAt: at,
    status: 'in_review',
    stage: 'validation',
    round: 1,
    tierPicked: null,
    returned: null,
    amendments: [],
    approvals: [],
    takenBack: [],
    taken: null,
    assigned: null,
    questions: [],
    remarks: [],
    escalations: [],
    complaints: [],
    expedited: null,
    conflicted: [],
    holds: [],
    snapshots: [],
    keptFiles: [],
    lostFiles: [],
    conditions: [],
    handovers: [],
  };
}

function inReview(state: ExceptionRequest, event: Recorded): InReview {
  if (state.status !== 'in_review')
    throw new Error(`EX-${state.number}: ${event.type} came after it was ${state.status}`);
  return state;
}

function atStage(state: ExceptionRequest, event: Of<'stage_approved' | 'stage_rejected'>): InReview {
  const known = inReview(state, event);
  if (event.stage !== known.stage)
    throw new Error(`EX-${state.number}: ${event.type} at ${event.stage} came while ${known.stage} was due`);
  return known;
}

function granted(state: ExceptionRequest, event: Recorded): Approved {
  if (state.status !== 'approved')
    throw new Error(`EX-${state.number}: ${event.type} came while it was ${state.status}, not approved`);
  return state;
}

/** A new pass through the stages. */
const reopened = (state: InReview, round: number): InReview => ({
  ...state,
  round,
  stage: 'validation',
  taken: null,
  assigned: null,
});

function edited(state: InReview, event: Of<'amended' | 'corrected'>): InReview {
  const { content, tier, tierByDeviation, dueAt, exposure, round, changes } = event;
  const reason = event.type === 'corrected' ? event.reason : null;
  const as = event.type === 'corrected' ? 'validator' : 'owner';
  const amendment = { ...mark(event), as, round, changes, reason, objection: null } as const;
  const placed = { tier, tierByDeviation, dueAt, exposure };
  // A picked tier stands for figures that could not tell it; it ends where they can again.
  const tierPicked = unmeasured(content) ? state.tierPicked : null;
  const amendments = [...state.amendments, amendment];
  // What the program found missing is looked at again after each edit; what a person asked for is the owner's to give.
  const returned = event.type === 'corrected' && state.returned?.by !== SYSTEM ? state.returned : null;
  return { ...reopened(state, round), ...content, ...placed, tierPicked, returned, amendments };
}

function decisionOf(event: Of<'stage_approved' | 'stage_rejected'>, checks: string[]): Approval {
  const { round, stage, by, at, rationale, contentHash, snapshots } = event;
  const authority: Authority = event.authority;
  return { round, stage, by, at, rationale, contentHash, authority, snapshots, checks };
}

function approved(state: InReview, event: Of<'stage_approved'>): ExceptionRequest {
  const approvals = [...state.approvals, decisionOf(event, event.checks)];
  const conditions = [...state.conditions, ...attached(state, event)];
  const next = { ...state, approvals, conditions, taken: null, assigned: null };
  if (event.stage === 'validation') return { ...next, stage: 'authorization' };
  const { stage, ...known } = next;
  const ahead = { execution: null, closure: null, checkDue: null, check: null };
  return { ...known, status: 'approved', ...mark(event), ...ahead };
}

const attached = (state: InReview, { conditions, by, round }: Of<'stage_approved'>): Condition[] =>
  conditions.map((condition, index) => ({
    ...condition,
    id: state.conditions.length + index + 1,
    by,
    round,
    met: null,
  }));

type QuestionEvent = Of<'info_requested' | 'info_answered' | 'question_closed' | 'question_reopened'>;
function questions(asked: Question[], event: QuestionEvent): Question[] {
  if (event.type === 'info_requested') {
    const { question: id, stage, words } = event;
    return [...asked, { id, stage, ...mark(event), words, answer: null, closed: null }];
  }
  const change = (): Partial<Question> => {
    if (event.type === 'info_answered') return { answer: { ...mark(event), words: event.words }, closed: null };
    return { closed: event.type === 'question_closed' ? mark(event) : null };
  };
  return asked.map((question) => (question.id === event.question ? { ...question, ...change() } : question));
}

function remarks(made: Remark[], event: Of<'remark_made' | 'remark_edited' | 'remark_deleted'>): Remark[] {
  const { channel, ts } = event;
  if (event.type === 'remark_made') {
    const { words, files } = event;
    return [...made, { ...mark(event), words, files, channel, ts, earlier: [], edited: null, deleted: null }];
  }
  return made.map((remark) => {
    if (remark.ts !== ts || remark.channel !== channel) return remark;
    if (event.type === 'remark_edited')
      return { ...remark, words: event.words, edited: event.at, earlier: [...remark.earlier, remark.words.content] };
    return { ...remark, deleted: mark(event) };
  });
}

const withEscalation = (
  state: ExceptionRequest,
  which: { kind: EscalationKind; deadline: Instant },
  change: Partial<Escalation>,
): ExceptionRequest => ({
  ...state,
  escalations: state.escalations.map((escalation) =>
    sameEscalation(escalation, which) ? { ...escalation, ...change } : escalation,
  ),
});

type FollowUp = Of<'executed' | 'closed' | 'effectiveness_due' | 'effectiveness_checked'>;
function followedUp(state: Approved, event: FollowUp): Approved {
  switch (event.type) {
    case 'executed':
      return { ...state, execution: { ...mark(event), outcome: event.outcome, words: event.words } };
    case 'closed': {
      const { type, ...closure } = event;
      return { ...state, closure };
    }
    case 'effectiveness_due':
      return { ...state, checkDue: event.at };
    case 'effectiveness_checked':
      return { ...state, check: { ...mark(event), effective: event.effective, words: event.words } };
    default:
      return event satisfies never;
  }
}
