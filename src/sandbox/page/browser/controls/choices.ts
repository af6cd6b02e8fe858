import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { asObject, asObjects, asText, type Json } from '../../../json.ts';
import { type Slot, stateOf } from '../scene.ts';
import { text } from '../text.ts';

async function choose({ store, place, element, at }: Slot, values: string[]): Promise<void> {
  if (await store.agreed(element.confirm)) await store.inOrder(place, { act: 'choose', values, ...place, ...at });
  store.redraw();
}

function option(
  slot: Slot,
  value: Json,
  index: number,
  type: 'radio' | 'checkbox',
  checked: boolean,
  change: () => void,
) {
  const id = `${slot.id}-${index}`;
  return html`<div class="choice">
    <input
      type=${type}
      id=${id}
      name=${slot.id}
      .checked=${live(checked)}
      aria-describedby=${ifDefined(value.description === undefined ? slot.describedBy : `${id}-more`)}
      @change=${change}
    />
    <label for=${id}>${text(slot.store, value.text)}</label>
    ${value.description === undefined ? nothing : html`<div class="more" id="${id}-more">${text(slot.store, value.description)}</div>`}
  </div>`;
}

/** Outside a fieldset of its own, the group is named here. */
const group = (slot: Slot, role: string, options: TemplateResult[]): TemplateResult =>
  slot.label === undefined
    ? html`<div class="choices">${options}</div>`
    : html`<div class="choices" role=${role} aria-label=${slot.label}>${options}</div>`;

export function radioButtons(slot: Slot): TemplateResult {
  const chosen = asText(asObject(stateOf(slot)?.selected_option).value);
  const options = asObjects(slot.element.options).map((each, index) => {
    const value = asText(each.value);
    return option(slot, each, index, 'radio', value === chosen, () => void choose(slot, [value]));
  });
  return group(slot, 'radiogroup', options);
}

export function checkboxes(slot: Slot): TemplateResult {
  const chosen = asObjects(stateOf(slot)?.selected_options).map(({ value }) => asText(value));
  const options = asObjects(slot.element.options).map((each, index) => {
    const value = asText(each.value);
    const others = chosen.filter((other) => other !== value);
    const toggle = () => void choose(slot, chosen.includes(value) ? others : [...others, value]);
    return option(slot, each, index, 'checkbox', chosen.includes(value), toggle);
  });
  return group(slot, 'group', options);
}
