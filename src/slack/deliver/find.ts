/** Reads back from Slack whether a message was posted. */
import { BUCKETS, call } from './api.ts';
import type { Deps, Post } from './deps.ts';
import { isMethodClosed, isRefused } from './errors.ts';

export const METADATA_TYPE = 'carveout_delivery';

/** Slack stamps messages by its own clock; milliseconds it may differ from ours. */
const CLOCKS_APART = 5 * 60_000;
const PAGE = 200;
const PAGES = 10;

type Answer = {
  messages?: { ts?: string; metadata?: { event_type?: string; event_payload?: object } }[];
  response_metadata?: { next_cursor?: string };
};

/**
 * @param since when it was first tried
 * @returns its ts; null where it is not there, or the bot may not look
 */
export async function findPosted(
  deps: Deps,
  { key, channel, thread_ts }: Pick<Post, 'key' | 'channel' | 'thread_ts'>,
  since: Date,
): Promise<string | null> {
  const oldest = ((since.getTime() - CLOCKS_APART) / 1000).toFixed(6);
  const where = { channel, oldest, limit: PAGE, include_all_metadata: true };
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const from = cursor ? { ...where, cursor } : where;
    const answer = await read(deps, from, thread_ts);
    const found = answer.messages?.find(({ metadata }) => isOurs(metadata, key));
    if (found?.ts) return found.ts;
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}

async function read(
  deps: Deps,
  from: { channel: string; oldest: string; limit: number; include_all_metadata: boolean; cursor?: string },
  thread_ts: string | undefined,
): Promise<Answer> {
  const { conversations } = deps.client;
  try {
    return (await call(deps, BUCKETS.history, () =>
      thread_ts ? conversations.replies({ ...from, ts: thread_ts }) : conversations.history(from),
    )) as Answer;
  } catch (error) {
    // A thread whose root was deleted holds nothing, and what may not be read back cannot be.
    if (isRefused(error, 'message', 'route') || isMethodClosed(error)) return {};
    throw error;
  }
}

const isOurs = (metadata: NonNullable<Answer['messages']>[number]['metadata'], key: string): boolean =>
  metadata?.event_type === METADATA_TYPE && (metadata.event_payload as { key?: unknown } | undefined)?.key === key;
