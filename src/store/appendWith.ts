import type pg from 'pg';
import type { Append, Appended } from '../app/ports.ts';
import { appendTo } from './append.ts';

/**
 * Events and what else is to be written with them, together or not at all.
 * @throws what the database throws in `more`; nothing was written then
 */
export async function appendWith(
  pool: Pick<pg.Pool, 'connect'>,
  append: Append,
  more: (client: pg.PoolClient) => Promise<unknown>,
): Promise<Appended> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const outcome = await appendTo(client, append);
    if (outcome === 'appended') await more(client);
    await client.query(outcome === 'appended' ? 'commit' : 'rollback');
    return outcome;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
