/** To the owner and operations: files that could not be kept as evidence, and what to do about it. */
import { line } from '../mrkdwn.ts';
import { toAsker } from './asker.ts';
import { context, says } from './blocks.ts';
import { type Drawn, isVeiled, type Message, message, wordsOf } from './drawn.ts';
import { about, onlyOpen } from './parts.ts';

/** Of many, these are named. */
const NAMED = 5;

export function lostFiles(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { lost } = wordsOf(drawn);
  const first = line`${lost.headline(state.number, state.lostFiles.length)}`;
  const named = isVeiled(drawn) ? [] : state.lostFiles.slice(-NAMED);
  const inReview = state.status === 'in_review';
  const why = [
    says(first),
    ...named.map(({ name, because }) => says(line`${lost.because[because](name)}`)),
    context(inReview ? lost.whatToDo : lost.whatToDoAfter),
  ];
  if (inReview && person === state.owner) return toAsker(drawn, person, first, why);
  return message(drawn, first, [...why, ...about(drawn), onlyOpen(drawn)]);
}
