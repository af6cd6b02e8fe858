import { z } from 'zod';
import { sha256 } from '../policies.ts';
import type { Db } from '../schema.ts';
import type { Fault } from './fault.ts';

const published = z.object({ version: z.int(), sha256: z.string() });

/** Each published version of the policy must be there with the text that its event gives the hash of, and no other. */
export async function policyFaults(db: Db, teamId: string): Promise<Fault[]> {
  const rows = await db
    .selectFrom('policies')
    .select(['version', 'sha256', 'document', 'published_by', 'published_at'])
    .where('team_id', '=', teamId)
    .orderBy('version')
    .execute();
  const events = await db
    .selectFrom('events')
    .select(['seq', 'data', 'actor', 'at'])
    .where('team_id', '=', teamId)
    .where('stream', '=', 'policy')
    .where('type', '=', 'policy_published')
    .orderBy('seq')
    .execute();
  const recorded = events.flatMap(({ seq, data, actor, at }) => {
    const facts = published.safeParse(data).data; // A malformed event is a fault of its stream already.
    return facts ? [{ seq, ...facts, actor, at }] : [];
  });
  const changed = recorded.filter((event) => {
    const row = rows.find(({ version }) => version === event.version);
    if (!row || row.sha256 !== event.sha256 || sha256(row.document) !== event.sha256) return true;
    return row.published_by !== event.actor || row.published_at.getTime() !== event.at.getTime();
  });
  const unrecorded = rows.filter(({ version }) => !recorded.some((event) => event.version === version));
  return [...changed, ...unrecorded.map(({ version }) => ({ version, seq: null }))].map(({ version, seq }) => ({
    ...{ stream: 'policy', seq, what: 'row_changed', columns: [`policy version ${version}`] },
  }));
}
