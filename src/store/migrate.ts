import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';
import { rebuildRequests } from './rebuild.ts';
import type { Database } from './schema.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../migrations');

/**
 * Brings the schema up to date, and rows of an older shape with it. Several replicas may call it at once: one applies, the others wait for it.
 * @throws Error naming the migration that failed
 */
export const migrate = ({ connectionString }: { connectionString: string }): Promise<void> =>
  withMigrator(connectionString, async (migrator) => {
    const { error, results } = await migrator.migrateToLatest();
    const failed = results?.find(({ status }) => status === 'Error');
    if (error)
      throw new Error(failed ? `migration ${failed.migrationName} failed` : 'the migrations failed', { cause: error });
  }).then(() => rebuilt(connectionString));

async function rebuilt(connectionString: string): Promise<void> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: quietPool(connectionString) }) });
  try {
    await rebuildRequests(db);
  } finally {
    await db.destroy();
  }
}

/** Names of the migrations that the database has yet to see; looks and changes nothing. */
export const pendingMigrations = ({ connectionString }: { connectionString: string }): Promise<string[]> =>
  withMigrator(connectionString, async (migrator) =>
    (await migrator.getMigrations()).filter(({ executedAt }) => !executedAt).map(({ name }) => name),
  );

/** A connection that drops between two queries fails the next one; unheard, it would end the process. */
function quietPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1 });
  pool.on('error', () => undefined);
  return pool;
}

async function withMigrator<T>(connectionString: string, use: (migrator: Migrator) => Promise<T>): Promise<T> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: quietPool(connectionString) }) });
  try {
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
    return await use(new Migrator({ db, provider }));
  } finally {
    await db.destroy();
  }
}
