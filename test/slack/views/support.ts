import type { ModalView } from '@slack/types';
import type { Recorded } from '../../../src/core/events.ts';
import type { ExceptionRequest } from '../../../src/core/request.ts';
import { problemsOfMessage, problemsOfView, tooLong, viewTooLarge } from '../../../src/sandbox/blocks/surface.ts';
import { asObjects } from '../../../src/sandbox/json.ts';
import { type Names, pingsOfMessage, readBlocks } from '../../../src/sandbox/mrkdwn.ts';
import { LIMIT } from '../../../src/slack/limits.ts';
import type { Drawn, Message } from '../../../src/slack/views/drawn.ts';
import { idOf, NAMES } from '../../support/cast.ts';
import { requestOf } from '../../support/given.ts';
import { RULES, WIRING } from '../../support/policy.ts';

const capital = (name: string) => name.replace(/^./, (first) => first.toUpperCase());
export const CAST_NAMES = Object.fromEntries(NAMES.map((name) => [idOf(name), capital(name)]));

export const drawn = (state: ExceptionRequest, over: Partial<Drawn> = {}): Drawn => ({
  state,
  rules: RULES,
  wiring: WIRING,
  names: CAST_NAMES,
  renewing: { by: null, allowed: 2 },
  ...over,
});
export const drawnAfter = (...events: Recorded[]): Drawn => drawn(requestOf(...events));

const reader: Names = {
  user: (id) => CAST_NAMES[id] ?? id,
  group: (id) => id,
  channel: (id) => id,
  timeZone: 'UTC',
};
type Shown = Message | ModalView;
/** As its reader reads it: markup resolved, one line a piece. */
export const read = (shown: Shown): string => readBlocks(asObjects(shown.blocks), reader);
export const pings = ({ text, blocks }: Message): string[] => pingsOfMessage(text, asObjects(blocks));
/** Whom the sentence for push notifications would call, were it shown without its blocks. */
export const textPings = ({ text }: Message): string[] => pingsOfMessage(text, []);

/** Texts of the buttons, in order, those of an overflow included. */
export const buttons = (shown: Shown): string[] =>
  asObjects(shown.blocks)
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => asObjects(elements))
    .flatMap((element) => (element.type === 'overflow' ? asObjects(element.options) : [element]))
    .map(({ text }) => String((text as { text: string }).text));

export const labels = (view: ModalView): string[] =>
  asObjects(view.blocks)
    .filter(({ type }) => type === 'input')
    .map(({ label }) => String((label as { text: string }).text));

type Input = { block_id: string; optional?: boolean; element: Record<string, unknown> };
export const inputOf = (view: ModalView, id: string): Input | undefined =>
  (view.blocks.filter(({ type }) => type === 'input') as unknown as Input[]).find(({ block_id }) => block_id === id);

const codePoints = (text: string) => [...text].length;

/** What Slack would refuse, and what is more than the bot allows itself. */
export function problemsOf(shown: Shown): string[] {
  const { blocks } = shown;
  if ('type' in shown)
    return [...problemsOfView(shown, 'modal'), ...(viewTooLarge(shown) ? ['the view is larger than 250 KB'] : [])];
  return [
    ...problemsOfMessage(blocks),
    ...(tooLong(blocks) ? ['msg_blocks_too_long'] : []),
    ...(codePoints(JSON.stringify(blocks)) > LIMIT.messageBlocksTotal ? ['blocks above our own limit'] : []),
    ...(codePoints(shown.text) > LIMIT.messageText || shown.text.trim() === '' ? ['text too long or empty'] : []),
  ];
}
