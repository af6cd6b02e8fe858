/** What stands above the fields of the request form: what it continues, changes or completes. */
import type { KnownBlock } from '@slack/types';
import type { Instant } from '../../core/values.ts';
import { ACTION, encode } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { date, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, says, saysAndQuotes, section } from './blocks.ts';
import type { Amending, FormModel } from './formModel.ts';

export function formHead(model: FormModel): KnownBlock[] {
  const { form } = wording(model.locale);
  const { again } = model.meta;
  return [
    ...(model.amending ? amending(model, model.amending) : []),
    ...(again === undefined ? [] : [section(form.again(again))]),
    ...draft(model),
  ];
}

/** What was typed before stands in the fields, or waits beside them. */
function draft({ meta, locale }: FormModel): KnownBlock[] {
  const { form } = wording(locale);
  const offer = (says: (at: Instant) => KnownBlock, action: string, text: string) => (at: Instant | undefined) =>
    at === undefined ? [] : [says(at), actions(`${action}-${meta.pass ?? 0}`, [button(action, text, value)])];
  // The files it came with stay in the modal: what a button carries is bounded.
  const { files, ...carried } = meta;
  const value = encode(carried);
  const afresh = offer((at) => context(form.draft.continued(date(at))), ACTION.draftDiscard, form.draft.afresh);
  const resume = offer((at) => context(form.draft.other(date(at))), ACTION.draftContinue, form.draft.continueOther);
  return [...afresh(meta.since), ...resume(meta.other)];
}

function amending({ locale }: FormModel, { number, returned, approvedBy, changed }: Amending): KnownBlock[] {
  const { amend } = wording(locale).form;
  return [
    ...(changed.length > 0 ? stale(number, changed, locale) : []),
    ...(returned ? sentBack(number, returned, locale) : []),
    ...(approvedBy.length > 0 ? [section(amend.voids(approvedBy))] : []),
  ];
}

/** Code points of a text in the list of what was changed. */
const SHORT = 200;

function stale(number: number, changed: Amending['changed'], locale: string | undefined): KnownBlock[] {
  const { amend } = wording(locale).form;
  const shown = (text: string | null) => (text?.trim() ? truncate(text, SHORT) : amend.nothing);
  return [
    section(amend.stale(number)),
    says(...changed.map(({ field, before, after }) => amend.changed(field, shown(before), shown(after)))),
  ];
}

function sentBack(
  number: number,
  { missing, by, words }: NonNullable<Amending['returned']>,
  locale: string | undefined,
): KnownBlock[] {
  const { amend } = wording(locale).form;
  const list = missing.map(({ name, why, example }) => amend.missingInput(name, why, example));
  return [
    section(list.length > 0 ? amend.missing(number) : amend.sentBack(number)),
    ...(list.length > 0 ? [says(...list)] : []),
    ...(words ? [saysAndQuotes(by ? amend.wrote(by) : line``, truncate(words, LIMIT.inputLength))] : []),
  ];
}
