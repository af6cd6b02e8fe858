/** Direct messages on asking and deciding, reminders, and the answers to the slash command. */
import type { Stage } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, names } from './names.ts';
import type { RoleWords } from './roles.ts';

const DO = { validation: 'confirm the details', authorization: 'authorize it' } satisfies Record<Stage, string>;

export const dm = {
  yourTurn: (number: number, stage: Stage): string =>
    stage === 'validation' ? `Please check the details of ${ex(number)}.` : `Please decide about ${ex(number)}.`,
  yourTurnWhy: (who: RoleWords): string =>
    `You get this because it is the turn of ${who.group}, and you are one of them.`,
  nudge: (number: number, stage: Stage, by: Inline): Line =>
    line`${by} asks you to look at ${ex(number)}: please ${DO[stage]} or reject it.`,
  stageDone: {
    validation: (number: number, by: Inline, at: Inline): Line =>
      line`${by} confirmed the details of ${ex(number)}, ${at}. Nothing is left for you to do.`,
    authorization: (number: number, by: Inline, at: Inline): Line =>
      line`${by} authorized ${ex(number)}, ${at}. Nothing is left for you to do.`,
  },
  ended: (number: number, status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${ex(number)} was ${status} by ${by}, ${at}. Nothing is left for you to do.`,
  notYourTurn: (number: number): string => `${ex(number)} is not waiting for you any more.`,
  sentBack: (number: number): string =>
    `${ex(number)} was sent back to its requester; you hear of it once it is complete.`,
  declined: (number: number): string => `You declared a personal interest in ${ex(number)}, so others decide it.`,
  received: (number: number): string => `Your request ${ex(number)} is on its way.`,
  receivedFor: (number: number, by: Inline): Line => line`${by} asked for ${ex(number)} on your behalf.`,
  asked: (number: number, by: Inline): Line => line`${by} has a question about ${ex(number)}.`,
  askedWhy: 'Your answer becomes part of the record; the deadline keeps running.',
  answeredByNow: (number: number, by: Inline, at: Inline): Line =>
    line`The question about ${ex(number)} was answered by ${by}, ${at}.`,
  noQuestion: (number: number): string => `No question about ${ex(number)} is waiting for an answer.`,
  answered: (number: number, by: Inline): Line => line`${by} answered your question about ${ex(number)}.`,
  youAsked: 'You asked:',
  theAnswer: 'The answer:',
  over: {
    approved: (number: number): Line => line`${bold(`${ex(number)} is approved.`)}`,
    rejected: (number: number): Line => line`${bold(`${ex(number)} is rejected.`)}`,
    withdrawn: (number: number): Line => line`${bold(`${ex(number)} is withdrawn.`)}`,
  },
  wrote: (by: Inline, stage: Stage, approved: boolean, at: Inline): Line => {
    const did = stage === 'validation' ? 'confirmed the details' : 'authorized it';
    return line`${by} ${approved ? did : 'rejected it'} ${at} and wrote:`;
  },
  withdrawnBy: (by: Inline, at: Inline): Line => line`Withdrawn by ${by}, ${at}.`,
  askAgain: 'If the need has changed, you can ask again: the form opens with what you wrote.',
  superseded: (number: number): string => `${ex(number)}: there is a newer message about this.`,
  supersededLink: 'Go to it',
};

const UNDONE = {
  validation: 'Nobody has confirmed the details.',
  authorization: 'Nobody has authorized it.',
} satisfies Record<Stage, string>;

export const escalation = {
  headline: {
    sla_imminent: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: ${ex(number)} must be decided by `)}${due}${bold('.')}`,
    sla_breached: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: ${ex(number)} is overdue.`)} It was to be decided by ${due}.`,
    authority_exceeded: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: ${ex(number)} comes to your tier.`)} It is to be decided by ${due}.`,
    complaint: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: a customer complained about ${ex(number)}.`)} Please take charge of it by ${due}.`,
    hold_overdue: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: ${ex(number)} is still on hold.`)} It was to be cleared up by ${due}.`,
    execution_overdue: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: ${ex(number)} is approved and not carried out.`)} It was to be done by ${due}.`,
    condition_overdue: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: a condition of ${ex(number)} is not met.`)} It was due by ${due}.`,
  },
  /** A complaint that came to its second step. */
  unanswered: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
    line`${bold(`${names.priority[priority]}: nobody took charge of the complaint about ${ex(number)}.`)} It was due by ${due}.`,
  /** A step further up. */
  climbed: 'Nobody who was told before has taken charge of it, so it comes to you.',
  undone: (stage: Stage): string => UNDONE[stage],
  theyWrote: (by: Inline): Line => line`${by} wrote of it:`,
  waitingForOwner: (owner: Inline): Line => line`It was sent back, and waits for ${owner} to complete it.`,
  detailsConfirmed: (at: Inline): Line => line`Details confirmed ${at}`,
  because: (tierText: string): string => `Tier: ${tierText}.`,
  waitingFor: (who: RoleWords): string => `Waiting for ${who.oneOf}`,
  waitingAllAway: 'Everybody who could decide is away: Set cover names somebody who decides meanwhile.',
  waitingNobody: 'Nobody was found in that group: please tell an administrator.',
  acknowledged: (by: Inline, at: Inline): Line => line`${by} is handling it, since ${at}.`,
  acknowledgedByYou: (at: Inline): Line => line`You are handling it, since ${at}.`,
  onIt: (by: Inline, until: Inline): Line => line`${by} is on it until ${until}.`,
  onItYou: (until: Inline): Line => line`You are on it until ${until}. After that it goes on to the next.`,
  /** By when somebody must take charge of it. */
  climbs: (by: Inline): Line => line`If nobody acknowledges it by ${by}, it goes on to the next.`,
  moved: (due: Inline): Line =>
    line`The deadline has moved since: it is due ${due} now. Nothing is left to chase here.`,
  nudged: (by: Inline, at: Inline): Line => line`Last nudge: ${by}, ${at}.`,
  over: (number: number, status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${ex(number)} was ${status} by ${by}, ${at}. Nothing is left to chase.`,
};
