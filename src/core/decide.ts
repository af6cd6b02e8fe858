/** Orders to one request, and what comes of them: events, or a refusal. Pure; a switch, and one small function a command. */
import { due } from './attention.ts';
import type { Recorded } from './events.ts';
import { SYSTEM } from './events.ts';
import { type Rules, roleOf, tierByDeviation, tierFor } from './policy.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { approvalOf, type ExceptionRequest, type State, sameEscalation } from './request.ts';
import { holds, mayAsk, mayDecide, mayStepAside, over, type Standing } from './standing.ts';
import { type EscalationKind, type Instant, plus, type Stage, type Words } from './values.ts';

type Submission = Omit<
  Extract<Recorded, { type: 'submitted' }>,
  'type' | 'by' | 'at' | 'number' | 'requester' | 'policyVersion' | 'currency' | 'tier' | 'tierByDeviation' | 'dueAt'
>;
/** What the decider had before their eyes. */
export type Seen = { round: number; stage: Stage; contentHash: string };
type Decision = { seen: Seen; rationale: Words };
type Which = { kind: EscalationKind; deadline: Instant };

export type Command = { by: string; at: Instant } & (
  | { type: 'submit'; form: Submission }
  | ({ type: 'approve' } & Decision)
  | ({ type: 'reject' } & Decision)
  | { type: 'request_info'; words: Words }
  | { type: 'answer_info'; question: number; words: Words }
  | { type: 'declare_conflict' }
  | { type: 'withdraw'; reason: Words | null }
  | ({ type: 'acknowledge' } & Which)
  | ({ type: 'nudge' } & Which)
  | { type: 'tick' }
);
type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** What a decision needs and the state does not hold. */
export type Context = {
  /** The request's number; the next free one for `submit`. */
  number: number;
  /** The rules the request was made under; the current ones for `submit`. */
  policy: { version: number; rules: Rules };
  standing: Standing;
  /** Hash of the content as it is now. */
  contentHash: string;
};
type Outcome = Recorded[] | Refusal;

/** A nudge within this many milliseconds of the last one would only annoy. */
const NUDGE_EVERY = 15 * 60_000;

export function decide(state: State, command: Command, context: Context): Outcome {
  if (command.type === 'submit') return mayAsk(context.standing) ?? submit(command, context);
  if (!state) return refuse({ why: 'not_found' });
  switch (command.type) {
    case 'approve':
    case 'reject':
      return decideStage(state, command, context);
    case 'request_info':
      return requestInfo(state, command, context);
    case 'answer_info':
      return answerInfo(state, command);
    case 'declare_conflict':
      return declareConflict(state, command, context);
    case 'withdraw':
      return withdraw(state, command);
    case 'acknowledge':
      return acknowledge(state, command, context);
    case 'nudge':
      return nudge(state, command, context);
    case 'tick':
      return tick(state, command, context);
    default:
      return command satisfies never;
  }
}

function submit({ by, at, form }: Of<'submit'>, { number, policy: { version, rules } }: Context): Recorded[] {
  const tier = tierFor(rules, form.deviation, form.value);
  const byDeviation = tierByDeviation(rules, form.deviation);
  const dueAt = plus(at, rules.tiers[tier].sla);
  const facts = {
    number,
    requester: by,
    policyVersion: version,
    currency: rules.currency,
    tier,
    tierByDeviation: byDeviation,
  };
  const submitted: Recorded = { type: 'submitted', by, at, ...form, ...facts, dueAt };
  if (tier === byDeviation) return [submitted];
  const role = roleOf('authorization', tier);
  const exceeded = { kind: 'authority_exceeded', deadline: dueAt, role, priority: 'normal', since: at } as const;
  return [submitted, { type: 'escalation_raised', by: SYSTEM, at, ...exceeded }];
}

