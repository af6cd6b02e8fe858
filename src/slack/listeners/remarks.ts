/** Replies in a card's thread become remarks of the record; what they are not is told to whoever wrote them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { toWords } from '../../app/content.ts';
import type { Command } from '../../core/command.ts';
import { isRefusal } from '../../core/refusal.ts';
import { askers, type ExceptionRequest } from '../../core/request.ts';
import { closedAlready, isAuditor, type Standing } from '../../core/standing.ts';
import { isPostingCard, requestOfCard } from '../../store/cards.ts';
import { isRemembered, remember } from '../../store/inbox.ts';
import { namesOf } from '../../store/people.ts';
import { slackError } from '../client.ts';
import { peopleNamed, wordsFromMarkup } from '../messageText.ts';
import { type Reply, replyIn } from '../replies.ts';
import { readsAsDecision } from '../typedVerdict.ts';
import { type RemarkNote, remarkNote } from '../views/remarkNote.ts';
import { carryOut, type Listening } from './listening.ts';

/** An event as Slack delivers it. */
export type Told = { team_id: string; event_id: string; event?: unknown };

/**
 * Records a reply before Slack hears that it has arrived, so that none is lost between the two; again does no harm.
 * @throws where the database does not answer
 */
export async function recordReply(bot: Listening, { team_id, event_id, event }: Told): Promise<void> {
  const reply = team_id === bot.teamId && isMessage(event) ? replyIn(event) : null;
  const number = reply && (await numberOnceKnown(bot, reply));
  if (!reply || number === null) return;
  const command = await commandFor(bot, reply);
  const carry = (order: Command, suffix = '') => carryOut(bot, order, { number, key: `reply/${event_id}${suffix}` });
  const result = await carry(command);
  const unknown = isRefusal(result) && result.why === 'no_such_remark';
  // What was changed may have been written before the bot was there to hear it.
  if (unknown && command.type === 'edit_remark') await carry({ ...command, type: 'remark', files: filesOf(reply) });
  await catchUp(bot, reply, unknown, carry);
}

/**
 * Slack may tell that a reply is gone before it tells that it was written. Whichever comes second takes the words away: the
 * one notes before it looks, the other looks after it has written.
 */
async function catchUp(
  { db, teamId, clock }: Listening,
  { what, channel, ts, by }: Reply,
  unknown: boolean,
  carry: (order: Command, suffix: string) => Promise<unknown>,
): Promise<void> {
  const gone = `reply-gone/${channel}/${ts}`;
  if (what === 'deleted' ? !unknown : !(await isRemembered(db, teamId, gone))) return;
  if (what === 'deleted') await remember(db, teamId, gone);
  await carry({ type: 'delete_remark', by, at: clock.now(), channel, ts }, '/gone');
}

/** Whether the event is one that must not be taken before it can be recorded. */
export const isMessage = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'type' in event && event.type === 'message';

export function registerRemarks(app: App, bot: Listening): void {
  app.event('message', async ({ event }) => {
    const reply = replyIn(event);
    const number = reply && (await numberOf(bot, reply));
    if (!reply || number === null || reply.what === 'deleted') return;
    const { state, standing } = await bot.log.load({
      teamId: bot.teamId,
      number,
      actor: reply.by,
      key: null,
      at: bot.clock.now(),
    });
    const note = state && noteFor(state, reply, standing);
    if (note) await tellPrivately(bot, reply, state, note);
    await meet(bot, reply.by);
  });
}

/** People of another company stand in no list of this one's, so the record could not say who wrote, nor that they are from outside. */
async function meet({ db, teamId, directory, logger }: Listening, person: string): Promise<void> {
  if ((await namesOf(db, teamId, [person]))[person] !== undefined) return;
  try {
    await directory.refresh([person], []);
  } catch (err) {
    if (!slackError(err)) throw err;
    logger.info({ err, by: person }, 'Slack does not say who replied');
  }
}

const numberOf = ({ db, teamId }: Listening, { channel, thread }: Reply): Promise<number | null> =>
  requestOfCard(db, teamId, channel, thread);

/** Milliseconds; in all less than Slack waits to hear that its event has arrived. */
const LOOK_AGAIN = 50;
const PATIENCE = 2000;

/**
 * A card can be read and replied to before Slack's answer says where it stands.
 * @throws where that is not known soon: Slack brings the reply again
 */
async function numberOnceKnown(bot: Listening, reply: Reply): Promise<number | null> {
  for (let waited = 0; waited < PATIENCE; waited += LOOK_AGAIN) {
    const posting = await isPostingCard(bot.db, bot.teamId, reply.channel);
    const number = await numberOf(bot, reply);
    if (number !== null || !posting) return number;
    await delay(LOOK_AGAIN);
  }
  throw new Error('a card is being posted, and this reply may belong to it');
}

const filesOf = (reply: Reply) => (reply.what === 'deleted' ? [] : reply.files);

async function commandFor(bot: Listening, reply: Reply): Promise<Extract<Command, { channel: string }>> {
  const { by, channel, ts } = reply;
  const place = { by, channel, ts, at: bot.clock.now() };
  if (reply.what === 'deleted') return { type: 'delete_remark', ...place };
  const names = await namesOf(bot.db, bot.teamId, peopleNamed(reply.text));
  const words = toWords(wordsFromMarkup(reply.text, names).toWellFormed().replaceAll('\0', ''));
  return reply.what === 'written'
    ? { type: 'remark', ...place, words, files: reply.files }
    : { type: 'edit_remark', ...place, words };
}

/** What the writer should know; null where there is nothing. */
function noteFor(state: ExceptionRequest, reply: Reply, standing: Standing): RemarkNote | null {
  if (isAuditor(standing) && !askers(state).includes(reply.by)) return 'auditor';
  const kept = state.remarks.some(({ channel, ts }) => channel === reply.channel && ts === reply.ts);
  if (closedAlready(state) && (reply.what === 'changed' || !kept)) return 'closed';
  const decides = state.status === 'in_review' && reply.what !== 'deleted' && readsAsDecision(reply.text);
  return decides ? 'decides' : null;
}

/** In the thread, where only the writer sees it; where Slack cannot, as a direct message. */
async function tellPrivately(
  { client, logger }: Listening,
  { channel, thread, by }: Reply,
  state: ExceptionRequest,
  note: RemarkNote,
): Promise<void> {
  const message = remarkNote(state, note);
  try {
    await client.chat.postEphemeral({ channel, user: by, thread_ts: thread, ...message });
  } catch (err) {
    logger.info({ err, by }, 'could not answer in place, so another way');
    await client.chat.postMessage({ channel: by, ...message });
  }
}
