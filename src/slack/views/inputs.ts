/** Inputs of forms. Block id and action id are the same, and stay what they are across updates. */
import type { InputBlock, PlainTextInput, PlainTextOption } from '@slack/types';
import { MOST_FILES } from '../../core/form.ts';
import { LIMIT, truncate } from '../limits.ts';
import { input, plain } from './blocks.ts';

type Typing = {
  label: string;
  hint?: string;
  initial: string | null;
  optional?: boolean | undefined;
  element?: Partial<PlainTextInput>;
};

export function typing(id: string, maxLength: number, { label, hint, initial, optional, element }: Typing): InputBlock {
  return input({
    block_id: id,
    label,
    hint,
    optional: optional ?? false,
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: maxLength,
      ...element,
      ...(initial ? { initial_value: truncate(initial, maxLength) } : {}),
    },
  });
}

export const option = (text: string, value: string): PlainTextOption => ({
  text: plain(text, LIMIT.optionText),
  value,
});

type Choosing = {
  label: string;
  placeholder: string;
  options: PlainTextOption[];
  chosen: string | null;
  hint?: string | undefined;
  optional?: boolean | undefined;
};

export function choosing(id: string, { label, hint, placeholder, options, chosen, optional }: Choosing): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return input({
    block_id: id,
    label,
    hint,
    optional: optional ?? false,
    element: {
      type: 'static_select',
      action_id: id,
      placeholder: plain(placeholder),
      options: options.slice(0, LIMIT.selectOptions),
      ...(initial ? { initial_option: initial } : {}),
    },
  });
}

type OneOfTwo = { label: string; options: [PlainTextOption, PlainTextOption]; chosen: PlainTextOption };
export const oneOfTwo = (id: string, { label, options, chosen }: OneOfTwo): InputBlock =>
  input({
    block_id: id,
    label,
    optional: false,
    element: { type: 'radio_buttons', action_id: id, options, initial_option: chosen },
  });

type Ticking = { label: string; hint?: string; option: PlainTextOption; ticked: boolean };
export const ticking = (id: string, { option: only, ticked, ...rest }: Ticking): InputBlock =>
  tickingSome(id, { ...rest, options: [only], ticked: ticked ? [only] : [] });

type TickingSome = {
  label: string;
  hint?: string;
  options: PlainTextOption[];
  ticked: PlainTextOption[];
  /** Whether one at least has to be ticked. */
  needed?: boolean;
};
export const tickingSome = (id: string, { label, hint, options, ticked, needed = false }: TickingSome): InputBlock =>
  input({
    block_id: id,
    label,
    hint,
    optional: !needed,
    element: {
      type: 'checkboxes',
      action_id: id,
      options,
      ...(ticked.length > 0 ? { initial_options: ticked } : {}),
    },
  });

export const attaching = (id: string, { label, hint }: { label: string; hint: string }): InputBlock =>
  input({
    block_id: id,
    label,
    hint,
    optional: true,
    element: { type: 'file_input', action_id: id, max_files: MOST_FILES },
  });

/** Tells the app of every change at once, of what is typed with every character. Slack cannot tell it of files. */
export function live(block: InputBlock): InputBlock {
  const { element } = block;
  if (element.type === 'file_input') return block;
  if (element.type !== 'plain_text_input') return { ...block, dispatch_action: true };
  const each = { dispatch_action_config: { trigger_actions_on: ['on_character_entered' as const] } };
  return { ...block, dispatch_action: true, element: { ...element, ...each } };
}

type Picking = { label: string; hint?: string; placeholder: string; chosen: string | null };
export const pickingDay = (id: string, { label, hint, placeholder, chosen }: Picking): InputBlock =>
  input({
    block_id: id,
    label,
    hint,
    optional: true,
    element: {
      type: 'datepicker',
      action_id: id,
      placeholder: plain(placeholder),
      ...(chosen ? { initial_date: chosen } : {}),
    },
  });

export const pickingPerson = (id: string, { label, hint, placeholder, chosen }: Picking): InputBlock =>
  input({
    block_id: id,
    label,
    hint,
    optional: true,
    element: {
      type: 'users_select',
      action_id: id,
      placeholder: plain(placeholder),
      ...(chosen ? { initial_user: chosen } : {}),
    },
  });
