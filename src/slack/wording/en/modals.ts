/** The modals in which people ask, answer, withdraw and read. */
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex } from './names.ts';
import type { RoleWords } from './roles.ts';

export const request = {
  policySays: (text: string): string => `Policy: ${text}`,
  questions: 'Questions and answers',
  asked: (by: Inline, at: Inline): Line => line`${by} asked ${at}:`,
  answered: (by: Inline, at: Inline): Line => line`${by} answered ${at}:`,
  noAnswer: 'Not answered yet.',
  closedUnanswered: (by: Inline, at: Inline): Line => line`${by} closed it unanswered ${at}.`,
  earlier: (count: number): string =>
    count === 1 ? '1 earlier entry is in the card’s thread.' : `${count} earlier entries are in the card’s thread.`,
};

export const info = {
  title: 'Request info',
  submit: 'Send question',
  close: 'Close',
  says: (number: number, requester: string): string =>
    `Your question about ${ex(number)} goes to ${requester}. The request stays where it is, and its deadline keeps running.`,
  hint: 'What do you need to know to decide?',
};

export const answer = {
  title: 'Answer the question',
  submit: 'Send answer',
  close: 'Close',
  hint: 'It becomes part of the record. It does not change the request itself.',
  over: 'This question needs no answer any more.',
};

export const withdraw = {
  title: 'Withdraw request',
  submit: 'Withdraw',
  close: 'Keep it',
  says: (number: number): string => `You withdraw ${ex(number)}. That ends it; nobody needs to decide it any more.`,
  hint: 'Why it is no longer needed.',
};

export const details = {
  title: (number: number): string => ex(number),
  close: 'Close',
  history: 'What happened so far',
  submitted: (by: Inline): Line => line`${by} asked for it`,
  approved: {
    validation: (by: Inline): Line => line`${by} confirmed the details`,
    authorization: (by: Inline): Line => line`${by} authorized it`,
  },
  rejected: {
    validation: (by: Inline): Line => line`${by} rejected it instead of confirming the details`,
    authorization: (by: Inline): Line => line`${by} rejected it instead of authorizing it`,
  },
  asked: (by: Inline): Line => line`${by} asked a question`,
  answered: (by: Inline): Line => line`${by} answered it`,
  raised: {
    sla_imminent: (who: RoleWords): Line => line`The deadline came near. Told: ${who.group}`,
    sla_breached: (who: RoleWords): Line => line`The deadline passed undecided. Told: ${who.group}`,
    authority_exceeded: (who: RoleWords): Line => line`The value is above the authority limit. Told: ${who.group}`,
    complaint: (who: RoleWords): Line => line`A customer complained. Told: ${who.group}`,
    complaint_unanswered: (who: RoleWords): Line =>
      line`Nobody took charge of the complaint in time. Told: ${who.group}`,
  },
  acknowledged: (by: Inline): Line => line`${by} took charge of the reminder`,
  nudged: (by: Inline): Line => line`${by} sent a nudge`,
  withdrawn: (by: Inline): Line => line`${by} withdrew it`,
  conflicted: (by: Inline): Line => line`${by} declared a personal interest and cannot decide`,
};

/** What stands in a modal that has nothing to submit. */
export const notices = {
  loading: { title: 'One moment', text: 'Loading the request as it is now …' },
  refused: { title: 'Not possible' },
  failed: {
    title: 'Something went wrong',
    text: 'This did not work, and nothing was changed. Please try again in a minute; if it fails again, tell your Carveout administrators.',
  },
  conflictNoted: (number: number): { title: string; text: string } => ({
    title: 'Noted',
    text: `You declared a personal interest in ${ex(number)}. You no longer decide it; somebody else of your group does.`,
  }),
  nudged: (number: number): { title: string; text: string } => ({
    title: 'Nudge sent',
    text: `Everyone whose turn it is with ${ex(number)} gets a message now.`,
  }),
  /** At the field of a modal whose content could not be stored. */
  failedKept:
    'This could not be saved just now. Nothing you typed is lost: leave it open and send it again in a minute.',
  starting: 'Carveout is just starting, so nothing was done. Please try again in a minute.',
  oldModal:
    'This form was opened by another version of Carveout, so nothing was done. Copy what you typed, open it again and paste it.',
  pressAgain: 'That took too long, so nothing was changed. Please press the button again.',
  oldButton:
    'This button was made by another version of Carveout, so nothing was done. Open the request with /exception list and press there.',
  close: 'Close',
};
