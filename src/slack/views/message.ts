/** Messages: blocks, and the sentence that stands for them where blocks cannot. */
import type { KnownBlock } from '@slack/types';
import type { Instant } from '../../core/values.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, line } from '../mrkdwn.ts';
import { section } from './blocks.ts';

/** `text` is what a push notification shows and a screen reader says: a full sentence. */
export type Message = { text: string; blocks: KnownBlock[] };

const asIs = (at: Instant) => at;

/** One private sentence or more; nothing in it is parsed. */
export const privateMessage = (text: string): Message => ({
  text: truncate(asText(line`${text}`, asIs), LIMIT.messageText),
  blocks: [section(text)],
});
