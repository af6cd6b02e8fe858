/** After an approval: carried out, conditions met, learnt from, closed. */
import type { Context, Of, Outcome } from '../command.ts';
import { endOfApproval } from '../endings.ts';
import type { Rules } from '../policy.ts';
import { isRefusal, type Lack, type Refusal, refuse } from '../refusal.ts';
import { type Approved, conditionsOf, type ExceptionRequest } from '../request.ts';
import { closedAlready, holds, over, type Standing } from '../standing.ts';
import type { Instant } from '../values.ts';

/** Refuses whoever is not of operations; what was approved is carried out by whoever does the work, the requester too. */
const ofOperations = (standing: Standing): Refusal | null =>
  holds(standing, 'operations') ? null : refuse({ why: 'not_of', role: 'operations' });

const granted = (state: ExceptionRequest): Approved | Refusal => {
  if (state.status === 'approved') return state.closure ? over(state) : state;
  return state.status === 'in_review' ? refuse({ why: 'not_approved' }) : over(state);
};

/** What has ended is not allowed any more, whether or not anybody has said so yet. */
function noLongerGood(state: ExceptionRequest, rules: Rules, at: Instant): Refusal | null {
  const ended = state.status === 'approved' ? endOfApproval(state, rules, at) : null;
  return ended && refuse({ why: 'already_ended', how: ended.how, by: ended.by, at: ended.at });
}

/** What could not be done may still be done later; what is done is done. */
export function execute(
  state: ExceptionRequest,
  { by, at, outcome, words }: Of<'execute'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const approved = granted(state);
  if (isRefusal(approved)) return approved;
  const no = ofOperations(standing) ?? noLongerGood(approved, rules, at);
  if (no) return no;
  const { execution } = approved;
  if (execution?.outcome === 'done') return refuse({ why: 'already_executed', by: execution.by, at: execution.at });
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'executed', by, at, outcome, words }];
}

export function meetCondition(
  state: ExceptionRequest,
  { by, at, condition: id, words }: Of<'meet_condition'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const closed = closedAlready(state) ?? noLongerGood(state, rules, at);
  if (closed) return closed;
  const condition = conditionsOf(state).find((each) => each.id === id);
  if (!condition) return refuse({ why: 'no_such_condition' });
  if (by !== condition.owner && !holds(standing, 'operations')) return refuse({ why: 'not_of', role: 'operations' });
  if (condition.met) return refuse({ why: 'condition_met', by: condition.met.by, at: condition.met.at });
  return [{ type: 'condition_met', by, at, condition: id, words }];
}

/** What the record still needs before it can be closed, beside what the closing form asks. */
function lacksForClosing(state: Approved): Lack[] {
  const unmet = conditionsOf(state).filter(({ met }) => !met);
  const conditions = state.ended || state.execution?.outcome === 'could_not' ? [] : unmet;
  const settled = new Set([...state.keptFiles, ...state.lostFiles].map(({ id }) => id));
  return [
    ...(state.execution || state.ended ? [] : [{ what: 'execution' } as const]),
    ...conditions.map(({ id }) => ({ what: 'condition', condition: id }) as const),
    ...state.files.filter(({ id }) => !settled.has(id)).map(({ name }) => ({ what: 'file', name }) as const),
  ];
}

export function close(
  state: ExceptionRequest,
  { type, ...closure }: Of<'close'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const approved = granted(state);
  if (isRefusal(approved)) return approved;
  const no = ofOperations(standing);
  if (no) return no;
  const lacks = [...lacksForClosing(approved), ...unsaid(closure, rules)];
  if (lacks.length > 0) return refuse({ why: 'incomplete', lacks });
  return [{ type: 'closed', ...closure }];
}

function unsaid({ cause, happened, fixed }: Omit<Of<'close'>, 'type'>, rules: Rules): Lack[] {
  return [
    ...(rules.causes.some(({ id }) => id === cause) ? [] : [{ what: 'cause' } as const]),
    ...(happened.text?.trim() ? [] : [{ what: 'happened' } as const]),
    ...(fixed.text?.trim() ? [] : [{ what: 'fixed' } as const]),
  ];
}

/** Whether the corrective action helped: the one thing that is added to a closed record. */
export function checkEffectiveness(
  state: ExceptionRequest,
  { by, at, effective, words }: Of<'check_effectiveness'>,
  { standing }: Context,
): Outcome {
  if (state.status !== 'approved' || !state.closure) return refuse({ why: 'not_closed' });
  if (by !== state.closure.action?.owner && !holds(standing, 'operations'))
    return refuse({ why: 'not_of', role: 'operations' });
  if (state.check) return refuse({ why: 'already_checked', by: state.check.by, at: state.check.at });
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'effectiveness_checked', by, at, effective, words }];
}
