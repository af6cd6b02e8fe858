/** Posting once: noted before the call and after it, and read back where the outcome is unknown. */
import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { Later } from '../../app/later.ts';
import { begin, type Delivery, deliveryOf, forget, markSent, note } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { CALL_TIMEOUT } from '../client.ts';
import { LIMIT, truncate } from '../limits.ts';
import type { Message } from '../views/drawn.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Post } from './deps.ts';
import { isRefused, mayHaveHappened } from './errors.ts';
import { findPosted, METADATA_TYPE } from './find.ts';
import { alone } from './lease.ts';

export const drawingOf = (message: Message): string =>
  createHash('sha256').update(JSON.stringify(message)).digest('hex');

/**
 * Posts the message, unless it was posted before.
 * @returns where it stands; `gone` where it stood once and is no longer drawn
 * @throws Later, Refused
 */
export async function postOnce(deps: Deps, post: Post): Promise<Delivery> {
  if (post.within) {
    inTime(post.within);
    return postAlone(deps, post, post.within);
  }
  const before = await deliveryOf(deps.db, deps.teamId, post.key);
  if (before && before.status !== 'sending') return before;
  return alone(deps, post.key, (remaining) => postAlone(deps, post, remaining));
}

/** Once the lease may run out during the call, another worker could be posting the same. */
function inTime(remaining: () => number): void {
  if (remaining() < CALL_TIMEOUT) throw new Later('the turn to post came late', 0);
}

/**
 * Finds out what became of a message that was begun and is no longer wanted, within the lease that it is posted within.
 * @returns where it stands; null where it was never posted, which is then forgotten
 * @throws Later
 */
export async function settle(deps: Deps, begun: Delivery): Promise<Delivery | null> {
  const { db, teamId } = deps;
  const { key, channel, at } = begun;
  const ts = channel === null ? null : await findPosted(deps, { key, channel }, at);
  if (ts !== null && channel !== null) return markSent(db, teamId, key, { channel, ts, live: false, drawn: null });
  await forget(db, teamId, key);
  return null;
}

async function postAlone(deps: Deps, post: Post, remaining: () => number): Promise<Delivery> {
  const { db, teamId } = deps;
  const { delivery, first } = await begin(db, teamId, {
    key: post.key,
    surface: post.surface,
    request_number: post.request ?? null,
    person: post.person ?? null,
    subject: post.subject ?? {},
    channel: post.channel,
  });
  if (delivery.status !== 'sending') return delivery;
  const found = first ? null : await findPosted(deps, post, delivery.at);
  if (found) return adopt(deps, post, found);
  // It may say something else by now than when it was first tried, and is drawn again from what it says.
  if (!first && post.subject) await note(db, teamId, post.key, post.subject);
  const { pictures, ...place } = await send(deps, post, remaining);
  const drawn = drawingOf(post.message);
  const sent = await markSent(db, teamId, post.key, { ...place, live: post.live ?? false, drawn });
  if (pictures || !showsPictures(post.message)) return sent;
  await note(db, teamId, post.key, { pictureless: true });
  return { ...sent, subject: { ...sent.subject, pictureless: true } };
}

const showsPictures = ({ blocks }: Message): boolean => blocks.some(({ type }) => type === 'image');

/** What stands there was drawn when it was posted, and much may have happened since: it is drawn again. */
async function adopt({ db, teamId, log }: Deps, { key, channel, request, live = false }: Post, ts: string) {
  log.info({ key }, 'found in Slack: it had been posted, though nobody had heard so');
  if (request !== undefined) await owe(db, teamId, [{ kind: 'redraw', number: request }]);
  return markSent(db, teamId, key, { channel, ts, live, drawn: null });
}

type Sent = { channel: string; ts: string; pictures: boolean };

async function send(deps: Deps, post: Post, remaining: () => number): Promise<Sent> {
  try {
    return await orSimpler(deps, post.key, post.message, async (message) => ({
      ...(await chatPost(deps, post, remaining, message)),
      pictures: showsPictures(message),
    }));
  } catch (error) {
    if (!mayHaveHappened(error)) await forget(deps.db, deps.teamId, post.key);
    throw error;
  }
}

/**
 * Sends it as it is drawn, or simpler where Slack refuses the blocks: without pictures, whose files may not be what Slack takes;
 * the sentence that a push notification shows, with the buttons, or nobody could act; and where it refuses those too, without
 * them.
 */
export async function orSimpler<T>(
  deps: Deps,
  key: string,
  { text, blocks }: Message,
  send: (message: Message) => Promise<T>,
): Promise<T> {
  const sentence: KnownBlock = { type: 'section', text: { type: 'mrkdwn', text: truncate(text, LIMIT.sectionText) } };
  const buttons = blocks.filter(({ type }) => type === 'actions');
  const simpler = buttons.length > 0 ? [[sentence, ...buttons], [sentence]] : [[sentence]];
  const pictureless = blocks.filter(({ type }) => type !== 'image');
  let refused: unknown;
  for (const drawn of [blocks, ...(pictureless.length < blocks.length ? [pictureless] : []), ...simpler])
    try {
      return await send({ text, blocks: drawn });
    } catch (error) {
      if (!isRefused(error, 'drawing')) throw error;
      refused = error;
      const { code, messages: problems } = error.failure;
      deps.log.error({ key, code, problems }, 'Slack refuses what was drawn; something simpler is sent');
    }
  throw refused;
}

async function chatPost(
  deps: Deps,
  { key, channel, thread_ts }: Post,
  remaining: () => number,
  { text, blocks }: Message,
) {
  const metadata = { event_type: METADATA_TYPE, event_payload: { key } };
  const silent = { unfurl_links: false, unfurl_media: false };
  const answer = await call(deps, thread_ts ? BUCKETS.thread(channel) : BUCKETS.post(channel), () => {
    inTime(remaining);
    return deps.client.chat.postMessage({
      channel,
      text,
      blocks,
      metadata,
      ...silent,
      ...(thread_ts && { thread_ts }),
    });
  });
  if (!answer.ts) throw new Error('chat.postMessage answered without a ts');
  return { channel: answer.channel ?? channel, ts: answer.ts };
}
