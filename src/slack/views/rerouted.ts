/** To those who asked: a supervisor gave it to the next tier, and why. */
import { date, line } from '../mrkdwn.ts';
import { toAsker } from './asker.ts';
import { says } from './blocks.ts';
import { type Drawn, type Message, nameFirst, wordsOf } from './drawn.ts';
import { over } from './ended.ts';
import { wrote } from './quotes.ts';

export function rerouted(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { staffing: say } = wordsOf(drawn);
  const last = state.reroutes.at(-1);
  if (state.status !== 'in_review' || !last) return over(drawn, person);
  const first = say.rerouted(state.number, nameFirst(drawn, last.by), last.to, date(state.dueAt));
  return toAsker(drawn, person, first, [
    says(first),
    ...wrote(drawn, line`${say.reroutedWhy}`, last.reason, 'cutShortOpen'),
  ]);
}
