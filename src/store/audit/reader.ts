/** How the audit reads: whole rows as texts, over the bot's connections or one of its own. */
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Db } from '../schema.ts';
import { type Bulk, BulkCopy, type BulkRow, bulkText, type Literal } from './bulk.ts';

/** A row's columns in order: texts or null, and each has a name of its own. */
export type TextRow = (string | null)[];
export type Reader = (text: string, values: readonly unknown[]) => Promise<TextRow[]>;

/**
 * Events, the rows made from them and the words in them are all of one moment, and instants are in UTC. The same few short
 * queries are asked thousands of times: compiling them for each would take longer than they do.
 */
const BEGIN = [
  'begin isolation level repeatable read read only',
  `set local timezone to 'UTC'`,
  'set local jit to off',
];

/** @param use is given what reads within one snapshot */
export type Snapshots = <T>(use: (read: Reader, bulk: Bulk) => Promise<T>) => Promise<T>;

export const snapshotsOf =
  (db: Db): Snapshots =>
  (use) =>
    db.connection().execute(async (connection) => {
      const run = (text: string, values: readonly unknown[] = []) =>
        connection.executeQuery<Record<string, string | null>>(CompiledQuery.raw(text, [...values]));
      return within(
        async (text) => void (await run(text)),
        async (text, values) => (await run(text, values)).rows.map((row) => Object.values(row)),
        async <T>(query: string, values: readonly Literal[], of: (row: BulkRow) => T) => {
          const all: T[] = [];
          const copy = CompiledQuery.raw(bulkText(query, values), [of]) as CompiledQuery<T>;
          for await (const { rows } of connection.getExecutor().stream(copy, 1)) all.push(...rows);
          return all;
        },
        use,
      );
    });

/** @param client connected, and used for nothing else meanwhile */
export const snapshotsWith =
  (client: pg.ClientBase): Snapshots =>
  (use) =>
    within(
      async (text) => void (await client.query(text)),
      async (text, values) =>
        (await client.query<TextRow>({ text, values: [...values], rowMode: 'array', types: AS_THEY_COME })).rows,
      <T>(query: string, values: readonly Literal[], of: (row: BulkRow) => T) =>
        client.query(new BulkCopy<T>(bulkText(query, values), [of])).read(),
      use,
    );

const AS_THEY_COME = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;

async function within<T>(
  run: (text: string) => Promise<void>,
  read: Reader,
  bulk: Bulk,
  use: (read: Reader, bulk: Bulk) => Promise<T>,
): Promise<T> {
  for (const text of BEGIN) await run(text);
  try {
    return await use(read, bulk);
  } finally {
    await run('rollback');
  }
}

/** `2026-11-16 09:00:00.5+00`, as Postgres writes an instant in UTC, as the millisecond ISO text that was hashed. */
export function isoOf(text: string): string {
  const [, seconds = '', fraction = ''] = /^(.{19})(?:\.(\d{1,3}))?\+00$/.exec(text) ?? [];
  return seconds ? `${seconds.slice(0, 10)}T${seconds.slice(11)}.${fraction.padEnd(3, '0')}Z` : text;
}
