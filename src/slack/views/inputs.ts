/** Inputs of the request form. Block id and action id are the same, and stay what they are across updates. */
import type { InputBlock, PlainTextInput, PlainTextOption } from '@slack/types';
import { LIMIT, truncate } from '../limits.ts';
import { input, plain } from './blocks.ts';

type Typing = {
  label: string;
  hint?: string;
  initial: string | null;
  optional?: boolean;
  live?: boolean;
  element?: Partial<PlainTextInput>;
};

/** @param live whether each keystroke is told, so that the form can answer it */
export function typing(
  id: string,
  maxLength: number,
  { label, hint, initial, optional, live, element }: Typing,
): InputBlock {
  return input({
    block_id: id,
    label,
    hint,
    optional: optional ?? false,
    ...(live ? { dispatch_action: true } : {}),
    element: {
      type: 'plain_text_input',
      action_id: id,
      max_length: maxLength,
      ...element,
      ...(initial ? { initial_value: truncate(initial, maxLength) } : {}),
      ...(live ? { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } } : {}),
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
  live?: boolean;
};

export function choosing(id: string, { label, placeholder, options, chosen, live }: Choosing): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return input({
    block_id: id,
    label,
    optional: false,
    ...(live ? { dispatch_action: true } : {}),
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

type Ticking = { label: string; option: PlainTextOption; ticked: boolean };
export const ticking = (id: string, { label, option: only, ticked }: Ticking): InputBlock =>
  input({
    block_id: id,
    label,
    optional: true,
    element: { type: 'checkboxes', action_id: id, options: [only], ...(ticked ? { initial_options: [only] } : {}) },
  });

type Picking = { label: string; hint?: string; placeholder: string; chosen: string | null };
export const pickingDay = (id: string, { label, placeholder, chosen }: Picking): InputBlock =>
  input({
    block_id: id,
    label,
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
