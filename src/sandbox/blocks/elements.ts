import type { Json } from '../json.ts';
import { LIMIT } from '../limits.ts';
import { anything, type Findings, flag, integer, list, oneOf, pattern, type Rule, shape, text } from './check.ts';
import * as part from './composition.ts';
import { richText } from './richText.ts';

const actionId: Rule = (value, at, found) => {
  text(LIMIT.id)(value, at, found);
  if (typeof value !== 'string') return;
  if (found.actionIds.has(value)) found.add(`\`action_id\` "${value}" is used more than once in this block`, at);
  found.actionIds.add(value);
};

const focus: Rule = (value, at, found) => {
  flag(value, at, found);
  if (value !== true) return;
  found.focused += 1;
  if (found.focused > 1) found.add('only one element can have focus_on_load set to true', at);
};

const acting = { action_id: actionId };
const confirmed = { ...acting, confirm: part.confirm };
const picker = { ...confirmed, placeholder: part.plain(LIMIT.placeholder), focus_on_load: focus };
const typing = {
  ...acting,
  placeholder: part.plain(LIMIT.placeholder),
  focus_on_load: focus,
  dispatch_action_config: part.dispatchConfig,
};
const many = { max_selected_items: integer(1, 1000) };
const inModal = { response_url_enabled: flag };

function eitherOptionsOrGroups(element: Json, at: string, found: Findings): void {
  if ((element.options === undefined) === (element.option_groups === undefined))
    found.add('must define either `options` or `option_groups`', at);
  part.initialIsOffered(element, at, found);
}

function minNotAboveMax(element: Json, at: string, found: Findings): void {
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    found.add('min_length must not be greater than max_length', at);
}

const options = list(part.option, LIMIT.selectOptions);
const numeral = pattern(/^-?\d+(\.\d+)?$/, 'must be a number written as a string');

const selectOf = (initial: { [key: string]: Rule }, extra: { [key: string]: Rule } = {}): Rule =>
  shape({ may: { ...picker, ...initial, ...extra } });

export const image: Rule = shape({
  need: { alt_text: text(LIMIT.imageAlt) },
  may: part.imageFields,
  also: part.oneImageSource,
});

const ELEMENTS: { [type: string]: Rule } = {
  button: shape({
    need: { text: part.plain(LIMIT.buttonText) },
    may: {
      ...confirmed,
      value: text(LIMIT.buttonValue),
      url: part.url,
      style: oneOf('primary', 'danger'),
      accessibility_label: text(LIMIT.accessibilityLabel),
    },
  }),
  overflow: shape({ need: { options: list(part.overflowOption, LIMIT.overflowOptions) }, may: confirmed }),
  checkboxes: shape({
    need: { options: list(part.richOption, LIMIT.checkboxOptions) },
    may: { ...confirmed, focus_on_load: focus, initial_options: list(anything, LIMIT.checkboxOptions) },
    also: part.initialIsOffered,
  }),
  radio_buttons: shape({
    need: { options: list(part.richOption, LIMIT.checkboxOptions) },
    may: { ...confirmed, focus_on_load: focus, initial_option: anything },
    also: part.initialIsOffered,
  }),
  static_select: shape({
    may: { ...picker, options, option_groups: part.optionGroups, initial_option: anything },
    also: eitherOptionsOrGroups,
  }),
  multi_static_select: shape({
    may: { ...picker, ...many, options, option_groups: part.optionGroups, initial_options: list(anything, 100) },
    also: eitherOptionsOrGroups,
  }),
  external_select: selectOf({ initial_option: part.option }, { min_query_length: integer(0, 100) }),
  multi_external_select: selectOf(
    { initial_options: list(part.option, 100) },
    { min_query_length: integer(0, 100), ...many },
  ),
  users_select: selectOf({ initial_user: part.userId }),
  multi_users_select: selectOf({ initial_users: list(part.userId, 1000) }, many),
  conversations_select: selectOf(
    { initial_conversation: part.conversationId, default_to_current_conversation: flag, filter: part.filter },
    inModal,
  ),
  multi_conversations_select: selectOf(
    {
      initial_conversations: list(part.conversationId, 1000),
      default_to_current_conversation: flag,
      filter: part.filter,
    },
    many,
  ),
  channels_select: selectOf({ initial_channel: part.channelId }, inModal),
  multi_channels_select: selectOf({ initial_channels: list(part.channelId, 1000) }, many),
  datepicker: selectOf({ initial_date: part.date }),
  timepicker: selectOf({ initial_time: part.time, timezone: text(LIMIT.id) }),
  datetimepicker: shape({
    may: { ...confirmed, focus_on_load: focus, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  }),
  plain_text_input: shape({
    may: {
      ...typing,
      initial_value: text(LIMIT.plainTextInput, 0),
      multiline: flag,
      min_length: integer(0, LIMIT.plainTextInput),
      max_length: integer(1, LIMIT.plainTextInput),
    },
    also: minNotAboveMax,
  }),
  email_text_input: shape({ may: { ...typing, initial_value: text(LIMIT.plainTextInput, 0) } }),
  url_text_input: shape({ may: { ...typing, initial_value: text(LIMIT.plainTextInput, 0) } }),
  number_input: shape({
    need: { is_decimal_allowed: flag },
    may: { ...typing, initial_value: numeral, min_value: numeral, max_value: numeral },
    also: (element, at, found) => {
      if (Number(element.min_value) > Number(element.max_value))
        found.add('min_value must not be greater than max_value', at);
    },
  }),
  rich_text_input: shape({
    may: { ...typing, initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  }),
  file_input: shape({
    may: { ...acting, filetypes: list(text(20), 100), max_files: integer(1, LIMIT.fileInputFiles) },
    also: (_element, at, found) => {
      if (found.surface !== 'modal') found.add('unsupported type: file_input', `${at}/type`);
    },
  }),
  image,
};

const only = (...types: string[]): { [type: string]: Rule } =>
  Object.fromEntries(types.flatMap((type) => (ELEMENTS[type] ? [[type, ELEMENTS[type]]] : [])));

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const CHOICES = [...SELECTS, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];

/** Which elements each block takes. */
export const ACCESSORIES = only(...CHOICES, 'button', 'overflow', 'image');
export const ACTIONS = only(...CHOICES, 'button', 'overflow', 'datetimepicker');
export const INPUTS = only(
  ...CHOICES,
  ...['datetimepicker', 'plain_text_input', 'email_text_input', 'url_text_input', 'number_input'],
  ...['rich_text_input', 'file_input'],
);
