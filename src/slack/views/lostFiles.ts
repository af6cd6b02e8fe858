/** To the owner and operations: files that could not be kept as evidence, and what to do about it. */
import { line } from '../mrkdwn.ts';
import { context, says } from './blocks.ts';
import { type Drawn, isVeiled, type Message, message, wordsOf } from './drawn.ts';
import { about, onlyOpen } from './parts.ts';

/** Of many, these are named. */
const NAMED = 5;

export function lostFiles(drawn: Drawn): Message {
  const { state } = drawn;
  const { lost } = wordsOf(drawn);
  const first = line`${lost.headline(state.number, state.lostFiles.length)}`;
  const named = isVeiled(drawn) ? [] : state.lostFiles.slice(-NAMED);
  return message(drawn, first, [
    says(first),
    ...named.map(({ name, because }) => says(line`${lost.because[because](name)}`)),
    context(state.status === 'in_review' ? lost.whatToDo : lost.whatToDoAfter),
    ...about(drawn),
    onlyOpen(drawn),
  ]);
}
