/** The seal of the record in the audit channel: what it is, once a week, and the checkpoints below. */
import { line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { context, header, preformatted, section } from './blocks.ts';
import type { Message } from './message.ts';

/** @param week an ISO week */
export function sealMessage(week: string): Message {
  const { title, explanation, advice } = wording().seal;
  return {
    text: `${title(week)}. ${explanation}`,
    blocks: [header(title(week)), section(explanation), context(advice)],
  };
}

/** As a block of its own, so that it can be copied as it is. */
export function checkpointMessage({ size, note }: { size: number; note: string }): Message {
  const title = wording().seal.checkpoint(size);
  const text = note.trimEnd();
  return { text: `${title}\n${text}`, blocks: [preformatted(line`${title}`, text)] };
}
