/** What of many entries a modal has room for; what it leaves out it counts, and says where that is. */
import type { KnownBlock } from '@slack/types';
import { context } from '../blocks.ts';
import { type Drawn, wordsOf } from '../drawn.ts';

/** Slack takes 250 KB and 100 blocks a view. */
export type Room = { bytes: number; blocks: number };

export const bytesOf = (blocks: readonly KnownBlock[]): number => Buffer.byteLength(JSON.stringify(blocks));

/** The newest entries that fit, in their order; the others are counted. */
export function newestIn(drawn: Drawn, entries: KnownBlock[][], room: Room): KnownBlock[] {
  const kept: KnownBlock[][] = [];
  let bytes = 0;
  let blocks = 0;
  for (const entry of entries.toReversed()) {
    bytes += bytesOf(entry);
    blocks += entry.length;
    if (bytes > room.bytes || blocks > room.blocks) break;
    kept.unshift(entry);
  }
  const left = entries.length - kept.length;
  return [...(left > 0 ? [context(wordsOf(drawn).decision.leftOut(left))] : []), ...kept.flat()];
}
