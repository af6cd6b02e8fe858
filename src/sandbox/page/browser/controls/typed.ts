import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { asObject, asObjects, asText, asTexts, textOf } from '../../../json.ts';
import { type Slot, stateOf } from '../scene.ts';

/** How long typing must pause before the field's text is kept, and before an app that wants every character hears it. */
const KEEP_MS = 200;
const DISPATCH_MS = 500;

const TYPES: { [type: string]: string } = { email_text_input: 'email', url_text_input: 'url' };

/** What the field holds: what was typed here last, else what the server has. */
function textIn(slot: Slot): string {
  const state = stateOf(slot);
  const known = asText(state?.value) || richValue(state?.rich_text_value);
  return slot.store.drafts.get(slot.place, slot.at) ?? known;
}

const richValue = (value: unknown): string =>
  asObjects(asObject(value).elements)
    .flatMap((section) => asObjects(section.elements))
    .map((piece) => textOf(piece))
    .join('');

/** When the app wants to hear of it, beside the submission. */
function dispatchesOn({ block, element }: Slot): { enter: boolean; character: boolean } {
  if (block.dispatch_action !== true) return { enter: false, character: false };
  const on = asTexts(asObject(element.dispatch_action_config).trigger_actions_on);
  return { enter: on.length === 0 || on.includes('on_enter_pressed'), character: on.includes('on_character_entered') };
}

function type(slot: Slot, text: string): void {
  const { store, place, at } = slot;
  const tells = dispatchesOn(slot).character;
  const send = () => void store.inOrder(place, { act: tells ? 'fill' : 'type', text, ...place, ...at });
  store.drafts.set(place, at, text, tells ? DISPATCH_MS : KEEP_MS, send);
}

function enter(slot: Slot, event: KeyboardEvent): void {
  const field = event.target as HTMLInputElement;
  if (event.key !== 'Enter' || event.isComposing) return;
  const { store, place, at, element } = slot;
  const sendsForm = event.metaKey || event.ctrlKey;
  if (sendsForm && element.multiline === true) field.form?.requestSubmit();
  if (sendsForm || element.multiline === true || !dispatchesOn(slot).enter) return;
  event.preventDefault();
  void store.inOrder(place, { act: 'fill', text: field.value, ...place, ...at });
}

export function typed(slot: Slot): TemplateResult {
  const { element, id, label, describedBy, required, invalid } = slot;
  const name = asText(element.type);
  const placeholder = textOf(element.placeholder);
  const oninput = ({ target }: Event) => type(slot, (target as HTMLInputElement).value);
  const onkeydown = (event: KeyboardEvent) => enter(slot, event);
  if (element.multiline === true || name === 'rich_text_input')
    return html`<textarea
      id=${id}
      rows="3"
      aria-label=${ifDefined(label)}
      aria-describedby=${ifDefined(describedBy)}
      aria-required=${required}
      aria-invalid=${invalid}
      ?autofocus=${element.focus_on_load === true}
      placeholder=${placeholder}
      .value=${live(textIn(slot))}
      @input=${oninput}
      @keydown=${onkeydown}
    ></textarea>`;
  return html`<input
    id=${id}
    type=${TYPES[name] ?? 'text'}
    inputmode=${ifDefined(name === 'number_input' ? 'decimal' : undefined)}
    autocomplete="off"
    aria-label=${ifDefined(label)}
    aria-describedby=${ifDefined(describedBy)}
    aria-required=${required}
    aria-invalid=${invalid}
    ?autofocus=${element.focus_on_load === true}
    placeholder=${placeholder}
    .value=${live(textIn(slot))}
    @input=${oninput}
    @keydown=${onkeydown}
  />`;
}
