/** A record that is too long for one modal, on as many pages as it needs: nothing of it is left out. */
import type { KnownBlock } from '@slack/types';
import { header } from '../blocks.ts';
import { bytesOf } from './kept.ts';

/** Slack takes 100 blocks and 250 KB a view; what stands above and below the page needs some of it. */
const ROOM = { blocks: 90, bytes: 200_000 } as const;

/** A part of the record: entries are kept together where they fit on one page. */
export type Part = { title: string | null; entries: KnownBlock[][] };

/** @param head what stands first, on the first page only */
export function paged(head: KnownBlock[], parts: Part[]): KnownBlock[][] {
  const pages: KnownBlock[][] = [[...head]];
  let bytes = bytesOf(head);
  const put = (entry: KnownBlock[]) => {
    const size = bytesOf(entry);
    const page = pages.at(-1) ?? [];
    const full = page.length + entry.length > ROOM.blocks || bytes + size > ROOM.bytes;
    if (full && page.length > 0) pages.push([...entry]);
    else page.push(...entry);
    bytes = full ? size : bytes + size;
  };
  for (const { title, entries } of parts)
    for (const [i, entry] of entries.entries()) {
      const whole = i === 0 && title !== null ? [header(title), ...entry] : entry;
      for (const piece of cut(whole)) put(piece);
    }
  return pages;
}

/** An entry that would fill a page by itself, in pieces. */
function cut(entry: KnownBlock[]): KnownBlock[][] {
  if (entry.length <= ROOM.blocks && bytesOf(entry) <= ROOM.bytes) return [entry];
  return entry.map((block) => [block]);
}
