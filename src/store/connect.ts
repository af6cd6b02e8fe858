import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import type { Database, Db } from './schema.ts';

export type Store = { db: Db; pool: pg.Pool; close(): Promise<void> };

/** Opens no connection yet: the first query does, so a database that is down is met where it is used. */
export function connect(connectionString: string, log: Log, max = 16): Store {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    // A statement that hangs would hold a click past Slack's three seconds and a connection with it.
    statement_timeout: 30_000,
    application_name: 'carveout',
  });
  // A connection that drops while idle has nobody to tell but this; unheard, it would end the process.
  pool.on('error', (error) =>
    log.warn({ err: error }, 'an idle database connection was lost; the next query opens another'),
  );
  // A connection in use that drops fails its query; unheard, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
