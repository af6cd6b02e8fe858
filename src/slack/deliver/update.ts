/** Changing a message that stands in Slack. */
import type { Message } from '../views/drawn.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Posted } from './deps.ts';
import { plainer } from './post.ts';

/** @throws Later, Refused (`message` where it cannot be changed any more) */
export async function update(deps: Deps, posted: Posted, message: Message): Promise<void> {
  try {
    await chatUpdate(deps, posted, message);
  } catch (error) {
    const simpler = plainer(deps, error, posted.key, message);
    if (!simpler) throw error;
    await update(deps, posted, simpler);
  }
}

const chatUpdate = ({ client, ...deps }: Deps, { channel, ts }: Posted, { text, blocks }: Message) =>
  // Both: with text alone, Slack would keep nothing of the blocks.
  call({ client, ...deps }, BUCKETS.update, () => client.chat.update({ channel, ts, text, blocks }));
