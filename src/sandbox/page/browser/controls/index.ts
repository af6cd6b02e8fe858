import { html, type TemplateResult } from 'lit';
import { asText } from '../../../json.ts';
import { unknown } from '../blocks/unknown.ts';
import type { Slot } from '../scene.ts';
import { button } from './button.ts';
import { checkboxes, radioButtons } from './choices.ts';
import { fileInput } from './file.ts';
import { overflow } from './overflow.ts';
import { datePicker, dateTimePicker, timePicker } from './pickers.ts';
import './select.ts';
import { typed } from './typed.ts';

const CONTROLS: { [type: string]: (slot: Slot) => TemplateResult } = {
  button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  file_input: fileInput,
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  rich_text_input: typed,
};

const select = (slot: Slot): TemplateResult => html`<block-select .slot_=${slot}></block-select>`;

/** Whatever a person can use, by its type. */
export function control(slot: Slot): TemplateResult {
  const type = asText(slot.element.type);
  if (/^(multi_)?(static|external|users|conversations|channels)_select$/.test(type)) return select(slot);
  return (Object.hasOwn(CONTROLS, type) ? CONTROLS[type] : undefined)?.(slot) ?? unknown(slot.element);
}
