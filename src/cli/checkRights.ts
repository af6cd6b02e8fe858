/** Whether whoever runs the bot could change the record. */
import pg from 'pg';
import type { StoreConfig } from '../config.ts';
import { type Rights, rightsOf } from '../store/botRights.ts';
import { DatabaseSetupError, refuseOther } from '../store/botRole.ts';
import { BOT_ROLE } from '../store/grants.ts';
import { reasonOf } from './command.ts';
import { fail, type Line, ok, warn } from './verdict.ts';

const GUIDE = 'see "The bot\'s own user" in docs/operations.md';
const SHOWN = 5;

/** @param client connected as whoever runs the bot */
export async function checkRights(client: pg.Client, config: StoreConfig): Promise<Line[]> {
  const { databaseUrl, databaseAdminUrl: adminUrl } = config;
  if (!databaseUrl)
    return [
      warn(
        'rights',
        'the embedded Postgres has one user, so whoever runs the bot could change the record: where that matters, use a server of your own, with DATABASE_URL and DATABASE_ADMIN_URL',
      ),
    ];
  const rights = await rightsOf(client);
  // Whoever brings the database up to date elsewhere need not leave their address here.
  if (!adminUrl && !rights.superuser && rights.owns.length === 0 && rights.hasRole) return [verdict(rights)];
  if (!adminUrl)
    return [
      warn(
        'rights',
        `one user owns the tables and runs the bot, so whoever runs the bot could change the record: set DATABASE_ADMIN_URL to that user, and DATABASE_URL to another one, who owns nothing; ${GUIDE}`,
      ),
    ];
  return [...(await checkAdmin(adminUrl, databaseUrl, rights)), verdict(rights)];
}

async function checkAdmin(adminUrl: string, databaseUrl: string, { user }: Rights): Promise<Line[]> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  try {
    await refuseOther({ adminUrl, databaseUrl });
    await admin.connect();
    const { rows } = await admin.query<{ name: string; schema: boolean; database: boolean; tables: string | null }>(`
      select current_user as name, has_schema_privilege('public', 'create') as schema,
        has_database_privilege(current_database(), 'create') as database,
        (select string_agg(tablename, ', ') from pg_tables
          where schemaname in ('public', 'pgboss') and not pg_has_role(tableowner, 'usage')) as tables`);
    const [{ name, schema, database, tables } = { name: '', schema: true, database: true, tables: null }] = rows;
    if (name === user)
      return [fail('administrator', `DATABASE_ADMIN_URL and DATABASE_URL have the same user, ${name}; ${GUIDE}`)];
    const lacks = [
      ...(schema ? [] : ['create on schema public']),
      ...(database ? [] : ['create on the database']),
      ...(tables ? [`to own ${tables}`] : []),
    ];
    return [
      lacks.length > 0
        ? fail('administrator', `${name} of DATABASE_ADMIN_URL lacks the right ${lacks.join(', ')}; ${GUIDE}`)
        : ok('administrator', `${name} makes the tables`),
    ];
  } catch (error) {
    if (error instanceof DatabaseSetupError) return [fail('administrator', error.message)];
    return [fail('administrator', `DATABASE_ADMIN_URL cannot be reached (${reasonOf(error)}): correct it`)];
  } finally {
    await admin.end();
  }
}

function verdict({ user, superuser, owns, hasRole, tooMany, missing }: Rights): Line {
  if (superuser) return warn('rights', `${user} of DATABASE_URL is a superuser and could change the record; ${GUIDE}`);
  if (owns.length > 0)
    return warn('rights', `${user} of DATABASE_URL owns ${some(owns)}, and could change the record; ${GUIDE}`);
  if (tooMany.length > 0)
    return warn('rights', `${user} of DATABASE_URL may do more than the bot needs: revoke ${some(tooMany)}`);
  const atStart = 'the bot sets this right when it starts with DATABASE_ADMIN_URL';
  if (hasRole === null) return warn('rights', `the role ${BOT_ROLE} is missing: ${atStart}, or ${GUIDE}`);
  if (!hasRole) return warn('rights', `${user} does not have the role ${BOT_ROLE}: ${atStart}, or ${GUIDE}`);
  if (missing.length > 0) return warn('rights', `${user} may not ${some(missing)}: ${atStart}`);
  return ok('rights', `${user} runs the bot, adds to the record and cannot change it`);
}

const some = (all: string[]): string =>
  `${all.slice(0, SHOWN).join('; ')}${all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''}`;
