import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asObject, asObjects, asText, textOf } from '../../../json.ts';
import type { WireBlock } from '../../wire.ts';
import { control } from '../controls/index.ts';
import { richText } from '../richText.ts';
import { idOf, type Scene, type Slot } from '../scene.ts';
import { text } from '../text.ts';
import { image, imageElement } from './image.ts';
import { input } from './input.ts';
import { table } from './table.ts';
import { unknown } from './unknown.ts';

/** An element outside an input block: each use is an action. */
function acting(scene: Scene, block: WireBlock, element: unknown, label: string): TemplateResult {
  const json = asObject(element);
  const at = { block_id: block.block_id, action_id: asText(json.action_id) };
  const slot: Slot = {
    ...scene,
    ...{ block, element: json, at, id: idOf(scene.place, at), label: textOf(json.placeholder) || label },
    ...{ required: false, describedBy: undefined, invalid: false, input: false },
  };
  return control(slot);
}

function section(scene: Scene, block: WireBlock): TemplateResult {
  const accessory = asObject(block.accessory);
  const beside =
    accessory.type === undefined
      ? nothing
      : html`<div class="accessory">
          ${accessory.type === 'image' ? imageElement(scene, accessory) : acting(scene, block, accessory, textOf(block.text))}
        </div>`;
  const fields = asObjects(block.fields);
  return html`<div class="section">
    <div class="section-text">
      ${block.text === undefined ? nothing : text(scene.store, block.text)}
      ${
        fields.length === 0
          ? nothing
          : html`<div class="fields">${fields.map((field) => html`<div class="block-field">${text(scene.store, field)}</div>`)}</div>`
      }
    </div>
    ${beside}
  </div>`;
}

const context = (scene: Scene, block: WireBlock): TemplateResult =>
  html`<div class="context">
    ${asObjects(block.elements).map((each) =>
      each.type === 'image' ? imageElement(scene, each) : html`<div>${text(scene.store, each)}</div>`,
    )}
  </div>`;

function drawn(scene: Scene, block: WireBlock): TemplateResult {
  const { store } = scene;
  switch (block.type) {
    case 'divider':
      return html`<hr />`;
    case 'header':
      return html`<h3 class="header">${text(store, block.text)}</h3>`;
    case 'section':
      return section(scene, block);
    case 'context':
      return context(scene, block);
    case 'actions':
      return html`<div class="actions">
        ${repeat(
          asObjects(block.elements),
          (each) => asText(each.action_id),
          (each) => acting(scene, block, each, asText(each.type).replaceAll('_', ' ')),
        )}
      </div>`;
    case 'rich_text':
      return richText(store, block);
    case 'image':
      return image(scene, block);
    case 'input':
      return input(scene, block);
    case 'table':
      return table(scene, block);
    case 'alert':
      return html`<div class="alert ${asText(block.level)}" role="note">${text(store, block.text)}</div>`;
    default:
      return unknown(block);
  }
}

/** All blocks of a message or view. Keyed by block_id, so that what a person types in survives a redraw. */
export const blocks = (scene: Scene, all: WireBlock[]): TemplateResult =>
  html`<div class="blocks">
    ${repeat(
      all,
      (block) => `${block.type} ${block.block_id}`,
      (block) => drawn(scene, block),
    )}
  </div>`;