function decideStage(
  state: ExceptionRequest,
  command: Of<'approve' | 'reject'>,
  { policy, standing, contentHash }: Context,
): Outcome {
  const { by, at, seen, rationale } = command;
  const authority = mayDecide(state, by, standing, policy.rules);
  const stranger = isRefusal(authority) && authority.why === 'not_eligible';
  if (!stranger && seen.round === state.round && passed(state, seen.stage)) return decidedAlready(state, seen.stage);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  const { round, stage } = state;
  if (seen.round !== round || seen.stage !== stage || seen.contentHash !== contentHash)
    return refuse({ why: 'changed_since' });
  if (!rationale.text?.trim()) return refuse({ why: 'rationale_missing' });
  const type = command.type === 'approve' ? 'stage_approved' : 'stage_rejected';
  return [{ type, by, at, round, stage, rationale, contentHash, authority }];
}

const passed = (state: ExceptionRequest, stage: Stage) =>
  approvalOf(state, stage) !== undefined || (state.status === 'rejected' && state.stage === stage);

/** Refuses with what was decided about the stage, by whom and when; `passed` must hold. */
function decidedAlready(state: ExceptionRequest, stage: Stage): Refusal {
  const approval = approvalOf(state, stage);
  if (approval) return refuse({ why: 'already_decided', stage, outcome: 'approved', by: approval.by, at: approval.at });
  if (state.status === 'in_review') return refuse({ why: 'changed_since' });
  return refuse({ why: 'already_decided', stage, outcome: 'rejected', by: state.by, at: state.at });
}

function requestInfo(
  state: ExceptionRequest,
  { by, at, words }: Of<'request_info'>,
  { policy, standing }: Context,
): Outcome {
  const authority = mayDecide(state, by, standing, policy.rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'info_requested', by, at, question: state.questions.length + 1, stage: state.stage, words }];
}

function answerInfo(state: ExceptionRequest, { by, at, question, words }: Of<'answer_info'>): Outcome {
  if (by !== state.requester && by !== state.beneficiary) return refuse({ why: 'not_requester' });
  const asked = state.questions.find(({ id }) => id === question);
  if (!asked) return refuse({ why: 'no_such_question' });
  if (asked.answer) return refuse({ why: 'question_answered' });
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'info_answered', by, at, question, words }];
}

function declareConflict(state: ExceptionRequest, { by, at }: Of<'declare_conflict'>, { standing }: Context): Outcome {
  const no = mayStepAside(state, by, standing);
  if (no) return no;
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'conflict_declared', by, at, stage: state.stage }];
}

function withdraw(state: ExceptionRequest, { by, at, reason }: Of<'withdraw'>): Outcome {
  if (by !== state.requester) return refuse({ why: 'not_requester' });
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'withdrawn', by, at, reason }];
}

function acknowledge(
  state: ExceptionRequest,
  { by, at, kind, deadline }: Of<'acknowledge'>,
  { standing }: Context,
): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!holds(standing, escalation.role)) return refuse({ why: 'not_supervisor' });
  if (escalation.acknowledged) return refuse({ why: 'already_acknowledged', ...escalation.acknowledged });
  return [{ type: 'escalation_acknowledged', by, at, kind, deadline }];
}

function nudge(state: ExceptionRequest, { by, at, kind, deadline }: Of<'nudge'>, { standing }: Context): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!holds(standing, escalation.role)) return refuse({ why: 'not_supervisor' });
  if (state.status !== 'in_review') return over(state);
  const last = state.escalations
    .map(({ nudged }) => nudged)
    .findLast((nudged) => nudged && plus(nudged.at, NUDGE_EVERY) > at);
  if (last) return refuse({ why: 'nudged_just_now', ...last });
  return [{ type: 'nudged', by, at, kind, deadline, stage: state.stage }];
}

function tick(state: ExceptionRequest, { at }: Of<'tick'>, { policy }: Context): Recorded[] {
  const found = due(state, policy.rules, at);
  if (!found) return [];
  return [{ type: 'escalation_raised', by: SYSTEM, at, ...found, role: 'ops_supervisors', priority: 'high' }];
}
