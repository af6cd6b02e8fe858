import { parse } from 'yaml';
import { SYSTEM } from '../core/events.ts';
import { policyDocument } from '../core/policy.ts';
import type { Instant } from '../core/values.ts';
import { appendWith } from './appendWith.ts';
import type { Store } from './connect.ts';
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
    const { versions, head } = await published(store.db, teamId);
    const newest = versions.at(-1)?.version ?? 0;
    const known = versions.findLast((version) => version.sha256 === hash);
    if (known) return { version: known.version, standing: known.version === newest ? 'current' : 'older' };
    const next = { version: newest + 1, sha256: hash, document, at };
    if (await publish(store, teamId, next, head)) return { version: next.version, standing: 'new' };
  }
}

/** The end of the policy's stream, where the next version goes. */
type Head = { seq: number; hash: string } | undefined;

/** Of one moment: a version that another replica publishes between two looks would be published again. */
const published = (db: Db, teamId: string): Promise<{ versions: { version: number; sha256: string }[]; head: Head }> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => ({
      versions: await trx
        .selectFrom('policies')
        .select(['version', 'sha256'])
        .where('team_id', '=', teamId)
        .orderBy('version')
        .execute(),
      head: await trx
        .selectFrom('events')
        .select(['seq', 'hash'])
        .where('team_id', '=', teamId)
        .where('stream', '=', STREAM)
        .orderBy('seq', 'desc')
        .executeTakeFirst(),
    }));

type Version = { version: number; sha256: string; document: string; at: Instant };

/** Event and row together, or neither. @returns false where another replica published first */
async function publish(
  { pool }: Store,
  teamId: string,
  { version, sha256, document, at }: Version,
  head: Head,
): Promise<boolean> {
  const append = {
    ...{ teamId, stream: STREAM, expectedVersion: head?.seq ?? 0, head: head?.hash ?? null },
    events: [{ type: 'policy_published' as const, version, sha256, by: SYSTEM, at }],
    ...{ intents: [], request: null, key: null, handled: null },
  };
  const text = `insert into policies (team_id, version, sha256, document, published_by, published_at)
    values ($1, $2, $3, $4, $5, $6)`;
  const row = [teamId, version, sha256, document, SYSTEM, at];
  return (await appendWith(pool, append, (client) => client.query(text, row))) === 'appended';
}
