/** Drafts as people meet them: the form says when it was closed unsent, and offers to continue or to begin anew. */
import { dropDraft } from '../../store/drafts.ts';
import { decode, type FormMeta, formMeta } from '../carried.ts';
import { ACTION, VIEW } from '../ids.ts';
import { draftKeptMessage, draftOverMessage } from '../views/draft.ts';
import type { Message } from '../views/message.ts';
import { wording } from '../wording/index.ts';
import { keep, keptDraft } from './draftKeeping.ts';
import { actorOf, type Listening } from './listening.ts';
import { continuedForm, emptiedForm } from './newRequest.ts';
import { directly, onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';

const { form } = wording();

export function registerDrafts(routes: Routes, bot: Listening): void {
  routes.closing(VIEW.request, async ({ ack, body }) => {
    await ack();
    const actor = actorOf(body, bot.teamId);
    try {
      const { rules } = (await bot.policies.current()).document;
      const kept = await keptDraft(bot, actor, rules);
      const meta = decode(formMeta, body.view.private_metadata);
      // A form that nothing was typed into says nothing of what was typed into another.
      if (kept?.view === body.view.id) await directly(bot, actor.id, draftKeptMessage(meta?.origin ?? kept.origin));
    } catch (error) {
      bot.logger.error({ err: error, by: actor.id }, 'could not say that a draft is kept');
    }
  });
  onPress(routes, bot, ACTION.draftContinue, formMeta, resume);
  onPress(routes, bot, ACTION.draftDiscard, formMeta, (press, meta) =>
    press.body.view ? startAfresh(press, meta) : discard(press),
  );
}

async function resume(press: Press, meta: FormMeta): Promise<void> {
  const { bot, actor, body } = press;
  const { rules } = (await bot.policies.current()).document;
  const kept = await keptDraft(bot, actor, rules);
  if (!kept) return nothingKept(press);
  if (!body.view) return void (await show(press, await continuedForm(bot, kept, 0)));
  const view = await continuedForm(bot, kept, (meta.pass ?? 0) + 1);
  await bot.client.views.update({ view_id: body.view.id, view });
}

/** What is typed from now on counts, also where a keystroke of before is told late. */
async function startAfresh({ bot, actor, body }: Press, meta: FormMeta): Promise<void> {
  if (!body.view) return;
  const { values, view } = await emptiedForm(bot, meta);
  const stamp = body.actions[0]?.action_ts ?? '';
  await bot.client.views.update({ view_id: body.view.id, view });
  await keep(bot, actor, { typed: values, origin: meta.origin, again: null, view: body.view.id, stamp });
}

async function discard(press: Press): Promise<void> {
  const { bot, actor } = press;
  await dropDraft(bot.db, bot.teamId, actor.id);
  await replace(press, draftOverMessage(form.draft.discarded));
}

async function nothingKept(press: Press): Promise<void> {
  if (press.body.view) return press.say({ title: form.draft.goneTitle, text: form.draft.gone });
  await replace(press, draftOverMessage(form.draft.gone));
}

/** The message that was pressed says what became of it, and loses its buttons. */
async function replace({ bot, body }: Press, message: Message): Promise<void> {
  const { channel, message: pressed } = body;
  if (channel && pressed) await bot.client.chat.update({ channel: channel.id, ts: pressed.ts, ...message });
}
