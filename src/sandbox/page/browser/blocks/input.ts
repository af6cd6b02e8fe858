import { html, nothing, type TemplateResult } from 'lit';
import { asObject, asText, textOf } from '../../../json.ts';
import type { WireBlock } from '../../wire.ts';
import { control } from '../controls/index.ts';
import { idOf, type Scene, type Slot } from '../scene.ts';
import { text } from '../text.ts';

/** Several controls under one name are a group with a legend; anything else has a label. */
const isGroup = (type: string): boolean => ['radio_buttons', 'checkboxes'].includes(type);

export function input(scene: Scene, block: WireBlock): TemplateResult {
  const { store, place } = scene;
  const element = asObject(block.element);
  const at = { block_id: block.block_id, action_id: asText(element.action_id) };
  const id = idOf(place, at);
  const error =
    place.where === 'modal' && store.errors.view === place.view ? store.errors.fields[block.block_id] : undefined;
  const described = [block.hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  const slot: Slot = {
    ...scene,
    ...{ block, element, at, id, label: undefined, required: block.optional !== true, input: true },
    ...{ describedBy: described.filter(Boolean).join(' ') || undefined, invalid: error !== undefined },
  };
  const label = html`${textOf(block.label)}${block.optional === true ? html` <span class="optional">(optional)</span>` : nothing}`;
  const below = html`
    ${error === undefined ? nothing : html`<p class="error" id="${id}-error" role="alert">${error}</p>`}
    ${block.hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${text(store, block.hint)}</p>`}
  `;
  if (isGroup(asText(element.type)))
    return html`<fieldset class="field" id=${id} tabindex="-1"><legend>${label}</legend>${control(slot)}${below}</fieldset>`;
  return html`<div class="field"><label for=${id}>${label}</label>${control(slot)}${below}</div>`;
}
