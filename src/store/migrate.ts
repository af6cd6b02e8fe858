import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';

const FOLDER = path.resolve(import.meta.dirname, '../../migrations');

/**
 * Brings the schema up to date. Several replicas may call it at once: one applies, the others wait for it.
 * @throws Error naming the migration that failed
 */
export async function migrate({ connectionString }: { connectionString: string }): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max: 1 }) }) });
  try {
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
    const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
    const failed = results?.find(({ status }) => status === 'Error');
    if (error)
      throw new Error(failed ? `migration ${failed.migrationName} failed` : 'the migrations failed', { cause: error });
  } finally {
    await db.destroy();
  }
}
