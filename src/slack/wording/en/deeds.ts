/** What people do about a request by a button: what the button and its form say. */
import { askingDeeds } from './deeds/asking.ts';
import { chasingDeeds } from './deeds/chasing.ts';
import { closingDeeds } from './deeds/closing.ts';
import { holdDeeds } from './deeds/holds.ts';
import { ex } from './names.ts';

export const deed = {
  close: 'Not now',
  ...askingDeeds,
  ...holdDeeds,
  ...chasingDeeds,
  ...closingDeeds,
  takeBack: {
    button: 'Take back',
    title: 'Take confirmation back',
    submit: 'Take it back',
    says: (number: number): string =>
      `You take back that the details of ${ex(number)} are right. The stages begin anew; what was confirmed before stays on the record.`,
    hint: 'What turned out to be wrong? The requester and the others read this.',
  },
};
