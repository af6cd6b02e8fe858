/** The request form: opened, followed while it is filled, and sent. */
import type { App, BlockAction, ViewOutput } from '@slack/bolt';
import { toWords } from '../../app/content.ts';
import { type Checked, checkForm, preview, type Typed } from '../../core/form.ts';
import { isRefusal } from '../../core/refusal.ts';
import { plus } from '../../core/values.ts';
import { channelOf } from '../../store/channels.ts';
import { slackError } from '../client.ts';
import { fieldErrors, typedIn } from '../form.ts';
import { decode, FIELD, type FormMeta, formMeta, VIEW } from '../ids.ts';
import { emptyForm, requestForm } from '../views/requestForm.ts';
import { wording } from '../wording/index.ts';
import { act, type Listening } from './listening.ts';
import { onSubmission } from './submission.ts';

const { formErrors } = wording();

/** Fields after which the form says anew what the policy allows, where the request goes and who reads it. */
export const FOLLOWED = [FIELD.policy, FIELD.category, FIELD.asksFor, FIELD.deviation, FIELD.value];

export function registerRequestForm(app: App, bot: Listening): void {
  for (const action_id of FOLLOWED)
    app.action<BlockAction>({ action_id, type: 'block_actions' }, async ({ ack, body }) => {
      await ack();
      if (body.view) await follow(bot, body.view);
    });

  onSubmission(
    app,
    bot,
    { callbackId: VIEW.request, schema: formMeta, field: FIELD.rationale },
    async (submission, meta) => {
      const { rules } = (await bot.policies.current()).document;
      const typed = typedIn(submission.view.state.values);
      const result = checkForm(typed, rules, bot.clock.now().slice(0, 10));
      if ('problems' in result)
        return { response_action: 'errors', errors: fieldErrors(result.problems, typed, rules) };
      const { checked } = result;
      if (checked.beneficiary === submission.actor.id)
        return { response_action: 'errors', errors: { [FIELD.beneficiary]: formErrors.beneficiaryIsYou } };
      const form = { ...submitted(checked), origin: meta.origin, askedBefore: meta.again ?? null };
      const done = await act(bot, submission.actor, { type: 'submit', form }, { number: null, key: submission.key });
      return isRefusal(done) ? done : undefined;
    },
  );
}

/** What was typed becomes words of the record. */
function submitted({ inputs, ...checked }: Checked) {
  const words = (text: string | null) => (text === null ? null : toWords(text));
  return {
    ...checked,
    otherRule: words(checked.otherRule),
    customer: words(checked.customer),
    rationale: toWords(checked.rationale),
    impact: toWords(checked.impact),
    evidence: words(checked.evidence),
    component: words(checked.component),
    errorType: words(checked.errorType),
    inputs: Object.fromEntries(Object.entries(inputs).map(([id, text]) => [id, toWords(text)])),
  };
}

/** An empty form, but for the rationale. */
export async function freshForm(bot: Listening, origin: FormMeta['origin'], rationale: string | null) {
  const { rules } = (await bot.policies.current()).document;
  return formView(bot, { ...emptyForm(rules), rationale }, { v: 1, origin });
}

/** The form as it stands with what it now implies; what is typed stays, since blocks and inputs keep their ids. */
async function follow(bot: Listening, view: ViewOutput): Promise<void> {
  const meta = decode(formMeta, view.private_metadata);
  if (!meta) return;
  try {
    const next = await formView(bot, typedIn(view.state.values), meta);
    await bot.client.views.update({ view_id: view.id, hash: view.hash, view: next });
  } catch (error) {
    // A later keystroke has redrawn it, or it is closed: nothing is owed any more.
    const code = slackError(error)?.code;
    if (code !== 'hash_conflict' && code !== 'not_found') throw error;
  }
}

async function formView(bot: Listening, values: Typed, meta: FormMeta) {
  const { rules, wiring } = (await bot.policies.current()).document;
  const { asked, tier } = preview(values, rules);
  const channel = tier && (await channelOf(bot.db, bot.teamId, wiring.channels[tier]));
  const route = {
    tier,
    readers: channel?.readers ?? null,
    channel: channel ? `#${channel.name}` : null,
    dueAt: tier && plus(bot.clock.now(), rules.tiers[tier].sla),
  };
  return requestForm({ rules, wiring, names: {}, meta, values, asked, route });
}
