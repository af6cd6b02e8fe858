/** What is said about questions that nobody answers, and about who answers for a request. */
import { ex } from '../names.ts';

export const talkDeeds = {
  closeQuestion: {
    button: 'Close question',
    done: (number: number): { title: string; text: string } => ({
      title: 'Question closed',
      text: `The question about ${ex(number)} is closed as unanswered; the record says so. It can be opened again at any time until the request is decided.`,
    }),
  },
  reopenQuestion: {
    button: 'Open question again',
    done: (number: number): { title: string; text: string } => ({
      title: 'Question opened again',
      text: `The question about ${ex(number)} waits for an answer again, and whoever answers for the request is told.`,
    }),
  },
  handOver: {
    button: 'Hand over',
    title: 'Hand over',
    submit: 'Hand over',
    says: (number: number): string =>
      `Whoever you pick answers for ${ex(number)} from now on: they get its questions, may change or withdraw it, and cannot approve it. Who asked for it stays on the record.`,
    to: 'To whom?',
    reason: 'Reason',
    hint: 'They and the auditors read this.',
    already: 'They answer for it already. Pick somebody else.',
  },
};
