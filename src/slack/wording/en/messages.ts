/** Direct messages, what stands in the card's thread, reminders, and the answers to the slash command. */
import type { EscalationKind, Stage } from '../../../core/values.ts';
import { bold, type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex, format, names } from './names.ts';
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
  askAgain: 'If the need has changed, you can ask again with /exception.',
  superseded: (number: number): string => `${ex(number)}: there is a newer message about this.`,
  supersededLink: 'Go to it',
};

const SAW = {
  sla_imminent: 'the deadline is near',
  sla_breached: 'the deadline has passed',
  authority_exceeded: 'the value is above the authority limit',
  complaint: 'a customer complained',
  complaint_unanswered: 'a complaint waits for somebody to take charge of it',
} satisfies Record<EscalationKind, string>;

export const story = {
  submitted: (by: Inline): Line => line`${by} asked for this exception.`,
  confirmed: (by: Inline, next: string, due: Inline): Line =>
    line`${by} confirmed the details. Next, ${next} decides by ${due}.`,
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
    complaint_unanswered: (who: RoleWords, due: Inline): Line =>
      line`Nobody took charge of the complaint by ${due}. Told: ${who.group}.`,
  },
  acknowledged: (by: Inline, kind: EscalationKind): Line => line`${by} knows that ${SAW[kind]}, and is handling it.`,
  nudged: (by: Inline, who: RoleWords): Line => line`${by} reminded ${who.group} that it is their turn.`,
  /** Posted once when a stage's turn comes; `who` pings. */
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
    complaint_unanswered: (number: number, priority: keyof typeof names.priority, due: Inline): Line =>
      line`${bold(`${names.priority[priority]}: nobody took charge of the complaint about ${ex(number)}.`)} It was due by ${due}.`,
  },
  undone: (stage: Stage): string => UNDONE[stage],
  detailsConfirmed: (at: Inline): Line => line`Details confirmed ${at}`,
  because: (tierText: string): string => `Tier: ${tierText}.`,
  waitingFor: (who: RoleWords): string => `Waiting for ${who.oneOf}`,
  waitingNobody: 'Nobody was found in that group: please tell an administrator.',
  acknowledged: (by: Inline, at: Inline): Line => line`${by} is handling it, since ${at}.`,
  acknowledgedByYou: (at: Inline): Line => line`You are handling it, since ${at}.`,
  nudged: (by: Inline, at: Inline): Line => line`Last nudge: ${by}, ${at}.`,
  over: (number: number, status: 'approved' | 'rejected' | 'withdrawn', by: Inline, at: Inline): Line =>
    line`${ex(number)} was ${status} by ${by}, ${at}. Nothing is left to chase.`,
};

export const list = {
  waiting: (count: number): string => `Waiting for you (${count})`,
  yours: (count: number): string => `Your requests (${count})`,
  none: 'Nothing is waiting for you, and you have no requests. /exception starts one.',
  row: (number: number, subject: string, state: Line): Line => line`${bold(ex(number))} ${subject}: ${state}`,
  more: (count: number): string =>
    `and ${format.number(String(count))} more. /exception status EX-12 shows any of them.`,
  summary: (waiting: number, yours: number): string =>
    `${waiting} ${waiting === 1 ? 'request is' : 'requests are'} waiting for you; you have ${yours} of your own.`,
};
