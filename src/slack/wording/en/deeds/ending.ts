/** What is said where an approved exception is ended early. */
import { ex } from '../names.ts';

export const endingDeeds = {
  revoke: {
    button: 'Revoke',
    title: 'Revoke an exception',
    submit: 'Revoke',
    says: (number: number): string =>
      `${ex(number)} ends now: what it allows is not allowed any more. Everyone who had a part in it and operations are told. It cannot be taken back, and it cannot be renewed.`,
    words: 'Reason',
    hint: 'What has changed. Everyone involved and auditors read this.',
  },
};
