/** What stands in the card's thread. */
import type { HoldOutcome } from '../../../core/events/holds.ts';
import type { EscalationKind, Stage, Tier } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, names } from './names.ts';
import type { RoleWords } from './roles.ts';

const SAW = {
  sla_imminent: 'the deadline is near',
  sla_breached: 'the deadline has passed',
  authority_exceeded: 'the value is above the authority limit',
  complaint: 'a customer complained',
  hold_overdue: 'a hold has lasted too long',
  execution_overdue: 'it was not carried out in time',
  condition_overdue: 'a condition was not met in time',
} satisfies Record<EscalationKind, string>;

export const story = {
  submitted: (by: Inline, at: Inline): Line => line`${by} asked for it ${at}.`,
  confirmed: (by: Inline, next: string, due: Inline): Line =>
    line`${by} confirmed the details. Next, ${next} decides by ${due}.`,
  confirmedThen: (by: Inline): Line => line`${by} confirmed the details.`,
  authorized: (by: Inline): Line => line`${by} authorized it, so it is approved.`,
  rejected: (by: Inline): Line => line`${by} rejected it, so it ends here.`,
  asked: (by: Inline, requester: Inline): Line => line`${by} has a question for ${requester}.`,
  answered: (by: Inline): Line => line`${by} answered the question.`,
  conflict: (by: Inline): Line => line`${by} declared a personal interest and does not decide this request.`,
  withdrawn: (by: Inline): Line => line`${by} withdrew the request, so nobody needs to decide it any more.`,
  raised: {
    sla_imminent: (who: RoleWords, due: Inline): Line =>
      line`The deadline is near: to be decided by ${due}. Told: ${who.group}.`,
    sla_breached: (who: RoleWords, due: Inline): Line =>
      line`Overdue: it was to be decided by ${due} and still waits for a decision. Told: ${who.group}.`,
    authority_exceeded: (because: string): Line =>
      line`Decided higher up than the deviation alone asks for: ${because}.`,
    complaint: (who: RoleWords, due: Inline): Line =>
      line`A customer complained. Told: ${who.group}, to take charge of it by ${due}.`,
    hold_overdue: (who: RoleWords, due: Inline): Line =>
      line`Still on hold: it was to be cleared up by ${due}. Told: ${who.group}.`,
    execution_overdue: (who: RoleWords, due: Inline): Line =>
      line`Not carried out: it was to be done by ${due}. Told: ${who.group}.`,
    condition_overdue: (who: RoleWords, due: Inline): Line =>
      line`A condition is not met: it was due by ${due}. Told: ${who.group}.`,
  },
  /** A step further up the ladder. */
  climbed: (kind: EscalationKind, who: RoleWords): Line =>
    line`Nobody has taken charge of it yet (${names.escalation[kind].toLowerCase()}). Told: ${who.group}.`,
  rerouted: (by: Inline, tier: Tier): Line =>
    line`${by} gave it to the next tier: ${names.aTier[tier]} decides. The details are checked anew.`,
  lapsed: {
    expired: 'Its time is over, so the exception has ended.',
    condition: 'A condition was not met, so the exception has ended.',
  },
  erased: {
    request: (by: Inline, what: string): Line => line`${by} erased ${what} from the record.`,
    retention: (what: string): Line =>
      line`Erased from the record: ${what}. The time for which the policy keeps it is over.`,
  },
  revoked: (by: Inline): Line => line`${by} revoked it, so the exception has ended.`,
  acknowledged: (by: Inline, kind: EscalationKind): Line => line`${by} knows that ${SAW[kind]}, and is handling it.`,
  nudged: (by: Inline, who: RoleWords): Line => line`${by} reminded ${who.group} that it is their turn.`,
  amended: (by: Inline): Line => line`${by} changed the request.`,
  corrected: (by: Inline): Line => line`${by} corrected the request:`,
  /** What an edit, or a confirmation that was taken back, undoes. */
  voided: (count: number): string =>
    count === 1
      ? 'The approval given before no longer counts; the details are checked anew.'
      : 'The approvals given before no longer count; the details are checked anew.',
  objected: (by: Inline): Line => line`${by} objects to the correction:`,
  tierPicked: (by: Inline, tier: Tier): Line => line`${by} picked the tier: ${names.aTier[tier]} decides.`,
  returned: (by: Inline | null, owner: Inline): Line =>
    by === null
      ? line`Inputs are missing, so it goes back to ${owner}.`
      : line`${by} sent it back to ${owner}: something is missing.`,
  missing: (what: string[]): string => `Missing: ${what.join(', ')}.`,
  handedOver: (by: Inline, to: Inline): Line => line`${by} handed it over: ${to} answers for it from now on.`,
  handedOverItself: (to: Inline): Line => line`${to} answers for it from now on.`,
  takenBack: (by: Inline): Line => line`${by} took back that the details are right; the stages begin anew.`,
  assigned: (by: Inline, to: Inline): Line => line`${by} assigned it to ${to}. The others may still decide it.`,
  questionClosed: (by: Inline): Line => line`${by} closed the question unanswered.`,
  questionReopened: (by: Inline, owner: Inline): Line =>
    line`${by} opened the question again: ${owner} is asked to answer.`,
  complaint: (by: Inline): Line => line`${by} says that the customer complained:`,
  expedited: (by: Inline, due: Inline): Line =>
    line`${by} expedited it: to be decided by ${due}. It still needs two people.`,
  hold: (by: Inline | null, why: string, who: RoleWords): Line =>
    by === null
      ? line`${bold('On hold:')} ${why}. Nobody can approve until it is cleared up. Told: ${who.group}.`
      : line`${bold('On hold:')} ${why}, says ${by}. Nobody can approve until it is cleared up. Told: ${who.group}.`,
  deadlineNow: (due: Inline): Line => line`To be decided by ${due} now.`,
  released: (by: Inline | null, outcome: HoldOutcome): Line =>
    by === null
      ? line`The hold is over: ${names.holdOutcome[outcome]}.`
      : line`${by} ended the hold: ${names.holdOutcome[outcome]}.`,
  executed: (by: Inline, done: boolean): Line =>
    done ? line`${by} carried it out:` : line`${by} says that it could not be carried out:`,
  conditionMet: (by: Inline, left: number): Line =>
    left === 0
      ? line`${by} says that a condition is met; none is left.`
      : line`${by} says that a condition is met; ${left} left.`,
  conditions: (count: number): string => (count === 1 ? 'On a condition:' : 'On conditions:'),
  closed: (by: Inline, cause: string): Line => line`${by} closed the record. Cause: ${cause}.`,
  closedVeiled: (by: Inline): Line => line`${by} closed the record.`,
  closedAs: { happened: 'What happened:', fixed: 'How it was fixed:' },
  checked: (by: Inline, effective: string): Line =>
    line`${by} looked whether the corrective action helped: ${effective}.`,
  /** Calls operations to carry out what was approved; `who` pings. */
  carryOut: (who: Line, number: number): Line => line`${who} please carry out ${ex(number)} and say what was done.`,
  toClose: (who: Line, number: number): Line => line`${who} please close the record of ${ex(number)}.`,
  allDone: (number: number): string => `${ex(number)} is closed.`,
  owners: (who: Line, number: number): Line =>
    line`${who} ${ex(number)} is of a kind that your group owns. Others decide it; nothing is asked of you.`,
  /** Begins the thread of a card that took the place of another. */
  soFar: (number: number): string => `What happened to ${ex(number)} before it came here:`,
  remarks: 'Remarks that were made there:',
  remarkBy: (by: Inline, at: Inline): Line => line`${by}, ${at}:`,
  earlierLeft: (count: number): string =>
    `${count} earlier ${count === 1 ? 'entry is' : 'entries are'} behind Details.`,
  remarksHidden: (count: number): string =>
    count === 1
      ? '1 remark was made there: Details shows it.'
      : `${count} remarks were made there: Details shows them.`,
  /** Posted once when a stage's turn comes, or when its tier is to be picked; `who` pings. */
  callToPick: (who: Line, number: number, due: Inline): Line =>
    line`${who} please pick who decides ${ex(number)}, since its figures cannot tell, and check its details by ${due}.`,
  call: {
    validation: (who: Line, number: number, due: Inline): Line =>
      line`${who} please check the details of ${ex(number)} by ${due}.`,
    authorization: (who: Line, number: number, due: Inline): Line =>
      line`${who} please decide about ${ex(number)} by ${due}.`,
  } satisfies Record<Stage, unknown>,
  nobodyToCall: (who: RoleWords, admins: RoleWords): string =>
    `Nobody could be found for ${who.group}. Please tell ${admins.group}; until then nobody can decide this request.`,
  andMore: (count: number): string => ` and ${count} more`,
};
