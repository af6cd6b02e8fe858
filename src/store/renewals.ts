/** Which request renews which. */
import type pg from 'pg';
import type { RenewedBy } from '../core/renewing.ts';
import type { Db } from './schema.ts';

const RENEWED_BY = `
  select number, status from requests
  where team_id = $1 and renews = $2 and status in ('in_review', 'approved')`;

/** The index allows one. */
export async function readRenewedBy(
  pool: Pick<pg.Pool, 'query'>,
  { teamId, number }: { teamId: string; number: number },
): Promise<RenewedBy | null> {
  const { rows } = await pool.query<RenewedBy>({ name: 'renewed_by', text: RENEWED_BY, values: [teamId, number] });
  return rows[0] ?? null;
}

/** The same, for views. */
export async function renewalOf(db: Db, teamId: string, number: number): Promise<RenewedBy | null> {
  const row = await db
    .selectFrom('requests')
    .select(['number', 'status'])
    .where('team_id', '=', teamId)
    .where('renews', '=', number)
    .where('status', 'in', ['in_review', 'approved'])
    .executeTakeFirst();
  return row ?? null;
}
