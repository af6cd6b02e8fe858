/** The request form while it is filled, and once it is sent. */
import type { App, BlockAction, ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Typed } from '../../core/form.ts';
import { slackError } from '../client.ts';
import { typedIn } from '../form.ts';
import { decode, FIELD, type FormMeta, formMeta, INPUT, VIEW } from '../ids.ts';
import { FOLLOWED } from '../views/requestForm.ts';
import { followAmend, isAmending, sendChanges } from './amend.ts';
import { keepTyped } from './draftKeeping.ts';
import { formView } from './formView.ts';
import { actorOf, type Listening } from './listening.ts';
import { sendRequest } from './newRequest.ts';
import { onSubmission } from './submission.ts';

/** Action ids of everything in the form that tells of a change, as parts of a regular expression. */
export const FORM_FIELDS: readonly string[] = [...Object.values(FIELD), `${INPUT.replace('.', '\\.')}.*`];

export function registerRequestForm(app: App, bot: Listening): void {
  const action_id = new RegExp(`^(?:${FORM_FIELDS.join('|')})$`);
  app.action<BlockAction>({ action_id, type: 'block_actions' }, async ({ ack, body, action }) => {
    const { view } = body;
    const meta = view?.callback_id === VIEW.request ? decode(formMeta, view.private_metadata) : null;
    if (!view || !meta) return ack();
    // What is acknowledged is on disk.
    const kept = isAmending(meta) ? null : await keptOrRead(bot, body, view, meta);
    await ack();
    if (await follows(bot, action.action_id)) await follow(bot, view, meta, kept);
  });

  onSubmission(
    app,
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
async function follow(bot: Listening, view: ViewOutput, meta: FormMeta, kept: Typed | null): Promise<void> {
  try {
    const next = await followed(bot, view, meta, kept);
    if (next) await bot.client.views.update({ view_id: view.id, hash: view.hash, view: next });
  } catch (error) {
    // A later keystroke has redrawn it, or it is closed: nothing is owed any more.
    const code = slackError(error)?.code;
    if (code !== 'hash_conflict' && code !== 'not_found') throw error;
  }
}

function followed(bot: Listening, view: ViewOutput, meta: FormMeta, kept: Typed | null): Promise<ModalView | null> {
  if (isAmending(meta)) return followAmend(bot, view, meta);
  // What was typed before is replaced by now, so it is no longer offered.
  const { other, ...rest } = meta;
  return formView(bot, { values: kept ?? typedIn(view.state.values, meta.files), meta: rest });
}
