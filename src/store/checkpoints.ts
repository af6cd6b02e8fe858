/** What the tree was at a moment. */
import type { KeyObject } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../core/values.ts';
import { noteOf, originOf } from '../proof/checkpoint.ts';
import type { Frontier, Hash } from '../proof/merkle.ts';
import { owe } from './outbox.ts';
import { leafOf } from './proofs.ts';
import type { Database, Db } from './schema.ts';
import { KEY_STREAM, keyOnRecord, keyTextOf } from './sealKey.ts';

export type Checkpoint = {
  /** Events it stands for. */
  size: number;
  root: Hash;
  /** On the business clock, as the note says it. */
  at: Instant;
  /** As it is published, signed where there was a key. */
  note: string;
};

const of = (db: Db, teamId: string) =>
  db.selectFrom('checkpoints').select(['size', 'root', 'at', 'note']).where('team_id', '=', teamId);

type Row = Pick<Selectable<Database['checkpoints']>, 'size' | 'root' | 'at' | 'note'>;
export const readCheckpoint = ({ size, root, at, note }: Row): Checkpoint => ({
  ...{ size: Number(size), root, note },
  at: at.toISOString(),
});

export async function latestCheckpoint(db: Db, teamId: string): Promise<Checkpoint | null> {
  const row = await of(db, teamId).orderBy('size', 'desc').executeTakeFirst();
  return row ? readCheckpoint(row) : null;
}

export async function checkpointOf(db: Db, teamId: string, size: number): Promise<Checkpoint | null> {
  const row = await of(db, teamId).where('size', '=', String(size)).executeTakeFirst();
  return row ? readCheckpoint(row) : null;
}

/** Looked at once a minute, so that five never pass between two. */
const DUE_AFTER = sql`interval '4 minutes'`;

/** Whether the last one is some minutes old: by the machine's clock, or by the business clock where that was moved. */
export async function isCheckpointDue(db: Db, teamId: string, now: Instant): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select written_at <= clock_timestamp() - ${DUE_AFTER} or at <= ${now}::timestamptz - ${DUE_AFTER} as due
    from checkpoints where team_id = ${teamId} order by size desc limit 1`.execute(db);
  return rows[0]?.due ?? true;
}

/**
 * Keeps the tree as it is, and owes its being published, unless it has not grown since the last one, or somebody else's key
 * is the one on record: then those who have that key write it. A change of the key that is not sealed yet is waited for, since
 * by the record it holds from its own place in the tree on.
 * @param trx holds the sealer's lock
 */
export async function writeCheckpoint(
  trx: Db,
  teamId: string,
  tree: Frontier,
  { at, key }: { at: Instant; key: KeyObject | null },
): Promise<Checkpoint | null> {
  const [last, signer] = [await latestCheckpoint(trx, teamId), await keyOnRecord(trx, teamId)];
  if (tree.size <= (last?.size ?? 0)) return null;
  if (signer && signer.key !== keyTextOf(teamId, key)) return null;
  if (signer && !(await leafOf(trx, teamId, KEY_STREAM, signer.seq))) return null;
  const root = tree.root();
  const note = noteOf({ origin: originOf(teamId), size: tree.size, root, at }, key);
  await trx.insertInto('checkpoints').values({ team_id: teamId, size: tree.size, root, at, note }).execute();
  await owe(trx, teamId, [{ kind: 'publish_checkpoint', size: tree.size }]);
  return { size: tree.size, root, at, note };
}
