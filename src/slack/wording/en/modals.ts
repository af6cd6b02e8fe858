/** The modals in which people ask, answer, withdraw and read. */
import { type Inline, type Line, line } from '../../mrkdwn.ts';
import { ex } from './names.ts';

export const request = {
  policySays: (text: string): string => `Policy: ${text}`,
  questions: 'Questions and answers',
  asked: (by: Inline, at: Inline): Line => line`${by} asked ${at}:`,
  answered: (by: Inline, at: Inline): Line => line`${by} answered ${at}:`,
  noAnswer: 'Not answered yet.',
  closedUnanswered: (by: Inline, at: Inline): Line => line`${by} closed it unanswered ${at}.`,
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
