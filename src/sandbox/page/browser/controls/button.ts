import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { asText, textOf } from '../../../json.ts';
import type { Slot } from '../scene.ts';
import { text } from '../text.ts';

/** Presses the button; one with a link also opens it, and the app hears of the press all the same. */
async function press({ store, place, element, at, id }: Slot): Promise<void> {
  if (!(await store.agreed(element.confirm))) return;
  const url = asText(element.url);
  if (url !== '') open(url, '_blank', 'noopener');
  await store.waiting(id, () => store.inOrder(place, { act: 'click', text: textOf(element.text), ...place, ...at }));
}

export function button(slot: Slot): TemplateResult {
  const { store, element, id } = slot;
  const busy = store.busy.has(id);
  return html`<button
    type="button"
    id=${id}
    class="button ${asText(element.style)} ${busy ? 'busy' : ''}"
    aria-label=${ifDefined(asText(element.accessibility_label) || undefined)}
    aria-busy=${busy}
    @click=${() => press(slot)}
  >${text(store, element.text)}</button>`;
}
