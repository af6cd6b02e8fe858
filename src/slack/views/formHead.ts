/** What stands above the fields of the request form: what it continues, changes or completes. */
import type { Button, KnownBlock } from '@slack/types';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, asking, button, context, says, saysAndQuotes, section } from './blocks.ts';
import type { Amending, FormModel } from './formModel.ts';

export function formHead(model: FormModel): KnownBlock[] {
  const { form, endings } = wording(model.locale);
  const { again, renews } = model.meta;
  return [
    ...(model.amending ? amending(model, model.amending) : []),
    ...(again === undefined ? [] : [section(form.again(again))]),
    ...(renews === undefined ? [] : [section(endings.formSays(renews))]),
    ...draft(model),
  ];
}

/** What was typed before stands in the fields, or waits beside them. */
function draft({ meta, locale }: FormModel): KnownBlock[] {
  const { draft: say } = wording(locale).form;
  // The files it came with stay in the modal: what a button carries is bounded.
  const { files, since, other, ...carried } = meta;
  const value = encode(carried);
  const offer = (sentence: Line, made: Button) => [
    context(sentence),
    actions(`${made.action_id}-${meta.pass ?? 0}`, [made]),
  ];
  const afresh = asking(button(ACTION.draftDiscard, say.afresh, value), say.sure(say.afresh));
  return [
    ...(since ? offer(say.continued(date(since)), afresh) : []),
    ...(other ? offer(say.other(date(other)), button(ACTION.draftContinue, say.continueOther, value)) : []),
  ];
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
