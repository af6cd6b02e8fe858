/** The bot's role in Postgres: made, given its rights, and granted to whoever runs the bot. By an administrator's connection. */
import { randomInt } from 'node:crypto';
import pg from 'pg';
import { BOT_ROLE, GRANTS, QUEUE_SCHEMA, READ_ONLY } from './grants.ts';

/** The two addresses of the database do not fit together, or the administrator's lacks a right; the message says what to do. */
export class DatabaseSetupError extends Error {
  override name = 'DatabaseSetupError';
}

/**
 * Roles belong to the whole server, so another database may be making it at this moment. A user who may not make roles goes
 * on without.
 */
export const MAKE_ROLE = `
  do $$ begin
    create role ${BOT_ROLE} nologin;
  exception when duplicate_object or unique_violation or insufficient_privilege then null;
  end $$`;

const rightsOn = (table: string, rights: readonly string[]): string[] => [
  `revoke all on ${table} from ${BOT_ROLE}`,
  `grant ${['select', ...rights].join(', ')} on ${table} to ${BOT_ROLE}`,
];

const statements = (): string[] => [
  `grant usage on schema public to ${BOT_ROLE}`,
  ...Object.entries(GRANTS).flatMap(([table, rights]) => rightsOn(`public.${table}`, rights)),
  ...READ_ONLY.flatMap((table) => rightsOn(`public.${table}`, [])),
  `grant usage on schema ${QUEUE_SCHEMA} to ${BOT_ROLE}`,
  `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${BOT_ROLE}`,
  `grant usage on all sequences in schema ${QUEUE_SCHEMA} to ${BOT_ROLE}`,
  `grant execute on all functions in schema ${QUEUE_SCHEMA} to ${BOT_ROLE}`,
];

/** Any number does, as long as nobody else uses it: replicas that start together set rights one after the other. */
const TURN = 752_016_001;

type Urls = { adminUrl: string; databaseUrl: string };

/**
 * Gives the role its rights on what is there now, and the role to the user of `databaseUrl`. Call it after the migrations.
 * @throws DatabaseSetupError
 */
export async function admitBot({ adminUrl, databaseUrl }: Urls): Promise<void> {
  const user = await withClient(databaseUrl, userOf);
  await withClient(adminUrl, async (admin) => {
    const administrator = await userOf(admin);
    await admin.query(MAKE_ROLE);
    if (!(await exists(admin)))
      throw new DatabaseSetupError(
        `DATABASE_ADMIN_URL: the role ${BOT_ROLE} is missing, and ${administrator} may not make roles. Let a superuser run: create role ${BOT_ROLE} nologin; grant ${BOT_ROLE} to ${pg.escapeIdentifier(user)}`,
      );
    await admin.query('begin');
    try {
      await admin.query('select pg_advisory_xact_lock($1)', [TURN]);
      await admin.query(statements().join(';\n'));
      await admin.query('commit');
    } catch (error) {
      await admin.query('rollback');
      throw withoutRight(error, 'DATABASE_ADMIN_URL');
    }
    if (user !== administrator) await grantRole(admin, user, administrator);
  });
}

/** Nothing to do where they have it already, so that whoever made the role need not be there again. */
async function grantRole(admin: pg.Client, user: string, administrator: string): Promise<void> {
  const { rows } = await admin.query<{ has: boolean }>('select pg_has_role($1, $2, $3) as has', [
    ...[user, BOT_ROLE, 'usage'],
  ]);
  if (rows[0]?.has) return;
  const grant = `grant ${BOT_ROLE} to ${pg.escapeIdentifier(user)} with inherit true`;
  await admin.query(grant).catch((error: unknown) => {
    // Of several replicas one was first.
    if (error instanceof pg.DatabaseError && error.code === '23505') return;
    if (!isDenied(error)) throw error;
    throw new DatabaseSetupError(
      `DATABASE_ADMIN_URL: ${administrator} may not grant the role ${BOT_ROLE}, which ${user} of DATABASE_URL needs. Let a superuser run: ${grant}`,
    );
  });
}

/**
 * A lock that one of them holds is seen by the other where both are the same database, by whatever address.
 * @throws DatabaseSetupError where they are not
 */
export async function refuseOther({ adminUrl, databaseUrl }: Urls): Promise<void> {
  const mark = [randomInt(2 ** 31), randomInt(2 ** 31)];
  await withClient(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1::int, $2::int)', mark);
    const seen = await withClient(databaseUrl, async (bot) => {
      const { rows } = await bot.query(
        `select 1 from pg_locks where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2
           and database = (select oid from pg_database where datname = current_database())`,
        mark,
      );
      return rows.length > 0;
    });
    if (!seen)
      throw new DatabaseSetupError(
        'DATABASE_ADMIN_URL and DATABASE_URL name different databases: both must lead to the same one, with different users.',
      );
  });
}

export const isDenied = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '42501';

/** What was refused to the user of a variable, in words; any other error as it is. */
export const withoutRight = (error: unknown, variable: string): unknown =>
  isDenied(error)
    ? new DatabaseSetupError(
        `${variable}: its user lacks a right (${(error as Error).message}). Whoever makes the tables must own the database and all of them: see "The bot's own user" in docs/operations.md`,
      )
    : error;

/** Whether the user of a connection owns the bot's tables, or has a role that does. */
export const ownsTables = (databaseUrl: string): Promise<boolean> =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ owns: boolean }>(
      "select pg_has_role(tableowner, 'usage') as owns from pg_tables where schemaname = 'public' and tablename = 'events'",
    );
    return rows[0]?.owns ?? true;
  });

const exists = async (client: pg.Client): Promise<boolean> =>
  (await client.query('select 1 from pg_roles where rolname = $1', [BOT_ROLE])).rows.length > 0;

const userOf = async (client: pg.Client): Promise<string> =>
  (await client.query<{ name: string }>('select current_user as name')).rows[0]?.name ?? '';

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  // A connection that breaks fails its query; unheard, it would end the process as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
