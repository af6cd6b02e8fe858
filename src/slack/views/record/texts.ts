/** What people wrote, whole: a text that is longer than one quote goes on in the next. */
import type { KnownBlock } from '@slack/types';
import type { Words } from '../../../core/values.ts';
import { LIMIT } from '../../limits.ts';
import { type Line, said } from '../../mrkdwn.ts';
import { quoted, saysAndQuotes } from '../blocks.ts';
import { type Drawn, wordsOf } from '../drawn.ts';

export function inFull(sentence: Line, text: string): KnownBlock[] {
  const [first = '', ...rest] = pieces(text);
  return [saysAndQuotes(sentence, first), ...rest.map(quoted)];
}

/** A sentence and what somebody wrote, all of it. */
export const wroteInFull = (drawn: Drawn, sentence: Line, words: Words): KnownBlock[] =>
  inFull(sentence, said(words, wordsOf(drawn).names.removed));

/** As many code points each as a person can type into one field. */
function pieces(text: string): string[] {
  // A text has no more code points than code units, and almost all are short: the record's pages draw hundreds of them.
  if (text.length <= LIMIT.inputLength) return [text];
  const points = [...text];
  const all: string[] = [];
  for (let at = 0; at < points.length; at += LIMIT.inputLength)
    all.push(points.slice(at, at + LIMIT.inputLength).join(''));
  return all;
}
