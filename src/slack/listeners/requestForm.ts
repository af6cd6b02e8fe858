/** The request form while it is filled, and once it is sent. */
import type { BlockAction, ViewOutput } from '@slack/bolt';
import type { Typed } from '../../core/form.ts';
import { decode, type FormMeta, formMeta } from '../carried.ts';
import { typedIn } from '../form.ts';
import { FIELD, VIEW } from '../ids.ts';
import { FOLLOWED } from '../views/requestForm.ts';
import { followAmend, isAmending, sendChanges } from './amend.ts';
import { draftOf, keepTyped } from './draftKeeping.ts';
import { redrawForm } from './following.ts';
import { formView } from './formView.ts';
import { actorOf, type Listening } from './listening.ts';
import { sendRequest } from './newRequest.ts';
import type { Routes } from './routes.ts';
import { onSubmission } from './submission.ts';

export function registerRequestForm(routes: Routes, bot: Listening): void {
  routes.change(VIEW.request, async ({ ack, body, action }) => {
    const { view } = body;
    const meta = decode(formMeta, view?.private_metadata);
    if (!view || !meta) return ack();
    // What is acknowledged is on disk.
    const kept = isAmending(meta) ? null : await keptOrRead(bot, body, view, meta);
    await ack();
    if (await follows(bot, action.action_id)) await follow(bot, body, view, meta, kept);
  });

  onSubmission(
    routes,
    bot,
    { callbackId: VIEW.request, schema: formMeta, field: FIELD.rationale },
    async (submission, meta) => (isAmending(meta) ? sendChanges(submission, meta) : sendRequest(submission, meta)),
  );
}

/** Where requests of one customer count together, the customer says where it goes, too. */
async function follows(bot: Listening, field: string): Promise<boolean> {
  if (field !== FIELD.customer) return FOLLOWED.includes(field);
  return (await bot.policies.current()).document.rules.splitting !== undefined;
}

/** A draft that cannot be kept now must not keep the form from being filled and sent. */
async function keptOrRead(bot: Listening, body: BlockAction, view: ViewOutput, meta: FormMeta): Promise<Typed> {
  const actor = actorOf(body, bot.teamId);
  try {
    return await keepTyped(bot, actor, { view, actions: body.actions }, meta);
  } catch (error) {
    bot.logger.warn({ err: error, by: actor.id }, 'a draft could not be kept');
    return typedIn(view.state.values, meta.files);
  }
}

/** The form as it stands with what it now implies; what is typed stays, since blocks and inputs keep their ids. */
function follow(bot: Listening, body: BlockAction, view: ViewOutput, meta: FormMeta, kept: Typed | null) {
  if (isAmending(meta)) return redrawForm(bot, view, () => followAmend(bot, view, meta));
  const form = (values: Typed) => formView(bot, { values, meta: followedMeta(meta) });
  return redrawForm(
    bot,
    view,
    () => form(kept ?? typedIn(view.state.values, meta.files)),
    async () => {
      const draft = await draftOf(bot, actorOf(body, bot.teamId), view.id);
      return draft && form(draft);
    },
  );
}

/** What was typed before is replaced by now, so it is no longer offered. */
const followedMeta = ({ other, ...meta }: FormMeta): FormMeta => meta;
