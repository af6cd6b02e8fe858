/** A press of a button: acknowledged, decoded, carried out, answered where only the person who pressed sees it. */
import type { App, BlockAction, BlockElementAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { slackError } from '../client.ts';
import { decode } from '../ids.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { type Actor, actorOf, explain, type Listening } from './listening.ts';

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
  app: App,
  bot: Listening,
  actionId: string,
  schema: z.ZodType<T>,
  run: (press: Press, ref: T) => Promise<void>,
): void {
  app.action<BlockAction>({ action_id: actionId, type: 'block_actions' }, async ({ ack, body, action }) => {
    await ack();
    await pressed(bot, body, action, schema, run);
  });
}

/** Opens a modal for the press: on top of the one it was pressed in, if it was in one. */
export async function show({ bot, body }: Press, view: ModalView): Promise<string | undefined> {
  const open = body.view ? bot.client.views.push : bot.client.views.open;
  const answer = await open({ trigger_id: body.trigger_id, view });
  return answer.view?.id;
}

/** The value of a button, or of the chosen entry of an overflow. */
const carried = (action: BlockElementAction): string | undefined => {
  if (action.type === 'button') return action.value;
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
    key: `click/${actor.id}/${action.action_id}/${action.action_ts}`,
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

/** In a modal, a modal on top of it; elsewhere an ephemeral; where neither can be had, a direct message. */
async function answer(bot: Listening, body: BlockAction, { title, text }: Notice): Promise<void> {
  try {
    if (body.view) await bot.client.views.push({ trigger_id: body.trigger_id, view: noticeModal(title, text) });
    else
      await bot.client.chat.postEphemeral({
        channel: body.channel?.id ?? body.user.id,
        user: body.user.id,
        text,
        ...threadOf(body),
      });
  } catch (error) {
    bot.logger.info({ err: error }, 'could not answer in place, so by direct message');
    await bot.client.chat.postMessage({ channel: body.user.id, text });
  }
}

const threadOf = ({ container }: BlockAction): { thread_ts?: string } =>
  typeof container.thread_ts === 'string' ? { thread_ts: container.thread_ts } : {};
