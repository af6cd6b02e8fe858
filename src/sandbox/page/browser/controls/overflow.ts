import { html, type TemplateResult } from 'lit';
import { asObjects, asText, type Json, textOf } from '../../../json.ts';
import type { MenuItem } from '../menu.ts';
import '../menu.ts';
import type { Slot } from '../scene.ts';

async function pick({ store, place, element, at, id }: Slot, option: Json): Promise<void> {
  if (!(await store.agreed(element.confirm))) return;
  const url = asText(option.url);
  if (url !== '') open(url, '_blank', 'noopener');
  await store.waiting(id, () => store.inOrder(place, { act: 'click', text: textOf(option.text), ...place, ...at }));
}

export function overflow(slot: Slot): TemplateResult {
  const items: MenuItem[] = asObjects(slot.element.options).map((option) => ({
    text: textOf(option.text),
    run: () => void pick(slot, option),
  }));
  return html`<pop-menu class="overflow" label="More options" .items=${items}></pop-menu>`;
}
