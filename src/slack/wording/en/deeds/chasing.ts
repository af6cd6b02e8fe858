/** What is said where a request is made quicker, and where a customer complained. */
import { type Inline, type Line, line } from '../../../mrkdwn.ts';
import { ex } from '../names.ts';
import type { RoleWords } from '../roles.ts';

export const chasingDeeds = {
  expedite: {
    button: 'Expedite',
    title: 'Expedite a request',
    submit: 'Expedite',
    says: (number: number, within: string, due: Inline): Line =>
      line`${ex(number)} is to be decided by ${due}. Expedited, it has to be decided within ${within} from now; its card says so.`,
    stillTwo: 'Still two different people decide: one confirms the details, another authorizes it.',
    words: 'Justification',
    hint: 'Why can it not wait for its turn? Everybody who decides, the requester and auditors read this.',
  },
  complain: {
    button: 'Customer complaint',
    title: 'Customer complaint',
    submit: 'Send',
    says: (who: RoleWords, within: string): string =>
      `Told at once: ${who.group}, who have ${within} to take charge of it. After that it goes up to the supervisors.`,
    words: 'What did the customer say?',
    hint: 'In their words as far as you can, and when and how they said it.',
    noneNamed:
      'This message names no request. Choose one that does, such as its card, or write /exception complaint EX-12.',
    which: 'Which request? Write its number after it, such as /exception complaint EX-12.',
  },
};
