/** How each event moves a request on. */
import { unmeasured } from './events/content.ts';
import type { Authority } from './events/review.ts';
import { type EventOf, type Recorded, SYSTEM } from './events.ts';
import { followedUp } from './evolve/closing.ts';
import { found } from './evolve/holds.ts';
import { talked } from './evolve/talk.ts';
import { timed } from './evolve/timing.ts';
import { inReview, mark } from './evolve/when.ts';
import type { Approval, Condition, ExceptionRequest, InReview, State } from './request.ts';
import type { Instant } from './values.ts';

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
      const { tier, tierByDeviation, reason } = event;
      // Without what the value adds: it may be lowered again.
      const tierPicked = { ...mark(event), tier: tierByDeviation, reason };
      return {
        ...reopened(inReview(state, event), event.round),
        tier,
        tierByDeviation,
        ...due(state, event),
        tierPicked,
      };
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
    case 'remark_made':
    case 'remark_edited':
    case 'remark_deleted':
    case 'escalation_raised':
    case 'escalation_acknowledged':
    case 'nudged':
    case 'complaint_received':
      return talked(state, event);
    case 'expedited': {
      const { justification } = event;
      return { ...inReview(state, event), ...due(state, event), expedited: { ...mark(event), justification } };
    }
    case 'sources_read':
    case 'evidence_kept':
    case 'evidence_lost':
    case 'hold_placed':
    case 'hold_released':
      return found(state, event);
    case 'executed':
    case 'condition_met':
    case 'closed':
    case 'effectiveness_due':
    case 'effectiveness_checked':
      return followedUp(state, event);
    case 'rerouted': {
      const { tier, tierByDeviation, reason } = event;
      const reroutes = [...state.reroutes, { ...mark(event), from: state.tier, to: tier, reason }];
      return {
        ...reopened(inReview(state, event), event.round),
        tier,
        tierByDeviation,
        ...due(state, event),
        reroutes,
      };
    }
    case 'reminder_due':
    case 'staffing_found':
    case 'ending_near':
    case 'lapsed':
    case 'revoked':
      return timed(state, event);
    case 'erased': {
      const { type, ...erasure } = event;
      return { ...state, erasures: [...state.erasures, erasure] };
    }
    default:
      return event satisfies never;
  }
}

function submitted(event: EventOf<'submitted'>): InReview {
  const { type, by, at, ...facts } = event;
  return {
    ...facts,
    owner: facts.requester,
    submittedAt: at,
    dueFrom: at,
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
    reminders: [],
    reroutes: [],
    staffing: null,
    erasures: [],
  };
}

function atStage(state: ExceptionRequest, event: EventOf<'stage_approved' | 'stage_rejected'>): InReview {
  const known = inReview(state, event);
  if (event.stage !== known.stage)
    throw new Error(`EX-${state.number}: ${event.type} at ${event.stage} came while ${known.stage} was due`);
  return known;
}

/** A deadline that is set anew runs from then on. */
const due = (state: ExceptionRequest, { dueAt, at }: { dueAt: Instant; at: Instant }) =>
  dueAt === state.dueAt ? {} : { dueAt, dueFrom: at };

/** A new pass through the stages. */
const reopened = (state: InReview, round: number): InReview => ({
  ...state,
  round,
  stage: 'validation',
  taken: null,
  assigned: null,
});

function edited(state: InReview, event: EventOf<'amended' | 'corrected'>): InReview {
  const { content, tier, tierByDeviation, exposure, round, changes } = event;
  const reason = event.type === 'corrected' ? event.reason : null;
  const as = event.type === 'corrected' ? 'validator' : 'owner';
  const amendment = { ...mark(event), as, round, changes, reason, objection: null } as const;
  const placed = { tier, tierByDeviation, ...due(state, event), exposure };
  // A picked tier stands for figures that could not tell it; it ends where they can again.
  const tierPicked = unmeasured(content) ? state.tierPicked : null;
  const amendments = [...state.amendments, amendment];
  // What the program found missing is looked at again after each edit; what a person asked for is the owner's to give.
  const returned = event.type === 'corrected' && state.returned?.by !== SYSTEM ? state.returned : null;
  return { ...reopened(state, round), ...content, ...placed, tierPicked, returned, amendments };
}

function decisionOf(event: EventOf<'stage_approved' | 'stage_rejected'>, checks: string[]): Approval {
  const { round, stage, by, at, rationale, contentHash, snapshots } = event;
  const authority: Authority = event.authority;
  return { round, stage, by, at, rationale, contentHash, authority, snapshots, checks };
}

function approved(state: InReview, event: EventOf<'stage_approved'>): ExceptionRequest {
  const approvals = [...state.approvals, decisionOf(event, event.checks)];
  const conditions = [...state.conditions, ...attached(state, event)];
  const next = { ...state, approvals, conditions, taken: null, assigned: null };
  if (event.stage === 'validation') return { ...next, stage: 'authorization' };
  const { stage, ...known } = next;
  const ahead = { execution: null, closure: null, checkDue: null, check: null, endingTold: [], ended: null };
  return { ...known, status: 'approved', ...mark(event), ...ahead, validity: event.validity };
}

const attached = (state: InReview, { conditions, by, round }: EventOf<'stage_approved'>): Condition[] =>
  conditions.map((condition, index) => ({
    ...condition,
    id: state.conditions.length + index + 1,
    by,
    round,
    met: null,
  }));
