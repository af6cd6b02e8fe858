import type { Control } from '../blocks/walk.ts';
import { optionsOf } from '../blocks/walk.ts';
import { asObject, asObjects, asText, asTexts, codePoints, type Json, textOf } from '../json.ts';
import { isEmpty, VALUE_KEY } from '../state.ts';
import type { Workspace } from '../workspace.ts';

/** How options are named: by what people read, or by the value that the app gave them. */
export type ChosenBy = 'text' | 'value';

/** The options of an element that `texts` name. @throws naming what there is to choose from */
function pickOptions(control: Control, texts: string[], extra: Json[], by: ChosenBy): Json[] {
  const options = [...optionsOf(control.element), ...extra];
  return texts.map((text) => {
    const found = options.find((option) => (by === 'text' ? textOf(option.text) : option.value) === text);
    if (found !== undefined) return found;
    const offered = options.map((option) => `"${textOf(option.text)}"`).join(', ');
    throw new Error(`"${control.label}" offers no "${text}"; it offers ${offered || 'nothing'}`);
  });
}

/** A person's id from an id, handle or name. */
function personId(workspace: Workspace, who: string): string {
  const name = who.replace(/^@/, '');
  for (const user of workspace.users.values())
    if ([user.id, user.name, user.real_name, user.profile.display_name].includes(name)) return user.id;
  throw new Error(`nobody here is called "${who}"`);
}

function channelIdOf(workspace: Workspace, name: string): string {
  const channel = workspace.channelNamed(name);
  if (channel === undefined) throw new Error(`there is no channel "${name}"`);
  return channel.id;
}

/** The state of an element in which `texts` are chosen: options by text, people and channels by name. */
export function chosen(
  workspace: Workspace,
  control: Control,
  texts: string[],
  suggested: Json[],
  by: ChosenBy = 'text',
): Json {
  const { type } = control;
  const key = VALUE_KEY[type];
  if (key === undefined || !/select|radio|checkbox/.test(type))
    throw new Error(`"${control.label}" is a ${type}: nothing can be chosen in it`);
  const values = type.includes('users')
    ? texts.map((text) => personId(workspace, text))
    : /conversations|channels/.test(type)
      ? texts.map((text) => channelIdOf(workspace, text))
      : pickOptions(control, texts, suggested, by);
  const many = key.endsWith('s');
  if (!many && values.length > 1) throw new Error(`"${control.label}" takes one choice`);
  const max = Number(control.element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (values.length > max) throw new Error(`"${control.label}" takes at most ${max} choices`);
  return { type, [key]: many ? values : (values[0] ?? null) };
}

const TYPED = new Set(['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']);
/**
 * Does the app hear of a change at once? Outside an input always; in one only where it asks to. Of what is typed it
 * hears with every character or with Enter, as it asks; in a field of several lines Enter only begins the next one.
 */
export function dispatches({ block, element, input, type }: Control): boolean {
  if (!input) return true;
  if (block.dispatch_action !== true) return false;
  if (!TYPED.has(type) && type !== 'rich_text_input') return true;
  const asked = asTexts(asObject(element.dispatch_action_config).trigger_actions_on);
  const on = asked.length === 0 ? ['on_enter_pressed'] : asked;
  const oneLine = element.multiline !== true && type !== 'rich_text_input';
  return on.includes('on_character_entered') || (oneLine && on.includes('on_enter_pressed'));
}

const PICKED: { [type: string]: RegExp } = {
  datepicker: /^\d{4}-\d\d-\d\d$/,
  timepicker: /^\d\d:\d\d$/,
};

/** The state of an element into which `text` was typed or picked. */
export function filled(control: Control, text: string): Json {
  const { type } = control;
  const key = VALUE_KEY[type] ?? 'value';
  if (TYPED.has(type)) {
    const oneLine = type !== 'plain_text_input' || control.element.multiline !== true;
    if (oneLine && text.includes('\n')) throw new Error(`"${control.label}" takes one line`);
    return { type, [key]: text === '' ? null : text };
  }
  if (type === 'datetimepicker') return { type, [key]: text === '' ? null : Math.floor(Date.parse(text) / 1000) };
  if (type === 'rich_text_input') {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
    return { type, [key]: text === '' ? null : { type: 'rich_text', elements: [section] } };
  }
  const pattern = PICKED[type];
  if (pattern === undefined) throw new Error(`"${control.label}" is a ${type}: nothing can be typed into it`);
  if (text !== '' && !pattern.test(text)) throw new Error(`"${control.label}" does not take "${text}"`);
  return { type, [key]: text === '' ? null : text };
}

/** What Slack's own client says about a field before anything is sent; undefined when it is content. */
export function clientError(control: Control, state: Json | undefined): string | undefined {
  if (isEmpty(state)) return control.block.optional === true ? undefined : 'Please complete this required field.';
  const value = asText(state?.value);
  const { element, type } = control;
  const length = codePoints(value);
  const min = Number(element.min_length ?? 0);
  const max = Number(element.max_length ?? 3000);
  if (type === 'plain_text_input' && length < min) return `Must be at least ${min} characters.`;
  if (type === 'plain_text_input' && length > max) return `Must be at most ${max} characters.`;
  if (type === 'number_input') return numberError(element, value);
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Enter a valid email address.';
  if (type === 'url_text_input' && !URL.canParse(value)) return 'Enter a valid URL.';
  const files = asObjects(state?.files).length;
  if (type === 'file_input' && files > Number(element.max_files ?? 10)) return 'Too many files.';
  return undefined;
}

function numberError(element: Json, value: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Enter a number.';
  if (element.is_decimal_allowed !== true && value.includes('.')) return 'Enter a whole number.';
  const { min_value: min, max_value: max } = element;
  if (min !== undefined && Number(value) < Number(min)) return `Must be at least ${min}.`;
  return max !== undefined && Number(value) > Number(max) ? `Must be at most ${max}.` : undefined;
}

/** What a person sees in a field: texts of options, names of people and channels, or what was typed. */
export function shownValue(workspace: Workspace, state: Json | undefined): string | string[] | undefined {
  if (state === undefined || isEmpty(state)) return undefined;
  const names = workspace.names();
  const value = state[VALUE_KEY[asText(state.type)] ?? 'value'];
  const show = (item: unknown): string => {
    if (typeof item !== 'string') return textOf((item as Json).text) || asText((item as Json).name) || String(item);
    if (asText(state.type).includes('users')) return names.user(item);
    return /conversations|channels/.test(asText(state.type)) ? names.channel(item) : item;
  };
  return Array.isArray(value) ? value.map(show) : typeof value === 'number' ? String(value) : show(value);
}
