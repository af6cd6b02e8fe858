/** Questions, answers and remarks. */
import type { Context, Of, Outcome } from '../command.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { askers, type ExceptionRequest } from '../request.ts';
import { closedAlready, mayActAs, mayDecide, over } from '../standing.ts';
import { plusWeekdays } from '../values.ts';

export function requestInfo(
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

export function answerInfo(state: ExceptionRequest, { by, at, question, words }: Of<'answer_info'>): Outcome {
  if (!askers(state).includes(by)) return refuse({ why: 'not_requester' });
  const asked = state.questions.find(({ id }) => id === question);
  if (!asked) return refuse({ why: 'no_such_question' });
  if (asked.answer) return refuse({ why: 'question_answered' });
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'info_answered', by, at, question, words }];
}

/** Given up by somebody of operations, once it has waited long enough. */
export function closeQuestion(
  state: ExceptionRequest,
  { by, at, question }: Of<'close_question'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const authority = mayActAs(state, by, standing, 'operations', rules);
  if (isRefusal(authority)) return authority;
  const asked = state.questions.find(({ id }) => id === question);
  if (!asked) return refuse({ why: 'no_such_question' });
  if (asked.answer || asked.closed) return refuse({ why: 'question_answered' });
  if (state.status !== 'in_review') return over(state);
  const until = plusWeekdays(asked.at, rules.unanswered_after_days);
  if (at < until) return refuse({ why: 'question_waits', until });
  return [{ type: 'question_closed', by, at, question }];
}

export function reopenQuestion(
  state: ExceptionRequest,
  { by, at, question }: Of<'reopen_question'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  if (by !== state.owner) {
    const authority = mayActAs(state, by, standing, 'operations', rules);
    if (isRefusal(authority)) return authority;
  }
  const asked = state.questions.find(({ id }) => id === question);
  if (!asked) return refuse({ why: 'no_such_question' });
  if (asked.answer) return refuse({ why: 'question_answered' });
  if (!asked.closed) return refuse({ why: 'question_open' });
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'question_reopened', by, at, question }];
}

/** A reply in the card's thread; what was said there once is not said again. */
export function remark(state: ExceptionRequest, { by, at, channel, ts, words, files }: Of<'remark'>): Outcome {
  const closed = closedAlready(state);
  if (closed) return closed;
  if (known(state, { channel, ts })) return [];
  return [{ type: 'remark_made', by, at, channel, ts, words, files }];
}

export function editRemark(state: ExceptionRequest, { by, at, channel, ts, words }: Of<'edit_remark'>): Outcome {
  const closed = closedAlready(state);
  if (closed) return closed;
  const made = known(state, { channel, ts });
  if (!made || made.deleted) return refuse({ why: 'no_such_remark' });
  return [{ type: 'remark_edited', by, at, channel, ts, words }];
}

/** Also on a closed record: whoever takes their words back has them taken out of it. */
export function deleteRemark(state: ExceptionRequest, { by, at, channel, ts }: Of<'delete_remark'>): Outcome {
  const made = known(state, { channel, ts });
  if (!made) return refuse({ why: 'no_such_remark' });
  return made.deleted ? [] : [{ type: 'remark_deleted', by, at, channel, ts }];
}

const known = (state: ExceptionRequest, message: { channel: string; ts: string }) =>
  state.remarks.find(({ channel, ts }) => channel === message.channel && ts === message.ts);
