/** Auditors see everything and do nothing: whoever judges the record has no part in what stands in it. */
import type { Command } from './command.ts';
import { type Refusal, refuse } from './refusal.ts';
import { askers, type ExceptionRequest } from './request.ts';
import { isAuditor, type Standing } from './standing.ts';

/** What anybody does about an exception that they ask for themselves, or owe something to; no role is needed for it. */
const OF_ONES_OWN: readonly Command['type'][] = [
  ...(['amend', 'object', 'withdraw', 'hand_over', 'answer_info', 'reopen_question', 'complain'] as const),
  ...(['remark', 'edit_remark', 'delete_remark', 'meet_condition', 'check_effectiveness'] as const),
];

/** Refuses `auditor` for whatever an auditor does about a request that is not their own; null lets pass. */
export function barredAsAuditor(state: ExceptionRequest, command: Command, standing: Standing): Refusal | null {
  if (!isAuditor(standing)) return null;
  if (askers(state).includes(command.by) && OF_ONES_OWN.includes(command.type)) return null;
  return takesBack(state, command) ? null : refuse({ why: 'auditor' });
}

/** Words of their own, from before they were an auditor, anybody may take back. */
const takesBack = ({ remarks }: ExceptionRequest, command: Command): boolean =>
  command.type === 'delete_remark' &&
  remarks.some(({ channel, ts, by }) => channel === command.channel && ts === command.ts && by === command.by);
