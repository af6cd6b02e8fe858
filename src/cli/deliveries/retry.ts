import { type Command, count } from '../command.ts';
import { whatOf } from './given.ts';
import { forEachMeant } from './meant.ts';

export const retry: Command = {
  usage: 'deliveries retry ID… | --all | --request EX-12 [--team T0123456789]',
  summary:
    'Has the bot try again what was given up, by the ids of deliveries dead. What was posted is not posted twice.',
  run: (args, io) =>
    forEachMeant(args, io, {
      async each(letters, one) {
        const what = whatOf(one);
        if (!one.intent) return { said: `stays given up: ${what}`, done: false, stays: true };
        if (await letters.putBack(one.teamId, one.id, one.intent))
          return { said: `put back: ${what}`, done: true, stays: false };
        return { said: `was taken off by somebody else a moment ago: ${what}`, done: false, stays: false };
      },
      summary,
    }),
};

function summary(back: number, meant: number): string {
  if (meant === 0) return 'There is nothing to put back.';
  if (back === 0) return 'Nothing was put back.';
  return `${count(back, 'delivery', 'deliveries')} put back: a bot that runs tries them within seconds, another when it starts.`;
}
