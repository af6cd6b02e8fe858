/** The card's thread: it tells the story, in order, and calls whoever's turn it is. */
import type { ConversationsMembersResponse } from '@slack/web-api';
import { roleOf } from '../../core/policy.ts';
import { isTold } from '../../core/told.ts';
import type { Stage } from '../../core/values.ts';
import { cardsOf, deliveryOf, untoldEvents } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { readEvent } from '../../store/requests.ts';
import { toldEvents } from '../../store/streamEvents.ts';
import { soFar } from '../views/moved.ts';
import { callLine, storyLine } from '../views/story.ts';
import { wording } from '../wording/index.ts';
import { BUCKETS, bookAhead, call } from './api.ts';
import { ensureCard, postAfresh } from './card.ts';
import { type Deps, isPosted, type Posted, type Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
import { isMethodClosed, isRefused } from './errors.ts';
import { postOnce } from './post.ts';
import { alertOf, bringToPeople, routeIsBroken } from './route.ts';
import { callable, naming, sceneOf } from './scene.ts';

/** Tells an event, and before it whatever came earlier and was not told yet: jobs overtake each other, a story must not. */
export async function story(deps: Deps, { number, seq: upTo }: { number: number; seq: number }): Promise<void> {
  await bookInThread(deps, number);
  const scene = await sceneOf(deps, number);
  const card = await ensureCard(deps, scene);
  if (!card) return;
  await inThread(deps, scene, card, (card) => tellUpTo(deps, scene, card, upTo));
}

/** A line of its own in the thread, after what is to be told before it. */
export async function sayInThread(
  deps: Deps,
  scene: Scene,
  seq: number,
  say: (place: { channel: string; thread_ts: string }) => Promise<unknown>,
): Promise<void> {
  await bookInThread(deps, scene.state.number);
  const card = await ensureCard(deps, scene);
  if (!card) return;
  await inThread(deps, scene, card, async (card) => {
    await tellUpTo(deps, scene, card, seq);
    await say({ channel: card.channel, thread_ts: card.ts });
  });
}

/** A channel that is behind is not read and drawn for in vain. */
async function bookInThread(deps: Deps, number: number): Promise<void> {
  const card = (await cardsOf(deps.db, deps.teamId, number)).findLast(isPosted);
  if (card) await bookAhead(deps, BUCKETS.thread(card.channel));
}

async function tellUpTo(deps: Deps, scene: Scene, card: Posted, upTo: number): Promise<void> {
  await beginThread(deps, scene, card);
  const untold = await untoldEvents(deps.db, deps.teamId, scene.state.number, upTo);
  for (const seq of untold) await tellEvent(deps, scene, card, seq);
}

/** Of what was told so far. */
export const RECENT = 15;

/** The thread of a card that took the place of another begins with what was told and said there. */
async function beginThread(deps: Deps, scene: Scene, card: Posted): Promise<void> {
  const { db, teamId } = deps;
  const { number } = scene.state;
  const cards = await cardsOf(db, teamId, number);
  if (cards[0]?.key === card.key) return;
  const key = `moved/${card.key}`;
  if ((await deliveryOf(db, teamId, key))?.status === 'sent') return;
  const { events, earlier } = await toldEvents(db, teamId, number, RECENT);
  const people = [...events.map(({ by }) => by), ...scene.state.remarks.map(({ by }) => by)];
  const message = soFar(await naming(deps, scene, [...new Set(people)]), events, earlier);
  const where = { channel: card.channel, thread_ts: card.ts };
  await postOnce(deps, { key, surface: 'thread', request: number, ...where, message });
}

async function tellEvent(deps: Deps, scene: Scene, card: Posted, seq: number): Promise<void> {
  const { number } = scene.state;
  const event = await readEvent(deps.db, deps.teamId, number, seq);
  if (!event) throw new Error(`EX-${number} has no event ${seq}`);
  if (!isTold(event)) return;
  const message = storyLine(event, scene);
  const key = `thread/${number}/${seq}`;
  await postOnce(deps, { key, surface: 'thread', request: number, channel: card.channel, thread_ts: card.ts, message });
}

type Turn = { round: number; stage: Stage };
/** The details are operations' in every round: who was called for an earlier one is called still. */
const isTurn = ({ state }: Scene, { round, stage }: Turn): boolean =>
  state.status === 'in_review' &&
  state.returned === null &&
  state.stage === stage &&
  (stage === 'validation' ? round <= state.round : round === state.round);

/** It is a stage's turn: its group is called once, and who of it is not in the channel gets the card by direct message. */
export async function callStage(
  deps: Deps,
  { number, seq, ...turn }: Turn & { number: number; seq: number },
): Promise<void> {
  await bookInThread(deps, number);
  const scene = await sceneOf(deps, number);
  const { state } = scene;
  const { stage } = turn;
  if (!isTurn(scene, turn)) return;
  const { able, away, groupId } = await callable(deps, scene);
  if (able.length === 0) {
    const role = roleOf(stage, state.tier);
    const { nobodyInRole, nobodyThere } = wording().trouble;
    deps.log.error({ request: number, role }, 'nobody can be called');
    await owe(deps.db, deps.teamId, [
      alertOf(deps, `group/${role}`, (away.length > 0 ? nobodyThere : nobodyInRole)(role)),
    ]);
  }
  const card = await ensureCard(deps, scene);
  // Posting the card may have taken long; nobody is called to what was decided meanwhile.
  if (!card || !isTurn(await sceneOf(deps, number), turn)) return;
  await inThread(deps, scene, card, async (card) => {
    await tellUpTo(deps, scene, card, seq);
    const message = callLine(scene, stage, { groupId, people: able });
    const where = { channel: card.channel, thread_ts: card.ts };
    await postOnce(deps, { key: `call/${number}/${seq}`, surface: 'thread', request: number, ...where, message });
    const inChannel = await membersOfChannel(deps, card.channel);
    await bringToPeople(
      deps,
      scene,
      able.filter((person) => !inChannel.has(person)),
    );
  });
}

/**
 * Writes in the card's thread. Where the card was deleted, in that of the one that takes its place; where the channel is
 * closed, nowhere: people are told by direct message then.
 */
async function inThread(deps: Deps, scene: Scene, card: Posted, write: (card: Posted) => Promise<void>): Promise<void> {
  try {
    await write(card);
  } catch (error) {
    if (isRefused(error, 'route')) return routeIsBroken(deps, scene, error);
    if (!isRefused(error, 'message')) throw error;
    const fresh = await drawAlone(deps, scene.state.number, (scene) => postAfresh(deps, scene, card));
    if (fresh) await write(fresh);
  }
}

/** Where the bot may not ask, everybody is told: once too often rather than not at all. */
async function membersPage(
  deps: Deps,
  from: { channel: string; limit: number; cursor?: string },
): Promise<Partial<ConversationsMembersResponse>> {
  try {
    return await call(deps, BUCKETS.members, () => deps.client.conversations.members(from));
  } catch (error) {
    if (!isMethodClosed(error)) throw error;
    return {};
  }
}

async function membersOfChannel(deps: Deps, channel: string): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  do {
    const from = { channel, limit: 1000, ...(cursor && { cursor }) };
    const page = await membersPage(deps, from);
    for (const member of page.members ?? []) members.add(member);
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return members;
}
