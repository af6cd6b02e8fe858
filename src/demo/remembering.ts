/**
 * A database that answers from memory what it was asked before, for whoever draws the same requests again and again while
 * nobody changes them.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresDialect,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Database, Db } from '../store/schema.ts';

/** Requests and people; not what the drawing itself writes. */
const UNCHANGED = [
  ...['requests', 'contents', 'events', 'policies', 'policy_reviews'],
  ...['people', 'groups', 'group_members', 'channels'],
];

export type Remembering = {
  db: Db;
  /** To be called after a change. */
  forget(): void;
};

type Answers = Map<string, Promise<QueryResult<unknown>>>;
/** `passing`: until something is written. */
type Memory = { lasting: Answers; passing: Answers };

/** @param pool stays the caller's to end */
export function remembering(pool: pg.Pool): Remembering {
  const memory: Memory = { lasting: new Map(), passing: new Map() };
  const postgres = new PostgresDialect({ pool });
  const dialect: Dialect = {
    createAdapter: () => postgres.createAdapter(),
    createIntrospector: (db) => postgres.createIntrospector(db),
    createQueryCompiler: () => postgres.createQueryCompiler(),
    createDriver: () => driverWith(postgres.createDriver(), memory),
  };
  return { db: new Kysely<Database>({ dialect }), forget: () => forget(memory) };
}

/** A connection is taken only where memory has no answer, and for a whole transaction. */
type Lazy = DatabaseConnection & {
  real(): Promise<DatabaseConnection>;
  taken(): Promise<DatabaseConnection> | undefined;
};

const driverWith = (driver: Driver, memory: Memory): Driver => {
  const real = (connection: DatabaseConnection) => (connection as Lazy).real();
  return {
    init: () => driver.init(),
    acquireConnection: async () => lazy(driver, memory),
    beginTransaction: async (connection, settings) => driver.beginTransaction(await real(connection), settings),
    commitTransaction: async (connection) => driver.commitTransaction(await real(connection)),
    rollbackTransaction: async (connection) => driver.rollbackTransaction(await real(connection)),
    releaseConnection: async (connection) => {
      const taken = await (connection as Lazy).taken();
      if (taken) await driver.releaseConnection(taken);
    },
    destroy: async () => undefined,
  };
};

function lazy(driver: Driver, memory: Memory): Lazy {
  let taken: Promise<DatabaseConnection> | undefined;
  const real = () => {
    taken ??= driver.acquireConnection();
    return taken;
  };
  return {
    real,
    taken: () => taken,
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const ask = async () => (await real()).executeQuery(query);
      const answers = answersTo(query.sql, memory);
      if (!answers) return (await ask()) as QueryResult<R>;
      const key = JSON.stringify([query.sql, query.parameters]);
      const answer = answers.get(key) ?? ask();
      answers.set(key, answer);
      const { rows, ...result } = (await answer) as QueryResult<R>;
      return { ...result, rows: [...rows] };
    },
    // Nothing here reads a stream.
    async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
      yield* (await real()).streamQuery<R>(query, chunkSize);
    },
  };
}

/** Where the answer to a question is remembered; a statement that writes makes the passing ones forgotten. */
function answersTo(text: string, { lasting, passing }: Memory): Answers | null {
  if (!text.startsWith('select ') || text.includes(' for update')) {
    passing.clear();
    return null;
  }
  const tables = [...text.matchAll(/(?:from|join) "(\w+)"/g)].map(([, table = '']) => table);
  if (tables.length === 0) return null;
  if (tables.every((table) => UNCHANGED.includes(table))) return lasting;
  return tables.every((table) => table === 'deliveries' || UNCHANGED.includes(table)) ? passing : null;
}

function forget({ lasting, passing }: Memory): void {
  lasting.clear();
  passing.clear();
}
