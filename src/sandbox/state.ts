import { controls, isStateful } from './blocks/walk.ts';
import { asObjects, asTexts, type Json } from './json.ts';
import type { Block, StateValues } from './types.ts';

/** The key under which Slack puts what is chosen in an element, by the element's type. */
export const VALUE_KEY: { [type: string]: string } = {
  plain_text_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  number_input: 'value',
  rich_text_input: 'rich_text_value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  file_input: 'files',
};

const INITIAL_KEY: { [key: string]: string } = {
  value: 'initial_value',
  rich_text_value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_conversation: 'initial_conversation',
  selected_conversations: 'initial_conversations',
  selected_channel: 'initial_channel',
  selected_channels: 'initial_channels',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_date_time: 'initial_date_time',
};

const isMany = (key: string): boolean => key.endsWith('s');

/** What an untouched element submits: its initial value, null, or an empty list. */
function untouched(element: Json, type: string): Json {
  const key = VALUE_KEY[type] ?? 'value';
  const initial = element[INITIAL_KEY[key] ?? ''];
  const value = isMany(key) ? (asTexts(initial).length > 0 ? initial : asObjects(initial)) : (initial ?? null);
  return { type, [key]: value === '' ? null : value };
}

export function initialState(blocks: Block[]): StateValues {
  const values: StateValues = {};
  for (const { block, element, type, actionId } of controls(blocks)) {
    if (!isStateful(type)) continue;
    values[block.block_id] = { ...values[block.block_id], [actionId]: untouched(element, type) };
  }
  return values;
}

/** Nothing is chosen or typed. */
export function isEmpty(state: Json | undefined): boolean {
  if (state === undefined) return true;
  const value = state[VALUE_KEY[String(state.type)] ?? 'value'];
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
