import { newBlockId } from '../ids.ts';
import { asObject, asText, codePoints, isObject, type Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { Block } from '../types.ts';
import { blocksOf, weight } from './blocks.ts';
import { anything, Findings, flag, oneOf, shape, text } from './check.ts';
import { plain } from './composition.ts';

/** What is wrong with a message's blocks, in Slack's words; empty when nothing is. */
export function problemsOfMessage(blocks: unknown, at = '/blocks'): string[] {
  const found = new Findings('message');
  blocksOf('message')(blocks, at, found);
  return found.messages;
}

export const tooLong = (blocks: unknown): boolean => weight(blocks) > LIMIT.allBlocks;

const common = {
  private_metadata: text(LIMIT.privateMetadata, 0),
  callback_id: text(LIMIT.id, 0),
  external_id: text(LIMIT.id, 0),
};

const MODAL = {
  need: { type: oneOf('modal'), title: plain(LIMIT.viewTitle), blocks: anything },
  may: {
    ...common,
    submit: plain(LIMIT.viewTitle),
    close: plain(LIMIT.viewTitle),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
};
const HOME = { need: { type: oneOf('home'), blocks: anything }, may: common };

/** What is wrong with a view; `wanted` is the only type that the place takes. */
export function problemsOfView(view: unknown, wanted: 'modal' | 'home', at = '/view'): string[] {
  const found = new Findings(wanted);
  shape(wanted === 'modal' ? MODAL : HOME)(view, at, found);
  if (!isObject(view)) return found.messages;
  if (view.blocks !== undefined) blocksOf(wanted)(view.blocks, `${at}/blocks`, found);
  if (wanted === 'modal' && found.inputs > 0 && view.submit === undefined)
    found.add('missing required field: submit (the view has input blocks)', at);
  return found.messages;
}

export const viewTooLarge = (view: unknown): boolean => Buffer.byteLength(JSON.stringify(view)) > LIMIT.viewBytes;

/** Slack gives every block an id of its own, and every element an action id. */
export const withIds = (blocks: Json[]): Block[] => blocks.map(withId);

function withId(block: Json): Block {
  const elementWithId = (element: unknown): unknown =>
    isObject(element) && needsActionId(element) ? { action_id: newBlockId(), ...element } : element;
  const filled: Block = { ...block, type: asText(block.type), block_id: asText(block.block_id) || newBlockId() };
  if (block.type === 'actions' && Array.isArray(block.elements)) filled.elements = block.elements.map(elementWithId);
  if (block.accessory !== undefined) filled.accessory = elementWithId(block.accessory);
  if (block.element !== undefined) filled.element = elementWithId(block.element);
  return filled;
}

const needsActionId = (element: Json): boolean => element.type !== 'image' && element.action_id === undefined;

/** Metadata needs an event_type and an event_payload; anything else is refused whole. */
export function problemOfMetadata(metadata: unknown): 'invalid_metadata_format' | 'metadata_too_large' | undefined {
  const { event_type: type, event_payload: payload, ...rest } = asObject(metadata);
  if (!isObject(metadata) || typeof type !== 'string' || type === '' || !isObject(payload))
    return 'invalid_metadata_format';
  if (codePoints(type) > LIMIT.id || Object.keys(rest).some((key) => key !== 'entities'))
    return 'invalid_metadata_format';
  return Buffer.byteLength(JSON.stringify(metadata)) > LIMIT.metadataBytes ? 'metadata_too_large' : undefined;
}
