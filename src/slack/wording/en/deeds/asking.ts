/** What those who asked do about their request. */
import { type Inline, type Line, line } from '../../../mrkdwn.ts';
import { ex } from '../names.ts';

export const askingDeeds = {
  object: {
    button: 'Object',
    title: 'Object to a correction',
    submit: 'Object',
    corrected: (by: Inline, at: Inline): Line => line`${by} set this right, ${at}:`,
    because: 'The reason given:',
    says: (number: number): string =>
      `${ex(number)} goes on as it was corrected. What you write stands beside the correction, and whoever authorizes the request reads it.`,
    label: 'Your objection',
    hint: 'What is wrong with the correction, and how can one see that?',
  },
};
