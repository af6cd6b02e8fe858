/** Which key signs checkpoints, as the record itself tells it. */
import type { KeyObject } from 'node:crypto';
import { SYSTEM } from '../core/events.ts';
import type { Instant } from '../core/values.ts';
import { originOf, verifierKeyOf, verifierKeyText } from '../proof/checkpoint.ts';
import { appendTo } from './append.ts';
import type { Store } from './connect.ts';
import type { Db } from './schema.ts';

export const KEY_STREAM = 'seal';

/** What auditors are given to check signatures with: `carveout/T0123456789+1a2b3c4d+AZ…`; null for no key. */
export const keyTextOf = (teamId: string, key: KeyObject | null): string | null =>
  key && verifierKeyText(verifierKeyOf(originOf(teamId), key));

type OnRecord = { seq: number; head: string; key: string | null };

/** The last change of the key. @returns undefined where there was none: nothing was ever signed */
export async function keyOnRecord(db: Db, teamId: string): Promise<OnRecord | undefined> {
  const row = await db
    .selectFrom('events')
    .select(['seq', 'hash', 'data'])
    .where('team_id', '=', teamId)
    .where('stream', '=', KEY_STREAM)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return row && { seq: row.seq, head: row.hash, key: 'key' in row.data ? String(row.data.key ?? '') || null : null };
}

/**
 * Says on the record from when on which key signs. Several replicas may come with the same one at once.
 * @param key Ed25519, private; null for none
 * @returns whether it is another than before
 */
export async function recordSealKey(
  { db, pool }: Store,
  teamId: string,
  key: KeyObject | null,
  at: Instant,
): Promise<boolean> {
  const text = keyTextOf(teamId, key);
  for (;;) {
    const last = await keyOnRecord(db, teamId);
    if ((last?.key ?? null) === text) return false;
    const outcome = await appendTo(pool, {
      ...{ teamId, stream: KEY_STREAM, expectedVersion: last?.seq ?? 0, head: last?.head ?? null },
      events: [{ type: 'seal_key_changed', key: text, by: SYSTEM, at }],
      ...{ intents: [], request: null, key: null, handled: null },
    });
    if (outcome === 'appended') return true;
  }
}
