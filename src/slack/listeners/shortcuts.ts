/** The shortcuts: the form from anywhere, and the form about a message, which becomes evidence. */
import type { App, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { LONGEST_TEXT, MOST_FILES, type Typed } from '../../core/form.ts';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { namesOf } from '../../store/people.ts';
import { slackError } from '../client.ts';
import { evidenceFile } from '../form.ts';
import { SHORTCUT } from '../ids.ts';
import { truncate } from '../limits.ts';
import { peopleNamed, wordsFromMarkup } from '../messageText.ts';
import { loadingModal, noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { formOfDeed } from './deeds.ts';
import { keepAtOpening } from './draftKeeping.ts';
import { type Actor, actorOf, explain, type Listening } from './listening.ts';
import { newForm, openRequestForm } from './newRequest.ts';
import { directly } from './press.ts';

const { notices, form, deed } = wording();

export function registerShortcuts(app: App, bot: Listening): void {
  app.shortcut<GlobalShortcut>({ callback_id: SHORTCUT.ask, type: 'shortcut' }, async ({ ack, shortcut }) => {
    await ack();
    await orSaid(bot, shortcut, async (actor) => openRequestForm(bot, actor, shortcut.trigger_id, 'shortcut'));
  });
  app.shortcut<MessageShortcut>(
    { callback_id: SHORTCUT.askAboutMessage, type: 'message_action' },
    async ({ ack, shortcut }) => {
      await ack();
      await orSaid(bot, shortcut, (actor) => askAbout(bot, actor, shortcut));
    },
  );
  app.shortcut<MessageShortcut>(
    { callback_id: SHORTCUT.complain, type: 'message_action' },
    async ({ ack, shortcut }) => {
      await ack();
      await orSaid(bot, shortcut, (actor) => complainAbout(bot, actor, shortcut));
    },
  );
}

/** Whoever may not ask is told so, and what went wrong is said, where the form would have opened or by direct message. */
async function orSaid(
  bot: Listening,
  shortcut: GlobalShortcut | MessageShortcut,
  run: (actor: Actor) => Promise<void>,
): Promise<void> {
  const { trigger_id } = shortcut;
  const actor = actorOf(shortcut, bot.teamId);
  try {
    if (!actor.outsider) return await run(actor);
    const text = await explain(bot, refuse({ why: 'not_eligible', because: 'outsider' }), null);
    await bot.client.views.open({ trigger_id, view: noticeModal(notices.refused.title, text) });
  } catch (error) {
    bot.logger.error({ err: error, by: actor.id }, 'a shortcut failed');
    const expired = slackError(error)?.code.endsWith('trigger_id');
    const text = expired ? notices.pressAgain : notices.failed.text;
    await directly(bot, actor.id, { text });
  }
}

/** A complaint about the request that the message names, as cards and what is said about them do. */
async function complainAbout(bot: Listening, actor: Actor, { message, trigger_id }: MessageShortcut): Promise<void> {
  const number = Number(/\bEX-(\d{1,9})\b/i.exec(message.text ?? '')?.[1] ?? 0);
  const opened = number > 0 ? await formOfDeed(bot, actor, 'complain', number) : null;
  const saying = (text: string) => noticeModal(notices.refused.title, text);
  if (opened === null) await bot.client.views.open({ trigger_id, view: saying(deed.complain.noneNamed) });
  else if (isRefusal(opened))
    await bot.client.views.open({ trigger_id, view: saying(await explain(bot, opened, number)) });
  else await bot.client.views.open({ trigger_id, view: opened });
}

/** The message's address is asked of Slack, so the modal opens first: that may not take longer than three seconds. */
async function askAbout(bot: Listening, actor: Actor, shortcut: MessageShortcut): Promise<void> {
  const opened = await bot.client.views.open({ trigger_id: shortcut.trigger_id, view: loadingModal() });
  const view_id = opened.view?.id ?? '';
  try {
    const brought = { typed: await evidenceOf(bot, shortcut) };
    const { view, kept } = await newForm(bot, actor, 'message_shortcut', brought);
    const there = await filled(bot, view_id, view);
    if (there && !kept) await keepAtOpening(bot, actor, view_id, 'message_shortcut', brought);
  } catch (error) {
    bot.logger.error({ err: error, by: actor.id }, 'the form about a message could not be filled');
    await filled(bot, view_id, noticeModal(notices.failed.title, notices.failed.text));
  }
}

/** @returns false where it was closed meanwhile: nothing was typed, so nothing is owed */
async function filled(bot: Listening, view_id: string, view: ModalView): Promise<boolean> {
  try {
    await bot.client.views.update({ view_id, view });
    return true;
  } catch (error) {
    if (slackError(error)?.code === 'not_found') return false;
    throw error;
  }
}

type SlackFile = Parameters<typeof evidenceFile>[0] & { mode?: string };

/** Who wrote what and where, and the message's files. */
async function evidenceOf(bot: Listening, shortcut: MessageShortcut): Promise<Pick<Typed, 'evidence' | 'files'>> {
  const { message } = shortcut;
  const markup = message.text ?? '';
  const author = message.user ? [message.user] : [];
  const [names, permalink] = await Promise.all([
    namesOf(bot.db, bot.teamId, [...author, ...peopleNamed(markup)]),
    permalinkOf(bot, shortcut),
  ]);
  const name = message.user ? (names[message.user] ?? null) : null;
  const around = (text: string) => form.messageEvidence(name, text, permalink);
  const text = wordsFromMarkup(markup, names).trim();
  const room = LONGEST_TEXT - [...around('')].length;
  const files = ((message.files ?? []) as SlackFile[]).filter(({ mode }) => mode !== 'tombstone');
  return { evidence: around(truncate(text, room)), files: files.slice(0, MOST_FILES).map(evidenceFile) };
}

/** Where the bot is not in the conversation, Slack does not tell; the address follows from where the message stands. */
async function permalinkOf(bot: Listening, { channel, message, message_ts, team }: MessageShortcut): Promise<string> {
  try {
    const answer = await bot.client.chat.getPermalink({ channel: channel.id, message_ts });
    if (answer.permalink) return answer.permalink;
  } catch (error) {
    if (!slackError(error)) throw error;
  }
  const thread = typeof message.thread_ts === 'string' ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const host = team ? `${team.domain}.slack.com` : 'app.slack.com';
  return `https://${host}/archives/${channel.id}/p${message_ts.replace('.', '')}${thread}`;
}
