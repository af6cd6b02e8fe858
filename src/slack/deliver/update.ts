/** Changing a message that stands in Slack. */
import type { Message } from '../views/drawn.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Posted } from './deps.ts';
import { orSimpler } from './post.ts';

/** @throws Later, Refused (`message` where it cannot be changed any more) */
export const update = (deps: Deps, posted: Posted, message: Message): Promise<void> =>
  orSimpler(deps, posted.key, message, (simpler) => chatUpdate(deps, posted, simpler));

async function chatUpdate(
  { client, ...deps }: Deps,
  { channel, ts, surface }: Posted,
  { text, blocks }: Message,
): Promise<void> {
  // Both: with text alone, Slack would keep nothing of the blocks.
  const buckets = surface === 'card' ? BUCKETS.update : BUCKETS.updateDirect;
  await call({ client, ...deps }, buckets, () => client.chat.update({ channel, ts, text, blocks }));
}
