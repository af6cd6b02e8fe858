/** Changing a message that stands in Slack. */
import type { Message } from '../views/drawn.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Posted } from './deps.ts';
import { isRefused } from './errors.ts';
import { plain } from './post.ts';

/** @throws Later, Refused (`message` where it cannot be changed any more) */
export async function update(deps: Deps, posted: Posted, message: Message): Promise<void> {
  try {
    await chatUpdate(deps, posted, message);
  } catch (error) {
    if (!isRefused(error, 'drawing')) throw error;
    await chatUpdate(deps, posted, plain(deps, error.failure.messages, posted.key, message));
  }
}

const chatUpdate = ({ client, ...deps }: Deps, { channel, ts }: Posted, { text, blocks }: Message) =>
  // Both: with text alone, Slack would keep nothing of the blocks.
  call({ client, ...deps }, BUCKETS.update, () => client.chat.update({ channel, ts, text, blocks }));
