import { note } from '../../store/deliveries.ts';
import { BUCKETS, call } from './api.ts';
import type { Deps, Posted } from './deps.ts';
import { refusalOf } from './errors.ts';

/** A link to the message, asked for once; null where Slack does not give one, which must hold nothing up. */
export async function permalinkOf(deps: Deps, { key, subject, channel, ts }: Posted): Promise<string | null> {
  if (typeof subject.permalink === 'string') return subject.permalink;
  try {
    const ask = () => deps.client.chat.getPermalink({ channel, message_ts: ts });
    const { permalink } = await call(deps, BUCKETS.permalink, ask);
    if (permalink) await note(deps.db, deps.teamId, key, { permalink });
    return permalink ?? null;
  } catch (error) {
    const reason = refusalOf(error)?.message ?? error;
    deps.log.info({ key, reason }, 'no link to a message: it is told without one');
    return null;
  }
}
