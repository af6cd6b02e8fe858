/** What Slack takes of a message as a whole: where it is too much, the longest texts are cut first. */
import type { KnownBlock } from '@slack/types';
import { LIMIT, truncate } from '../limits.ts';

/** Texts up to this many code points stay whole: cutting them gains nothing. */
const SHORT = 60;

/** A text that is shown as it is: not markup, whose pieces must stay whole, and not what stands on a button. */
type Text = { type: 'text' | 'plain_text'; text: string };

/** Counted in code points, of which there are never more than code units. */
function fits(blocks: KnownBlock[]): boolean {
  const text = JSON.stringify(blocks);
  return text.length <= LIMIT.messageBlocksTotal || [...text].length <= LIMIT.messageBlocksTotal;
}
const lengthOf = ({ text }: Text): number => [...JSON.stringify(text)].length;

/** The blocks themselves where there is room for them, else a copy whose longest texts are cut until there is. */
export function fitted(blocks: KnownBlock[]): KnownBlock[] {
  if (fits(blocks)) return blocks;
  const copy = structuredClone(blocks);
  while (!fits(copy)) {
    const [longest] = textsIn(copy)
      .filter(({ text }) => [...text].length > SHORT)
      .sort((a, b) => lengthOf(b) - lengthOf(a));
    if (!longest) break;
    longest.text = truncate(longest.text, Math.ceil([...longest.text].length / 2));
  }
  return copy;
}

function textsIn(node: unknown): Text[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, text } = node as { type?: unknown; text?: unknown };
  if ((type === 'text' || type === 'plain_text') && typeof text === 'string') return [node as Text];
  return Object.values(node).flatMap(textsIn);
}
