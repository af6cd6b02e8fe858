import { Kysely, type PostgresCursorConstructor, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import { BulkCopy } from './audit/bulk.ts';
import type { Database, Db } from './schema.ts';

export type Store = {
  /** For everything that is not on the path of a click. */
  db: Db;
  /** The event log's own connections: a report that takes its time holds up no click. */
  pool: pg.Pool;
  close(): Promise<void>;
};

/**
 * Opens no connection yet: the first query does, so a database that is down is met where it is used.
 * @param max connections, of the event log and of the rest each
 */
export function connect(connectionString: string, log: Log, max = 8): Store {
  const pool = createPool({ connectionString, max, onConnect: planOnce }, log);
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({
      pool: createPool({ connectionString, max }, log),
      // What Kysely is asked for as a stream is read in bulk.
      cursor: BulkCopy as PostgresCursorConstructor,
    }),
  });
  let closed: Promise<unknown> | undefined;
  return {
    db,
    pool,
    close: async () => {
      closed ??= Promise.all([db.destroy(), pool.end()]);
      await closed;
    },
  };
}

/**
 * The event log's two statements find every row by its whole key, so no value changes how, and planning them anew took longer
 * than running them. Nor may a table that was empty when they were planned be read from end to end once it is full.
 */
const planOnce = async (client: pg.ClientBase): Promise<void> => {
  await client.query('set plan_cache_mode = force_generic_plan; set enable_seqscan = off');
};

function createPool(config: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({
    ...config,
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
  return pool;
}
