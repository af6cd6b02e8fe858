import { type Names, readBlocks } from '../mrkdwn.ts';
import type { Block } from '../types.ts';
import { type Address, type Control, controls, isAt } from './walk.ts';

/** What stands below a text and belongs to it. */
const BELOW = new Set(['actions', 'context']);

/** Blocks in the pieces that a reader takes for one thing: a text with the buttons and small print below it. */
export function rowsOf(blocks: Block[]): Block[][] {
  const rows: Block[][] = [];
  for (const block of blocks) {
    const last = rows.at(-1);
    if (last !== undefined && BELOW.has(block.type)) last.push(block);
    else rows.push([block]);
  }
  return rows;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Does a row's text, buttons left out, name this? `EX-12` is not named by `EX-120`. */
export function rowNames(row: Block[], name: string, names: Names): boolean {
  const texts = row.filter(({ type }) => type !== 'actions').map(({ accessory: _, ...block }) => block);
  return new RegExp(`(?<![\\w-])${escaped(name)}(?!\\w)`).test(readBlocks(texts, names));
}

/** The controls at this address, in the rows that it names. */
export function controlsAt(blocks: Block[], at: Address, names: Names): Control[] {
  const { row } = at;
  const there =
    row === undefined
      ? blocks
      : rowsOf(blocks)
          .filter((each) => rowNames(each, row, names))
          .flat();
  return controls(there).filter((control) => isAt(control, at));
}
