/** A press of a button: acknowledged, decoded, carried out, answered where only the person who pressed sees it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BlockAction, BlockElementAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { decode } from '../carried.ts';
import { slackError } from '../client.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { type Actor, actorOf, explain, type Listening } from './listening.ts';
import type { ActionListener, Routes } from './routes.ts';

type Notice = { title: string; text: string };

export type Press = {
  bot: Listening;
  actor: Actor;
  body: BlockAction;
  /** The click, under which what it brings counts once however often Slack delivers it. */
  key: string;
  /** Says something to the person who pressed, and to nobody else. */
  say(notice: Notice): Promise<void>;
  refuse(refusal: Refusal, number: number | null): Promise<void>;
};

const { notices } = wording();

/** Runs for every button with this action id whose value `schema` can read. */
export function onPress<T>(
  routes: Routes,
  bot: Listening,
  actionId: string,
  schema: z.ZodType<T>,
  run: (press: Press, ref: T) => Promise<void>,
): void {
  routes.action(actionId, async ({ ack, body, action }) => {
    await ack();
    await pressed(bot, body, action, schema, run);
  });
}

/**
 * Hears what nobody else does, lest Slack shows that the app did not answer: what is only ticked or chosen needs none, and a
 * button that this program does not know was drawn by another version of it.
 */
export const anythingElse =
  (bot: Listening): ActionListener =>
  async ({ ack, body, action }) => {
    await ack();
    if (action.type !== 'button') return;
    bot.logger.warn({ by: body.user.id, action: action.action_id }, 'a button of another version');
    await answer(bot, body, { title: notices.refused.title, text: notices.oldButton });
  };

/** Home is a view too, but nothing can be put on top of it: a modal opens over it as over a message. */
const inModal = ({ view }: BlockAction): boolean => view?.type === 'modal';

/** Opens a modal for the press: on top of the one it was pressed in, if it was in one. */
export async function show({ bot, body }: Press, view: ModalView): Promise<string | undefined> {
  const open = inModal(body) ? bot.client.views.push : bot.client.views.open;
  const answer = await open({ trigger_id: body.trigger_id, view });
  return answer.view?.id;
}

/** The value of a button, or of what was chosen in an overflow or a select. */
const carried = (action: BlockElementAction): string | undefined => {
  if (action.type === 'button') return action.value;
  if (action.type === 'static_select') return action.selected_option?.value;
  return action.type === 'overflow' ? action.selected_option.value : undefined;
};

async function pressed<T>(
  bot: Listening,
  body: BlockAction,
  action: BlockElementAction,
  schema: z.ZodType<T>,
  run: (press: Press, ref: T) => Promise<void>,
): Promise<void> {
  const actor = actorOf(body, bot.teamId);
  const say = (notice: Notice) => answer(bot, body, notice);
  const press: Press = {
    bot,
    actor,
    body,
    key: `click/${actor.id}/${action.action_id}/${action.action_ts ?? body.trigger_id}`,
    say,
    refuse: async (refusal, number) => say({ title: notices.refused.title, text: await explain(bot, refusal, number) }),
  };
  const ref = decode(schema, carried(action));
  if (ref === null) {
    bot.logger.warn({ by: actor.id, action: action.action_id }, 'a button with a value of another version');
    await say({ title: notices.refused.title, text: notices.oldButton });
    return;
  }
  try {
    await run(press, ref);
  } catch (error) {
    const code = slackError(error)?.code;
    const expired = code !== undefined && EXPIRED.includes(code);
    bot.logger.error({ err: error, by: actor.id, action: action.action_id, ref }, 'a press of a button failed');
    await say(expired ? { title: notices.failed.title, text: notices.pressAgain } : notices.failed);
  }
}

/** The three seconds in which Slack lets a modal be opened are over; nothing but another press helps. */
const EXPIRED = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

/** How long Slack may take over one way of answering before the next is tried: all of them fit into three seconds. */
const PATIENCE_MS = 1_200;

/** In a modal, a modal on top of it; elsewhere an ephemeral, or through the click's own address; at last a direct message. */
async function answer(bot: Listening, body: BlockAction, notice: Notice): Promise<void> {
  for (const way of waysTo(bot, body, notice)) if (await arrives(bot, way)) return;
  await directly(bot, body.user.id, { text: notice.text });
}

function waysTo({ client }: Listening, body: BlockAction, { title, text }: Notice): (() => Promise<unknown>)[] {
  const { user, channel, response_url } = body;
  if (body.view) {
    const open = inModal(body) ? client.views.push : client.views.open;
    return [() => open({ trigger_id: body.trigger_id, view: noticeModal(title, text) })];
  }
  const inPlace = { channel: channel?.id ?? user.id, user: user.id, text, ...threadOf(body) };
  return [() => client.chat.postEphemeral(inPlace), ...(response_url ? [() => respond(response_url, text)] : [])];
}

/** What comes late is not taken back: better told twice than left waiting. */
async function arrives(bot: Listening, way: () => Promise<unknown>): Promise<boolean> {
  const failed = (err: unknown) => {
    bot.logger.info({ err }, 'could not answer in place, so another way');
    return false;
  };
  const waiting = new AbortController();
  const late = delay(PATIENCE_MS, undefined, { signal: waiting.signal }).then(
    () => failed(new Error('Slack took too long')),
    () => false,
  );
  const told = way().then(() => true, failed);
  const arrived = await Promise.race([told, late]);
  waiting.abort();
  return arrived;
}

async function respond(url: string, text: string): Promise<void> {
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`the click's own address answers ${answer.status}`);
}

type Told = { text: string; blocks?: KnownBlock[] };

/** Slack takes a person's id for the channel of their direct messages; where it does not, the channel is asked for. */
export async function directly({ client }: Listening, user: string, message: Told): Promise<void> {
  try {
    await client.chat.postMessage({ channel: user, ...message });
  } catch (error) {
    if (!slackError(error)?.code.startsWith('channel_')) throw error;
    const { channel } = await client.conversations.open({ users: user });
    await client.chat.postMessage({ channel: channel?.id ?? user, ...message });
  }
}

/** Where the message comes without the place it stands in, the answer comes in the channel. */
const threadOf = ({ container }: { container?: BlockAction['container'] }): { thread_ts?: string } =>
  typeof container?.thread_ts === 'string' ? { thread_ts: container.thread_ts } : {};
