import pg from 'pg';
import type { Fields, PostgresWiring } from '../core/sources.ts';
import { toFacts } from './facts.ts';
import { codeOf, MOST_ROWS, type Reader, SourceFailure, type Surroundings, tooManyRows, variable } from './reader.ts';

/** A source that is a query on a Postgres database. */
export const postgresReader = (postgres: PostgresWiring, fields: Fields): Reader => ({
  read: (customer, surroundings) =>
    connected(postgres, surroundings, async (client) => {
      const { rows } = await ask(client, postgres, fields, customer, MOST_ROWS + 1);
      if (rows.length > MOST_ROWS) throw tooManyRows('The query', 'let it ask for one customer, or sum its rows up');
      return rows.length === 0 ? null : toFacts(fields, (path) => rows.map((row) => row[path]));
    }),
  check: (surroundings) =>
    connected(postgres, surroundings, async (client) => {
      await ask(client, postgres, fields, null, 0);
    }),
});

async function connected<T>(
  postgres: PostgresWiring,
  { env, signal, timeoutMs }: Surroundings,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const connectionString = variable(env, postgres.url_env);
  if (!/^postgres(ql)?:\/\/\S+$/.test(connectionString))
    throw new SourceFailure(`The environment variable ${postgres.url_env} is no Postgres address`, AS_ADDRESS);
  let client: pg.Client | undefined;
  // A query that is still under way is cut off with its connection.
  const end = () => void client?.end().catch(() => undefined);
  try {
    client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: timeoutMs,
      application_name: 'carveout',
      types: { getTypeParser },
    });
    // A connection that is lost fails its query; unheard, it would end the process as well.
    client.on('error', () => undefined);
    signal.addEventListener('abort', end);
    await client.connect();
    await client.query(
      `begin transaction read only; set local statement_timeout = ${Math.ceil(timeoutMs)};
       set local time zone 'UTC'; set local datestyle to iso`,
    );
    return await use(client);
  } catch (error) {
    throw failure(error, postgres);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/**
 * Through a cursor, which takes nothing but a query, and of it no more rows than are wanted: with 0 of them, the database
 * says whether it understands the query and which columns it has, and runs nothing.
 */
async function ask(
  client: pg.Client,
  { query }: PostgresWiring,
  fields: Fields,
  customer: string | null,
  most: number,
): Promise<pg.QueryResult<Record<string, unknown>>> {
  await client.query(`declare asked no scroll cursor for ${query}`, [customer]);
  const answer = await client.query<Record<string, unknown>>(`fetch forward ${most} from asked`);
  const columns = answer.fields.map(({ name }) => name);
  const absent = Object.values(fields).filter(({ path }) => !columns.includes(path));
  if (absent.length > 0)
    throw new SourceFailure(
      `The query has no column ${absent.map(({ path }) => path).join(', ')}`,
      `name columns that it has in the policy (${columns.join(', ')})`,
    );
  return answer;
}

const { DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL, BYTEA } = pg.types.builtins;
const AS_WRITTEN: readonly number[] = [DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL, BYTEA];

/** Days and hours as Postgres writes them: as JavaScript's dates they would move with the machine's zone. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  AS_WRITTEN.includes(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format);

const AS_ADDRESS = 'set it to one such as postgresql://reader:password@db.example.com:5432/crm';

function failure(error: unknown, { url_env }: PostgresWiring): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const code = codeOf(error);
  if (code === '57014') return new SourceFailure('The query took too long', 'see what it waits for, or add an index');
  if (code === '25006' || code === '0A000' || code === '25001')
    return new SourceFailure('The query would change data', 'write one that only reads');
  // Only messages about the query itself are passed on: others quote the customer's data.
  if (error instanceof pg.DatabaseError && code?.startsWith('42'))
    return new SourceFailure(
      `The database refuses the query (${error.message})`,
      'write one SELECT on what the user of the connection may read',
    );
  if (code?.startsWith('28') || code === '3D000')
    return new SourceFailure(`The database lets nobody in by the address in ${url_env} (${code})`, AS_ADDRESS);
  if (error instanceof pg.DatabaseError)
    return new SourceFailure(`The query failed (${code})`, 'try it on the database by hand');
  return new SourceFailure(
    `The database at the address in ${url_env} cannot be reached (${code ?? 'no connection'})`,
    'see whether it is up, and whether it can be reached from where the bot runs',
  );
}
