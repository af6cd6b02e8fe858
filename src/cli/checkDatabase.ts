import pg from 'pg';
import type { StoreConfig } from '../config.ts';
import { EmbeddedPostgresError } from '../embedded/errors.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { checkRights } from './checkRights.ts';
import { reasonOf } from './command.ts';
import { connectOrStart } from './store.ts';
import { fail, type Line, ok, warn } from './verdict.ts';

/** What the bot's SQL needs: `at` least this major version. */
const OLDEST_POSTGRES = 16;
const PATIENCE = 5_000;

export async function checkDatabase(config: StoreConfig): Promise<Line[]> {
  const where = config.databaseUrl ? 'the server of DATABASE_URL' : `the embedded one under ${config.dataDir}`;
  try {
    const server = await connectOrStart(config);
    try {
      return await ask(server.url, where, config);
    } finally {
      await server.stop();
    }
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) return [fail('database', error.message)];
    return [
      fail(
        'database',
        `${where} cannot be ${codeOf(error) === NO_RIGHT ? 'read' : 'reached'} (${reasonOf(error)}): ${remedy(error)}`,
      ),
    ];
  }
}

async function ask(url: string, where: string, config: StoreConfig): Promise<Line[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; fsync: string; creates: boolean }>(`
      select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync,
        has_schema_privilege('public', 'create') as creates`);
    const [{ version, fsync, creates } = { version: 0, fsync: 'on', creates: true }] = rows;
    const pending = await pendingMigrations({ connectionString: url });
    return [
      version < OLDEST_POSTGRES
        ? fail('database', `Postgres ${version} is too old: Carveout needs ${OLDEST_POSTGRES} or later`)
        : ok('database', `Postgres ${version}, ${where}`),
      ...(fsync === 'off'
        ? [warn('database', 'fsync is off, so what is acknowledged can be lost when the machine goes down: turn it on')]
        : []),
      // Where somebody else makes the tables, it is looked at below whether they may.
      schema(pending, creates || config.databaseAdminUrl !== undefined),
      ...(await checkRights(client, config)),
    ];
  } finally {
    await client.end();
  }
}

function schema(pending: string[], creates: boolean): Line {
  if (pending.length === 0) return ok('schema', 'up to date');
  if (!creates)
    return fail(
      'schema',
      `${pending.join(', ')} missing, and this user may not create tables: grant it create on schema public`,
    );
  return warn('schema', `${pending.join(', ')} missing: the bot brings it up to date when it starts`);
}

/** SQLSTATE of a user who has not been given the bot's rights yet: the server is there. */
const NO_RIGHT = '42501';
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function remedy(error: unknown): string {
  const code = codeOf(error);
  if (code === '28P01' || code === '28000') return 'correct the user or the password in DATABASE_URL';
  if (code === NO_RIGHT)
    return 'run npx node src/cli.ts migrate with DATABASE_ADMIN_URL, which gives the bot its rights';
  if (code === '3D000') return 'create the database, or correct its name in DATABASE_URL';
  return 'start Postgres, or correct DATABASE_URL';
}
