/** Fields of the request form for what a category needs beyond them, for files, and for confidentiality. */
import type { KnownBlock } from '@slack/types';
import { requiredInputs } from '../../core/inputs.ts';
import { categoryOf } from '../../core/policy.ts';
import type { RequiredInput } from '../../core/procedure.ts';
import { FIELD, inputField } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { wording } from '../wording/index.ts';
import { section } from './blocks.ts';
import type { FormModel } from './formModel.ts';
import { attaching, option, ticking, tickingSome, typing } from './inputs.ts';

const wanted = ({ rules, values }: FormModel): RequiredInput[] =>
  values.category === null ? [] : requiredInputs(rules, values.category);

/** Sending without them is possible: the request then comes back with what is missing. */
export const categoryInputs = (model: FormModel): KnownBlock[] =>
  wanted(model)
    .filter(({ field }) => field === undefined)
    .map((input) =>
      typing(inputField(input.id), LIMIT.inputLength, {
        label: input.name,
        hint: hintOf(input, model),
        initial: model.values.inputs[input.id] ?? null,
        optional: true,
        element: { multiline: true },
      }),
    );

function hintOf({ why, example, source }: RequiredInput, { wiring, locale }: FormModel): string {
  const { hint } = wording(locale).form;
  return source ? hint.fromSource(wiring.sources[source]?.name ?? source, why) : hint.needed(why, example);
}

/** What the category says of a field that the form has anyway; empty where it says nothing. */
export function neededIn(model: FormModel, field: RequiredInput['field']): string {
  const input = wanted(model).find((each) => each.field === field);
  if (!input) return '';
  return ` ${wording(model.locale).form.hint.neededHere(input.name, input.why, input.example)}`;
}

/** Files are chosen anew in every form; those that came with it are ticked. */
export function fileBlocks({ meta, values, locale }: FormModel): KnownBlock[] {
  const { label, form } = wording(locale);
  const came = meta.files ?? [];
  const options = came.map(({ id, name }) => option(name, id));
  const ticked = options.filter(({ value }) => values.files.some(({ id }) => id === value));
  return [
    ...(came.length > 0
      ? [tickingSome(FIELD.keptFiles, { label: label.keptFiles, hint: form.hint.keptFiles, options, ticked })]
      : []),
    attaching(FIELD.files, { label: label.files, hint: form.hint.files }),
  ];
}

export function confidentialBlocks({ rules, values, locale }: FormModel): KnownBlock[] {
  const { label, form } = wording(locale);
  const category = categoryOf(rules, values.category ?? '');
  if (category?.confidential) return [section(form.categoryConfidential(category.name))];
  const { confidential: ticked } = values;
  const only = option(form.confidential, 'confidential');
  return [
    ticking(FIELD.confidential, { label: label.confidential, hint: form.hint.confidential, option: only, ticked }),
  ];
}
