import { asObject, asObjects, asText, type Json, textOf } from '../json.ts';
import type { Block } from '../types.ts';

/** Something a person can use, and where it is. */
export type Control = {
  block: Block;
  element: Json;
  type: string;
  actionId: string;
  /** An input's label or a button's text; for the rest the text that stands beside it, or the placeholder. */
  label: string;
  input: boolean;
};

export function controls(blocks: Block[]): Control[] {
  return blocks.flatMap((block) => {
    const control = (element: Json, label: string, input = false): Control => ({
      block,
      element,
      type: asText(element.type),
      actionId: asText(element.action_id),
      label,
      input,
    });
    if (block.type === 'input') return [control(asObject(block.element), textOf(block.label), true)];
    if (block.type === 'actions')
      return asObjects(block.elements).map((each) => control(each, textOf(each.text) || textOf(each.placeholder)));
    const accessory = asObject(block.accessory);
    if (accessory.type === undefined || accessory.type === 'image') return [];
    return [control(accessory, textOf(accessory.text) || textOf(block.text))];
  });
}

export const isStateful = (type: string): boolean => type !== 'button' && type !== 'overflow' && type !== 'image';

export const optionsOf = (element: Json): Json[] => [
  ...asObjects(element.options),
  ...asObjects(element.option_groups).flatMap((group) => asObjects(group.options)),
];

/**
 * Exactly which element is meant, where two have the same label. `row`: what the text says that it stands beside or
 * below, e.g. `EX-12` in a list.
 */
export type Address = { blockId?: string; actionId?: string; row?: string };

/** The field with this label, or a select beside a text or with a placeholder that says so; without a label, by address. */
export const named = (all: Control[], label: string): Control | undefined =>
  label === ''
    ? all[0]
    : (all.find((control) => control.input && control.label === label) ?? all.find((each) => each.label === label));

export const isAt = (control: Control, { blockId, actionId }: Address): boolean =>
  (blockId === undefined || control.block.block_id === blockId) &&
  (actionId === undefined || control.actionId === actionId);
