import { type Command, count } from '../command.ts';
import { whatOf } from './given.ts';
import { forEachMeant } from './meant.ts';

export const dismiss: Command = {
  usage: 'deliveries dismiss ID… | --all | --request EX-12 [--team T0123456789]',
  summary: 'Takes off the list what was given up and is to be told nobody any more. The record itself is not touched.',
  run: (args, io) =>
    forEachMeant(args, io, {
      async each(letters, one) {
        const what = whatOf(one);
        const done = await letters.dismiss(one.teamId, one.id);
        return {
          said: `${done ? 'dismissed' : 'was taken off by somebody else a moment ago'}: ${what}`,
          done,
          stays: false,
        };
      },
      summary,
    }),
};

function summary(dismissed: number, meant: number): string {
  if (meant === 0) return 'There is nothing to dismiss.';
  return `${count(dismissed, 'delivery', 'deliveries')} dismissed: nobody will be told of them.`;
}
