/** A choice in the form of a deed. */
import type { KnownBlock, PlainTextOption } from '@slack/types';
import { LIMIT } from '../limits.ts';
import { input, plain } from '../views/blocks.ts';
import { choosing } from '../views/inputs.ts';
import { wording } from '../wording/index.ts';

const { form } = wording();

export type Option = { value: string; text: string; more?: string };
const optionOf = ({ value, text, more }: Option): PlainTextOption => ({
  value,
  text: plain(text, LIMIT.optionText),
  ...(more ? { description: plain(more, LIMIT.optionText) } : {}),
});

type Choice = { label: string; hint?: string; options: Option[]; optional?: boolean; chosen?: string | undefined };

/** All of them before the reader's eyes; for at most ten. */
export function oneOfFew(id: string, { label, hint, options, optional, chosen }: Choice): KnownBlock {
  const initial = options.find(({ value }) => value === chosen);
  return input({
    block_id: id,
    label,
    hint,
    optional: optional ?? false,
    element: {
      type: 'radio_buttons',
      action_id: id,
      options: options.map(optionOf),
      ...(initial ? { initial_option: optionOf(initial) } : {}),
    },
  });
}

export const oneOfMany = (id: string, { label, hint, options, optional }: Choice): KnownBlock =>
  choosing(id, { label, hint, placeholder: form.choose, options: options.map(optionOf), chosen: null, optional });
