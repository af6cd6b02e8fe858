/** Refusals of the steps around the decision: edits, holds, conditions, execution, closing. */
import type { Lack, Refusal } from '../../../core/refusal.ts';
import { conditionsOf } from '../../../core/request.ts';
import { format, names } from './names.ts';
import { it, type RefusalFacts, when, who } from './refusalFacts.ts';
import { role } from './roles.ts';

const LACKS = {
  execution: 'what was done (press “Report outcome”)',
  cause: 'a cause from the list',
  happened: 'what happened',
  fixed: 'how it was fixed',
};

/** What is missing, whose it is, and what to do about it. */
function lacking(lack: Lack, facts: RefusalFacts): string {
  if (lack.what === 'file') return `the file ${lack.name}, which is still being stored (try again in a minute)`;
  if (lack.what !== 'condition') return LACKS[lack.what];
  const condition = facts.state && conditionsOf(facts.state).find(({ id }) => id === lack.condition);
  const owed = condition ? `, which ${who(condition.owner, facts)} owes by ${format.day(condition.due)}` : '';
  return `condition ${lack.condition}${owed} (press “Condition met” once it is)`;
}

/** Those that `refusal` does not say itself. */
export type ProcedureRefusal = Extract<
  Refusal,
  {
    why:
      | 'not_of'
      | 'no_tier_above'
      | 'record_closed'
      | 'nothing_changed'
      | 'returned'
      | 'nothing_missing'
      | 'on_hold'
      | 'sources_pending'
      | 'no_such_hold'
      | 'hold_released'
      | 'outcome_unfit'
      | 'tier_unset'
      | 'tier_known'
      | 'checks_missing'
      | 'not_yours_to_take_back'
      | 'no_such_correction'
      | 'already_yours'
      | 'already_expedited'
      | 'due_sooner'
      | 'question_waits'
      | 'question_open'
      | 'no_such_remark'
      | 'not_approved'
      | 'already_executed'
      | 'no_such_condition'
      | 'condition_met'
      | 'incomplete'
      | 'not_closed'
      | 'already_checked'
      | 'not_over'
      | 'nothing_to_erase';
  }
>;

export function procedureRefusal(refused: ProcedureRefusal, facts: RefusalFacts): string {
  const number = it(facts);
  switch (refused.why) {
    case 'not_of':
      return `Only ${role(refused.role, facts).members} can do this for ${number}, so nothing was changed. Ask ${role(refused.role, facts).oneOf}.`;
    case 'record_closed':
      return `The record of ${number} was closed by ${who(refused.by, facts)} (${when(refused.at, facts)}) and can only be read. If an exception is needed again, ask for a new one with /exception.`;
    case 'nothing_changed':
      return `Nothing in ${number} is different from before, so nothing was sent. Change what is to be changed, then send it again.`;
    case 'returned':
      return `${number} was sent back to be completed (${when(refused.at, facts)}), so it cannot be approved yet. You need do nothing until then; you get it again once that is done.`;
    case 'nothing_missing':
      return `Tick what is missing from ${number}, or write what the requester is to add; then send it again.`;
    case 'on_hold':
      return `${number} cannot be approved yet: ${format.all(refused.kinds.map((kind) => names.hold[kind]))}. Open ${number} to see who clears it up; it comes back to you then. It can still be rejected.`;
    case 'sources_pending':
      return `What is known about the customer of ${number} is being looked up just now, and it cannot be approved without. Please press again in a minute; if it stays like this, open ${number} and ask the sources again.`;
    case 'no_such_hold':
      return `${number} has no such hold any more. Open it to see what it waits for.`;
    case 'hold_released':
      return `${who(refused.by, facts)} released this hold of ${number} already (${when(refused.at, facts)}), so yours was not recorded. Open ${number} to see how.`;
    case 'outcome_unfit':
      return `This is no way to release this hold of ${number}. Open it again and choose one of the outcomes it offers.`;
    case 'tier_unset':
      return `The figures of ${number} do not say who decides it. Pick the tier first (Open, then "Pick tier"), then confirm the details.`;
    case 'tier_known':
      return `The figures of ${number} say which tier decides it, so none is picked. Open ${number} and correct it if a figure is wrong.`;
    case 'checks_missing':
      return `Some checks that the policy requires are not ticked, so ${number} was not confirmed. Check and tick them, or send the request back.`;
    case 'not_yours_to_take_back':
      return `There is no confirmation of yours to take back from ${number} now. Open it to see how it stands.`;
    case 'no_such_correction':
      return `${number} has no such correction. Open it to see what was changed.`;
    case 'already_yours':
      return `${number} is theirs already, so nothing was changed. Try somebody else.`;
    case 'already_expedited':
      return `${who(refused.by, facts)} expedited ${number} already (${when(refused.at, facts)}). You need do nothing.`;
    case 'due_sooner':
      return `${number} is due ${when(refused.dueAt, facts)} anyway, which is sooner than an expedited request would be, so nothing was changed. You need do nothing.`;
    case 'question_waits':
      return `The question has not waited long enough to be closed unanswered. Try again from ${when(refused.until, facts)} on; until then it can be answered.`;
    case 'question_open':
      return `This question about ${number} is open. It can be answered.`;
    case 'no_such_remark':
      return `This reply is not part of the record of ${number}, so nothing was changed. Write a new one if it should be.`;
    case 'not_approved':
      return `${number} is not approved yet, so this cannot be done yet. Open it to see how it stands.`;
    case 'no_tier_above':
      return `${number} is with the highest tier already, so there is no other to give it to. Ask an administrator to add somebody to its group.`;
    case 'already_executed':
      return `${who(refused.by, facts)} reported that ${number} is done (${when(refused.at, facts)}), so yours was not recorded. Open it to read what was done.`;
    case 'no_such_condition':
      return `${number} has no such condition. Open it to see its conditions.`;
    case 'condition_met':
      return `${who(refused.by, facts)} reported this condition of ${number} as met already (${when(refused.at, facts)}). You need do nothing.`;
    case 'incomplete':
      return `${number} cannot be closed yet. Still needed: ${format.all(refused.lacks.map((lack) => lacking(lack, facts)))}. Open ${number} for its buttons.`;
    case 'not_closed':
      return `${number} is not closed yet, so there is nothing to check afterwards.`;
    case 'already_checked':
      return `${who(refused.by, facts)} checked this for ${number} already (${when(refused.at, facts)}). You need do nothing.`;
    case 'not_over':
      return refused.status === 'in_review'
        ? `${number} is not decided yet, and those who decide it need what it says, so nothing was erased. Wait until it is decided, or ask its owner to withdraw it; then erase it.`
        : `${number} is approved and its record is not closed yet, so nothing was erased. Ask ${role('operations', facts).oneOf} to close it, or let it be revoked; then erase it.`;
    case 'nothing_to_erase':
      return `There is nothing of this in ${number}, or it was erased before, so nothing was changed. Open ${number} to see what was erased, by whom and why.`;
    default:
      return refused satisfies never;
  }
}
