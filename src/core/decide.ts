/** An order to one request, and what comes of it: events, or a refusal. Pure; each command has a function in `commands/`. */
import { barredAsAuditor } from './auditors.ts';
import type { Command, Context, Outcome } from './command.ts';
import * as chasing from './commands/chasing.ts';
import * as closing from './commands/closing.ts';
import * as edits from './commands/edits.ts';
import { erase } from './commands/erasing.ts';
import * as holds from './commands/holds.ts';
import * as review from './commands/review.ts';
import * as submission from './commands/submission.ts';
import * as talk from './commands/talk.ts';
import * as timing from './commands/timing.ts';
import { refuse } from './refusal.ts';
import type { State } from './request.ts';

export function decide(state: State, command: Command, context: Context): Outcome {
  if (command.type === 'submit') return submission.submit(command, context);
  if (!state) return refuse({ why: 'not_found' });
  const no = barredAsAuditor(state, command, context.standing);
  if (no) return no;
  switch (command.type) {
    case 'amend':
      return edits.amend(state, command, context);
    case 'correct':
      return edits.correct(state, command, context);
    case 'object':
      return edits.object(state, command);
    case 'pick_tier':
      return edits.pickTier(state, command, context);
    case 'return':
      return submission.sendBack(state, command, context);
    case 'hand_over':
      return submission.handOver(state, command, context);
    case 'withdraw':
      return submission.withdraw(state, command);
    case 'approve':
    case 'reject':
      return review.decideStage(state, command, context);
    case 'take_back':
      return review.takeBack(state, command);
    case 'take':
      return review.take(state, command, context);
    case 'assign':
      return review.assign(state, command, context);
    case 'declare_conflict':
      return review.declareConflict(state, command, context);
    case 'request_info':
      return talk.requestInfo(state, command, context);
    case 'answer_info':
      return talk.answerInfo(state, command);
    case 'close_question':
      return talk.closeQuestion(state, command, context);
    case 'reopen_question':
      return talk.reopenQuestion(state, command, context);
    case 'remark':
      return talk.remark(state, command);
    case 'edit_remark':
      return talk.editRemark(state, command);
    case 'delete_remark':
      return talk.deleteRemark(state, command);
    case 'acknowledge':
      return chasing.acknowledge(state, command, context);
    case 'nudge':
      return chasing.nudge(state, command, context);
    case 'complain':
      return chasing.complain(state, command, context);
    case 'expedite':
      return chasing.expedite(state, command, context);
    case 'reroute':
      return timing.reroute(state, command, context);
    case 'revoke':
      return timing.revoke(state, command, context);
    case 'erase':
      return erase(state, command, context);
    case 'find_staffing':
      return timing.findStaffing(state, command);
    case 'tick':
      return chasing.tick(state, command, context);
    case 'record_sources':
      return holds.recordSources(state, command, context);
    case 'keep_evidence':
      return holds.keepEvidence(state, command);
    case 'lose_evidence':
      return holds.loseEvidence(state, command);
    case 'place_hold':
      return holds.placeHold(state, command, context);
    case 'release_hold':
      return holds.releaseHold(state, command, context);
    case 'execute':
      return closing.execute(state, command, context);
    case 'meet_condition':
      return closing.meetCondition(state, command, context);
    case 'close':
      return closing.close(state, command, context);
    case 'check_effectiveness':
      return closing.checkEffectiveness(state, command, context);
    default:
      return command satisfies never;
  }
}
