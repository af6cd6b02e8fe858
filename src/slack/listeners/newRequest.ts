/** The form for a new request: opened through any door, and sent. */
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { checkForm, type Typed } from '../../core/form.ts';
import type { Rules } from '../../core/policy.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { FormMeta } from '../carried.ts';
import { fieldErrors, typedIn } from '../form.ts';
import { submittedContent } from '../formWords.ts';
import { FIELD } from '../ids.ts';
import { emptyForm } from '../views/requestForm.ts';
import { isAboutEnding, wording } from '../wording/index.ts';
import { dropSent, type Kept, keepAtOpening, keptDraft } from './draftKeeping.ts';
import { carried, formView } from './formView.ts';
import { type Actor, act, explain, type Listening } from './listening.ts';
import type { Submission } from './submission.ts';

const { formErrors } = wording();

export type Door = FormMeta['origin'];
/** What the person had with them when they opened the form. */
export type Brought = { typed: Partial<Typed>; again?: number; renews?: number };

/**
 * Opens the form for a new request, with what the person brought; else with what they typed last and did not send.
 * @throws where Slack does not open it: the trigger is older than three seconds
 */
export async function openRequestForm(
  bot: Listening,
  actor: Actor,
  trigger_id: string,
  origin: Door,
  brought?: Brought,
): Promise<void> {
  const { view, kept } = await newForm(bot, actor, origin, brought);
  const opened = await bot.client.views.open({ trigger_id, view });
  if (brought && !kept && opened.view?.id) await keepAtOpening(bot, actor, opened.view.id, origin, brought);
}

/** @returns also what was typed last and not sent */
export async function newForm(
  bot: Listening,
  actor: Actor,
  origin: Door,
  brought?: Brought,
): Promise<{ view: ModalView; kept: Kept | null }> {
  const { rules } = (await bot.policies.current()).document;
  const kept = await keptDraft(bot, actor, rules);
  if (!brought && kept) return { view: await continuedForm(bot, kept, 0), kept };
  return { view: await formView(bot, freshForm(rules, origin, brought, kept)), kept };
}

function freshForm(rules: Rules, origin: Door, brought: Brought | undefined, kept: Kept | null) {
  const values = { ...emptyForm(rules), ...brought?.typed };
  const meta: FormMeta = {
    ...{ v: 1, origin },
    ...carried(values.files),
    ...(brought?.again === undefined ? {} : { again: brought.again }),
    ...(brought?.renews === undefined ? {} : { renews: brought.renews }),
    ...(kept ? { other: kept.at } : {}),
  };
  return { values, meta };
}

/** @param pass how often what stands in the modal's fields was replaced; 0 for a modal that is yet to be opened */
export function continuedForm(
  bot: Listening,
  { typed, origin, again, renews, at }: Kept,
  pass: number,
): Promise<ModalView> {
  const meta: FormMeta = {
    ...{ v: 1, origin, since: at },
    ...carried(typed.files),
    ...(again === null ? {} : { again }),
    ...(renews ? { renews } : {}),
    ...(pass > 0 ? { pass } : {}),
  };
  return formView(bot, { values: typed, meta });
}

/** An empty form in the place of the one that is open. */
export async function emptiedForm(bot: Listening, { origin, pass = 0 }: FormMeta) {
  const values = emptyForm((await bot.policies.current()).document.rules);
  return { values, view: await formView(bot, { values, meta: { v: 1, origin, pass: pass + 1 } }) };
}

export async function sendRequest(
  { bot, actor, view, key }: Submission,
  meta: FormMeta,
): Promise<Refusal | ViewResponseAction | undefined> {
  const { rules } = (await bot.policies.current()).document;
  const typed = typedIn(view.state.values, meta.files);
  const result = checkForm(typed, rules, bot.clock.now().slice(0, 10));
  if ('problems' in result) return { response_action: 'errors', errors: fieldErrors(result.problems, typed, rules) };
  const { checked } = result;
  if (checked.beneficiary === actor.id)
    return { response_action: 'errors', errors: { [FIELD.beneficiary]: formErrors.beneficiaryIsYou } };
  const { beneficiary, ...content } = checked;
  const form = {
    ...submittedContent(content, null),
    ...{ beneficiary, origin: meta.origin, askedBefore: meta.again ?? null, renews: meta.renews ?? null },
  };
  const done = await act(bot, actor, { type: 'submit', form }, { number: null, key });
  // Of what it renews; what was typed stays.
  if (isRefusal(done) && meta.renews !== undefined && isAboutEnding(done))
    return { response_action: 'errors', errors: { [FIELD.policy]: await explain(bot, done, meta.renews) } };
  if (isRefusal(done)) return done;
  await dropSent(bot, actor, view.id, meta);
  return undefined;
}
