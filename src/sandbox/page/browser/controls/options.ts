import { asObject, asObjects, asText, asTexts, type Json, textOf } from '../../../json.ts';
import { type Slot, stateOf } from '../scene.ts';

/** One thing to choose, whatever kind of select offers it. */
export type Option = { value: string; text: string; more: string; group: string; image: string };

const simple = (value: string, text: string): Option => ({ value, text, more: '', group: '', image: '' });

const optionOf = (option: Json, group = ''): Option => ({
  ...simple(asText(option.value), textOf(option.text)),
  more: textOf(option.description),
  group,
});

/** What is offered without asking the app. */
export function offeredBy(slot: Slot): Option[] {
  const { element, store } = slot;
  const type = asText(element.type);
  if (type.includes('static'))
    return [
      ...asObjects(element.options).map((option) => optionOf(option)),
      ...asObjects(element.option_groups).flatMap((group) =>
        asObjects(group.options).map((option) => optionOf(option, textOf(group.label))),
      ),
    ];
  if (type.includes('users'))
    return store.directory.people
      .filter(({ kind }) => kind !== 'deactivated')
      .map(({ id, name, title, image }) => ({ ...simple(id, name), more: title, image }));
  if (/conversations|channels/.test(type)) return conversations(slot, type.includes('conversations'));
  return [];
}

function conversations({ store, element }: Slot, withAll: boolean): Option[] {
  const filter = asObject(element.filter);
  const kinds = asTexts(filter.include);
  return (store.state?.channels ?? [])
    .filter(
      ({ kind, archived }) => !archived && (withAll ? kinds.length === 0 || kinds.includes(kind) : kind === 'public'),
    )
    .filter(({ kind }) => kind !== 'im' || filter.exclude_bot_users !== true)
    .filter(({ shared }) => !shared || filter.exclude_external_shared_channels !== true)
    .map(({ id, name, kind }) => simple(id, kind === 'im' ? store.directory.app.name : `#${name}`));
}

export const optionsIn = (answer: unknown): Option[] => asObjects(answer).map((option) => optionOf(option));

/** What is chosen now. */
export function chosenIn(slot: Slot): Option[] {
  const state = stateOf(slot) ?? {};
  const option = [state.selected_option, ...asObjects(state.selected_options)].filter((each) => asObject(each).text);
  const name = (id: string): string => {
    const known = offeredBy(slot).find(({ value }) => value === id);
    return known?.text ?? slot.store.names().user(id);
  };
  const ids = [
    ...[state.selected_user, state.selected_conversation, state.selected_channel].map(asText),
    ...[state.selected_users, state.selected_conversations, state.selected_channels].flatMap(asTexts),
  ].filter((id) => id !== '');
  return [...option.map((each) => optionOf(asObject(each))), ...ids.map((id) => simple(id, name(id)))];
}
