/** What people wrote, on messages: cut to what a message can hold, with a word on where the rest is. */
import type { ContextBlock, RichTextBlock } from '@slack/types';
import type { Words } from '../../core/values.ts';
import { truncate } from '../limits.ts';
import { type Line, said } from '../mrkdwn.ts';
import { context, quoted, says, saysAndQuotes } from './blocks.ts';
import { type Drawn, isVeiled, wordsOf } from './drawn.ts';

/** Code points of a quote; all quotes of a message together stay well below what a message can hold. */
export const QUOTE = { card: 300, message: 500 } as const;

/** Where the reader finds the whole of it: behind the message's own button, or the card's. */
type Rest = 'cutShort' | 'cutShortOpen';

const isLong = (words: Words, limit: number) => [...(words.text ?? '')].length > limit;

const pointer = (drawn: Drawn, words: Words, limit: number, rest: Rest): ContextBlock[] =>
  isLong(words, limit) ? [context(wordsOf(drawn).card[rest])] : [];

const shortened = (drawn: Drawn, words: Words, limit: number) =>
  truncate(said(words, wordsOf(drawn).names.removed), limit);

/** Of a confidential request nothing. */
export const quotedShort = (drawn: Drawn, words: Words, limit: number, rest: Rest): (RichTextBlock | ContextBlock)[] =>
  isVeiled(drawn) ? [] : [quoted(shortened(drawn, words, limit)), ...pointer(drawn, words, limit, rest)];

/**
 * Of a confidential request only the sentence, and where the words are.
 * @param sentence who wrote it, and when
 */
export const wrote = (
  drawn: Drawn,
  sentence: Line,
  words: Words,
  rest: Rest,
  limit: number = QUOTE.message,
): (RichTextBlock | ContextBlock)[] =>
  isVeiled(drawn)
    ? [says(sentence), context(wordsOf(drawn).card.hidden[rest])]
    : [saysAndQuotes(sentence, shortened(drawn, words, limit)), ...pointer(drawn, words, limit, rest)];
