import { parse } from 'yaml';
import { SYSTEM } from '../core/events.ts';
import { policyDocument } from '../core/policy.ts';
import type { Instant } from '../core/values.ts';
import type { Store } from './connect.ts';
import { appendTo } from './eventLog.ts';
import { sha256 } from './policies.ts';
import type { Db } from './schema.ts';

const STREAM = 'policy';

export type Published = {
  version: number;
  /** `new`: this file became the newest version. `older`: it was published before, and a newer one is in force. */
  standing: 'new' | 'current' | 'older';
};

/**
 * An unknown policy file becomes the next version, on the record; several replicas may bring the same one at once.
 * @param document the file's text
 * @throws ZodError where it is not a policy
 */
export async function publishPolicy(store: Store, teamId: string, document: string, at: Instant): Promise<Published> {
  policyDocument.parse(parse(document));
  const hash = sha256(document);
  for (;;) {
    const versions = await versionsOf(store.db, teamId);
    const newest = versions.at(-1)?.version ?? 0;
    const known = versions.findLast((version) => version.sha256 === hash);
    if (known) return { version: known.version, standing: known.version === newest ? 'current' : 'older' };
    if (await publish(store, teamId, { version: newest + 1, sha256: hash, document, at }))
      return { version: newest + 1, standing: 'new' };
  }
}

const versionsOf = (db: Db, teamId: string) =>
  db.selectFrom('policies').select(['version', 'sha256']).where('team_id', '=', teamId).orderBy('version').execute();

type Version = { version: number; sha256: string; document: string; at: Instant };

/** Event and row together, or neither. @returns false where another replica published first */
async function publish(
  { db, pool }: Store,
  teamId: string,
  { version, sha256, document, at }: Version,
): Promise<boolean> {
  const last = await db
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', STREAM)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  const client = await pool.connect();
  try {
    await client.query('begin');
    const outcome = await appendTo(client, {
      teamId,
      stream: STREAM,
      expectedVersion: last?.seq ?? 0,
      head: last?.hash ?? null,
      events: [{ type: 'policy_published', version, sha256, by: SYSTEM, at }],
      intents: [],
      request: null,
      key: null,
      handled: null,
    });
    if (outcome === 'appended') {
      const text = `insert into policies (team_id, version, sha256, document, published_by, published_at)
        values ($1, $2, $3, $4, $5, $6)`;
      await client.query(text, [teamId, version, sha256, document, SYSTEM, at]);
    }
    await client.query(outcome === 'appended' ? 'commit' : 'rollback');
    return outcome === 'appended';
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
