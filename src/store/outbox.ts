/** What is owed to somebody and not yet in the queue. An append writes it in its own statement; the relay takes it out. */
import { sql } from 'kysely';
import type { Intent } from '../app/intents.ts';
import type { Db } from './schema.ts';

/** What one commit owes, in its order. */
export type Owed = { id: string; intents: unknown[] };

/** Adds what is owed outside an append: what one delivery finds that others must do. */
export async function owe(db: Db, teamId: string, intents: Intent[]): Promise<void> {
  if (intents.length === 0) return;
  await db
    .insertInto('outbox')
    .values({ team_id: teamId, intents: JSON.stringify(intents) })
    .execute();
}

/**
 * Takes the oldest rows, at most `limit`, in the order they were written. What another replica is taking is passed over.
 * Call it in the transaction that puts them into the queue: a rollback leaves them here.
 */
export async function takeOwed(trx: Db, teamId: string, limit: number): Promise<Owed[]> {
  const oldest = trx
    .selectFrom('outbox')
    .select('id')
    .where('team_id', '=', teamId)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await trx.deleteFrom('outbox').where('id', 'in', oldest).returning(['id', 'intents']).execute();
  return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

export async function countOwed(db: Db, teamId: string): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select(sql<string>`coalesce(sum(jsonb_array_length(intents)), 0)`.as('count'))
    .where('team_id', '=', teamId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
