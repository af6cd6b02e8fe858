/** Giving Slack a file, once: its id is noted before it is shared, and where nobody heard whether it was, Slack is asked. */
import { setTimeout as delay } from 'node:timers/promises';
import { Later } from '../../app/later.ts';
import { begin, deliveryOf, markUploaded, note } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { CALL_TIMEOUT, slackError } from '../client.ts';
import { wording } from '../wording/index.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps } from './deps.ts';
import { isMethodClosed, isRefused, Refused } from './errors.ts';
import { alone } from './lease.ts';
import { alertOf } from './route.ts';

/** A file that is to be given once, however often this is tried and by however many. */
export type Upload = {
  key: string;
  name: string;
  title: string;
  /** At least one byte: Slack takes no empty file. */
  bytes: Buffer;
  /** What a picture shows, in words. */
  altText?: string;
  /** The request's number, and whom it is for. */
  request?: number;
  person?: string;
};
/** Where everybody who reads the channel finds it. */
export type Place = {
  /** An id of a channel or a direct message, never a person's. */
  channel: string;
  thread_ts?: string;
  /** What is said with it. */
  comment?: string;
};
export type Uploaded = { file: string } | { refused: string };

/**
 * Gives Slack the file, unless it was given before. Without a place it is only the bot's, until a picture in a message shows it.
 * @returns its id, or Slack's code where this workspace takes no files from the bot; the admins are told of that
 * @throws Later, Refused (`route` where the channel cannot be posted to)
 */
export async function uploadOnce(deps: Deps, { channel, ...upload }: Upload & Partial<Place>): Promise<Uploaded> {
  const { thread_ts, comment, ...file } = upload;
  const place =
    channel === undefined ? null : { channel, ...(thread_ts && { thread_ts }), ...(comment && { comment }) };
  try {
    return { file: await giveOnce(deps, file, place) };
  } catch (error) {
    if (!isMethodClosed(error) && !isRefused(error, 'file')) throw error;
    const { code } = (error instanceof Refused ? error.failure : slackError(error)) ?? { code: 'unknown' };
    deps.log.warn({ key: upload.key, code }, 'Slack takes no file; what it was for goes on without');
    await owe(deps.db, deps.teamId, [refusalTold(deps, code)]);
    return { refused: code };
  }
}

/** The same words as those by which a missing scope is found at the start, so that nobody hears of it twice a day. */
function refusalTold(deps: Deps, code: string) {
  const { findings, trouble } = wording();
  const scope = 'files:write';
  if (code === 'missing_scope') return alertOf(deps, `scope/${scope}`, findings.scopeMissing(scope));
  return alertOf(deps, `files/${code}`, trouble.filesRefused(code));
}

async function giveOnce(deps: Deps, upload: Upload, place: Place | null): Promise<string> {
  const { key } = upload;
  const known = await alone(deps, key, () => settled(deps, key));
  if (known !== null) return known;
  // Nobody sees it before it is shared, so this takes the time it takes.
  const file = await send(deps, upload);
  return alone(deps, key, async (remaining) => {
    const meanwhile = await settled(deps, key);
    if (meanwhile !== null) return meanwhile;
    await announce(deps, upload, place, file);
    await share(deps, upload, place, file, remaining);
    await markUploaded(deps.db, deps.teamId, key);
    return file;
  });
}

/** The file that was given under this key; null where none was, as far as anybody can tell. */
async function settled(deps: Deps, key: string): Promise<string | null> {
  const { db, teamId, log } = deps;
  const delivery = await deliveryOf(db, teamId, key);
  const { file } = delivery?.subject ?? {};
  if (!delivery || typeof file !== 'string') return null;
  if (delivery.status !== 'sending') return file;
  // One whose upload was never completed does not exist for Slack.
  if ((await look(deps, file)) === null) return null;
  log.info({ key }, 'found in Slack: the file had been shared, though nobody had heard so');
  await markUploaded(db, teamId, key);
  return file;
}

async function announce({ db, teamId }: Deps, upload: Upload, place: Place | null, file: string): Promise<void> {
  const { key, request, person } = upload;
  const { first } = await begin(db, teamId, {
    ...{ key, surface: 'file', request_number: request ?? null, person: person ?? null },
    ...{ subject: { file }, channel: place?.channel ?? null },
  });
  if (!first) await note(db, teamId, key, { file });
}

/** Milliseconds for the bytes to arrive. */
const SENDING = 60_000;

/** @returns the id of a file whose bytes Slack has, and that nobody sees yet */
async function send(deps: Deps, { name, bytes, altText }: Upload): Promise<string> {
  const about = { filename: name, length: bytes.length, ...(altText && { alt_text: altText }) };
  const { upload_url, file_id } = await call(deps, BUCKETS.files, () => deps.client.files.getUploadURLExternal(about));
  if (!upload_url || !file_id) throw new Error('files.getUploadURLExternal answered without an address');
  const response = await reach(upload_url, bytes);
  if (response.status === 429 || response.status >= 500)
    throw new Later(`Slack answers the upload with ${response.status}`, secondsIn(response) * 1000);
  if (!response.ok) throw new Error(`Slack answers the upload of ${name} with ${response.status}`);
  return file_id;
}

async function reach(url: string, bytes: Buffer): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' };
  const body = new Uint8Array(bytes);
  try {
    return await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(SENDING) });
  } catch (error) {
    throw new Later('Slack does not answer the upload', null, { cause: error });
  }
}

const secondsIn = ({ headers }: Response): number => Number.parseInt(headers.get('retry-after') ?? '', 10) || 10;

async function share(
  deps: Deps,
  { title }: Upload,
  place: Place | null,
  id: string,
  remaining: () => number,
): Promise<void> {
  const files: [{ id: string; title: string }] = [{ id, title }];
  await call(deps, BUCKETS.files, () => {
    // Once the lease may run out during the call, another worker could be sharing the same.
    if (remaining() < CALL_TIMEOUT) throw new Later('the turn to share a file came late', 0);
    return deps.client.files.completeUploadExternal({ files, ...destination(place) });
  });
}

function destination(place: Place | null) {
  if (place === null) return {};
  const { channel, thread_ts, comment } = place;
  const to = { channel_id: channel, ...(comment && { initial_comment: comment }) };
  return thread_ts ? { ...to, thread_ts } : to;
}

type Seen = { mimetype?: string };

/** @returns null for what does not exist, or what the bot may not look at */
async function look(deps: Deps, file: string): Promise<Seen | null> {
  try {
    return (await call(deps, BUCKETS.files, () => deps.client.files.info({ file }))).file ?? null;
  } catch (error) {
    if (isMethodClosed(error) || GONE.includes(slackError(error)?.code ?? '')) return null;
    throw error;
  }
}
const GONE = ['file_not_found', 'file_deleted', 'not_visible'];

/** Milliseconds: how long Slack is given to look at a picture, and how often it is asked. */
const LOOKING = { patience: 10_000, first: 150, longest: 2_000 };

/**
 * Slack completes an upload before it has looked at the file, and until then no block can show it.
 * @returns whether a picture can be shown
 */
export async function isShowable(deps: Deps, file: string): Promise<boolean> {
  const giveUp = performance.now() + LOOKING.patience;
  for (let wait = LOOKING.first; ; wait = Math.min(2 * wait, LOOKING.longest)) {
    const seen = await look(deps, file);
    if (seen?.mimetype) return seen.mimetype.startsWith('image/');
    if (seen === null || performance.now() + wait > giveUp) return false;
    await delay(wait);
  }
}
