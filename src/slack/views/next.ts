/** What stands in the place of a decision modal from the queue once it was sent: what came of it, and the way on. */
import type { ModalView } from '@slack/types';
import { encode } from '../carried.ts';
import { ACTION, VIEW } from '../ids.ts';
import { wording } from '../wording/index.ts';
import { actions, button, modal, section } from './blocks.ts';

/**
 * @param number the request that was sent
 * @param next the number of what waits next; null where nothing does
 */
export function onwardModal(title: string, text: string, number: number, next: number | null): ModalView {
  const { queue } = wording().decision;
  // It carries what was sent, not what comes next: somebody else may have decided that before it is pressed.
  const value = encode({ v: 1, n: number });
  return modal({
    callback: VIEW.notice,
    title,
    close: queue.close,
    blocks: [
      section(text),
      ...(next === null ? [] : [actions(`next-${number}`, [button(ACTION.next, queue.next(next), value, 'primary')])]),
    ],
  });
}
