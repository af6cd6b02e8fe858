import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';
import { rebuildRequests } from './rebuild.ts';
import type { Database, Db } from './schema.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../migrations');

/**
 * Brings the schema up to date, and rows of an older shape with it. Several replicas may call it at once: one applies, the others wait for it.
 * @throws Error naming the migration that failed
 */
export const migrate = ({ connectionString }: { connectionString: string }): Promise<void> =>
  withMigrator(connectionString, async (migrator, db) => {
    // The migrator reads every table's every column before it looks, which nearly every start can do without.
    if (!(await isUpToDate(db))) await applyAll(migrator);
    await rebuildRequests(db);
  });

/** Each migration's row is committed with what it did, so whoever sees all of them need wait for nobody. */
async function isUpToDate(db: Db): Promise<boolean> {
  const { rows: found } = await sql`select where to_regclass('kysely_migration') is not null`.execute(db);
  if (found.length === 0) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const files = await fs.readdir(FOLDER);
  const [applied, wanted] = [rows.map(({ name }) => name), files.map((file) => path.parse(file).name)];
  return applied.sort().join() === wanted.sort().join();
}

async function applyAll(migrator: Migrator): Promise<void> {
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find(({ status }) => status === 'Error');
  if (error)
    throw new Error(failed ? `migration ${failed.migrationName} failed` : 'the migrations failed', { cause: error });
}

/** Names of the migrations that the database has yet to see; looks and changes nothing. */
export const pendingMigrations = ({ connectionString }: { connectionString: string }): Promise<string[]> =>
  withMigrator(connectionString, async (migrator, db) => {
    if (await isUpToDate(db)) return [];
    return (await migrator.getMigrations()).filter(({ executedAt }) => !executedAt).map(({ name }) => name);
  });

/** A connection that drops between two queries fails the next one; unheard, it would end the process. */
function quietPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1 });
  pool.on('error', () => undefined);
  return pool;
}

async function withMigrator<T>(connectionString: string, use: (migrator: Migrator, db: Db) => Promise<T>): Promise<T> {
  const db: Db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: quietPool(connectionString) }) });
  try {
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
    return await use(new Migrator({ db, provider }), db);
  } finally {
    await db.destroy();
  }
}
