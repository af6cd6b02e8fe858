/** Direct messages. */
import type { Notice } from '../../app/intents.ts';
import type { Delivery } from '../../store/deliveries.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Post } from './deps.ts';
import { isMethodClosed, isRefused } from './errors.ts';
import { postOnce } from './post.ts';

/** The message that a person gets for one event of a request. */
export const dmKey = (number: number, person: string, seq: number, notice: Notice): string =>
  `dm/${number}/${person}/${seq}/${notice}`;

/**
 * Posts a direct message once.
 * @returns null where there is nobody to read it: an account that was deactivated, a bot, somebody out of sight
 */
export async function toPerson(
  deps: Deps,
  person: string,
  post: Omit<Post, 'channel' | 'person'>,
): Promise<Delivery | null> {
  try {
    const channel = deps.dms.get(person) ?? (await open(deps, person));
    const delivery = await postOnce(deps, { ...post, person, channel });
    if (delivery.channel !== null) deps.dms.set(person, delivery.channel);
    return delivery;
  } catch (error) {
    if (!isRefused(error, 'person', 'route')) throw error;
    deps.dms.delete(person);
    const { code } = error.failure;
    deps.log.warn({ person, key: post.key, code }, 'a direct message is dropped: Slack has nobody to give it to');
    return null;
  }
}

/** Where the bot may not open conversations: Slack takes a person's id for the channel too, and answers with the channel's. */
async function open(deps: Deps, person: string): Promise<string> {
  try {
    const answer = await call(deps, BUCKETS.open, () => deps.client.conversations.open({ users: person }));
    return answer.channel?.id ?? person;
  } catch (error) {
    if (!isMethodClosed(error)) throw error;
    return person;
  }
}
