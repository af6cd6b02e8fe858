/** What a person is told, and nobody else, about what they typed and did not send. */
import { encode, type FormMeta } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, asking, button, says } from './blocks.ts';
import type { Message } from './message.ts';

export function draftKeptMessage(origin: FormMeta['origin'], locale?: string): Message {
  const { draft } = wording(locale).form;
  const value = encode({ v: 1, origin });
  return {
    text: draft.kept,
    blocks: [
      says(line`${draft.kept}`),
      actions('draft', [
        button(ACTION.draftContinue, draft.continue, value, 'primary'),
        asking(button(ACTION.draftDiscard, draft.discard, value), draft.sure(draft.discard)),
      ]),
    ],
  };
}

export const draftOverMessage = (text: string): Message => ({ text, blocks: [says(line`${text}`)] });
