/** What the owner of a task does about it. */
import type { ExceptionRequest } from '../../src/core/request.ts';
import { conditionsOf, openHolds, openQuestion } from '../../src/core/request.ts';
import { HOLD_ROLE } from '../../src/core/standing.ts';
import type { Task } from '../../src/core/tasks.ts';
import type { HoldKind } from '../../src/core/values.ts';
import {
  amend,
  answer,
  approve,
  checkEffect,
  close,
  execute,
  meet,
  type Order,
  pickTier,
  release,
  words,
} from './orders.ts';

const OUTCOME = {
  data_unavailable: 'alternate_documents',
  data_conflict: 'resolved',
  regulatory: 'proceed',
} as const satisfies Record<HoldKind, string>;

/** Whatever an owner can be asked for; another text each time, as an edit must change something. */
const complete = (state: ExceptionRequest) =>
  amend({
    rationale: words(`With all that was missing, for round ${state.round + 1}.`),
    evidence: words('https://files.test/box'),
    inputs: { contract: words('Frame contract 7') },
  })(state);

/** The order by which a person does one of the request's tasks as it should be done. */
export function orderFor({ kind, owner }: Task, state: ExceptionRequest): Order {
  switch (kind) {
    case 'complete_inputs':
      return complete(state);
    case 'answer_question':
      return answer(openQuestion(state)?.id);
    case 'pick_tier':
      return pickTier('manager');
    case 'confirm_details':
    case 'authorize':
      return approve('Judged.', {}, { checks: ['identity'] })(state);
    case 'clear_hold': {
      const hold = openHolds(state).find((each) => 'role' in owner && HOLD_ROLE[each.kind] === owner.role);
      return release(hold?.id ?? 0, OUTCOME[hold?.kind ?? 'regulatory']);
    }
    case 'carry_out':
      return execute();
    case 'meet_condition': {
      const unmet = conditionsOf(state).filter(({ met }) => !met);
      return meet(unmet.find((condition) => 'person' in owner && condition.owner === owner.person)?.id);
    }
    case 'close':
      return close();
    case 'check_effectiveness':
      return checkEffect();
    default:
      return kind satisfies never;
  }
}
