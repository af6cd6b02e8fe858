import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { asText } from '../../../json.ts';
import { type Slot, stateOf } from '../scene.ts';
import { fromLocal, toLocal } from '../time.ts';

/** While a year is typed digit by digit, 0202 is not yet meant. */
const IS_MEANT = /^(?:|[12]\d{3}-.*|\d\d:\d\d)$/;

function picker(slot: Slot, type: 'date' | 'time' | 'datetime-local', value: string, sent: (text: string) => string) {
  const { store, place, at, element } = slot;
  const pick = async ({ target }: Event) => {
    const text = (target as HTMLInputElement).value;
    if (!IS_MEANT.test(text) || text === value) return;
    if (await store.agreed(element.confirm))
      await store.inOrder(place, { act: 'fill', text: sent(text), ...place, ...at });
    store.redraw();
  };
  return html`<input
    class="picker"
    id=${slot.id}
    type=${type}
    aria-label=${ifDefined(slot.label)}
    aria-describedby=${ifDefined(slot.describedBy)}
    aria-required=${slot.required && slot.input}
    aria-invalid=${slot.invalid}
    ?autofocus=${element.focus_on_load === true}
    .value=${live(value)}
    @change=${pick}
  />`;
}

const same = (text: string): string => text;

export const datePicker = (slot: Slot): TemplateResult =>
  picker(slot, 'date', asText(stateOf(slot)?.selected_date), same);

export const timePicker = (slot: Slot): TemplateResult =>
  picker(slot, 'time', asText(stateOf(slot)?.selected_time), same);

/** Shown in the person's zone, sent as an instant. */
export function dateTimePicker(slot: Slot): TemplateResult {
  const { tz } = slot.store.me;
  const seconds = stateOf(slot)?.selected_date_time;
  const value = typeof seconds === 'number' ? toLocal(new Date(seconds * 1000), tz) : '';
  return picker(slot, 'datetime-local', value, (text) => (text === '' ? '' : fromLocal(text, tz).toISOString()));
}
