/** Thousands of rows at once: what a driver does for every value of every row costs more than what is in them. */
import type { Reader, TextRow } from './reader.ts';

/** A statement in two forms: row by row, and all of a column in one text. */
export type Many = { columns: number; rows: string; joined: string };

/** Between two values; and what stands before those that may be null, or in their place. */
const [UNIT, VALUE, NULL] = ['\u001f', '+', '-'];

/** @param columns expressions that give texts; one that may be null ends with `?` @param from all that follows in the statement */
export function many(columns: readonly string[], from: string): Many {
  const named = columns.map((column, at) => `${expression(column)} as c${at}`).join(', ');
  // A value that is null where none may be counts as two, so that it makes up for no separator in another one.
  const joined = columns.map((_, at) => `string_agg(coalesce(c${at}, E'\\x1f'), E'\\x1f') as c${at}`).join(', ');
  const rows = `select ${named} ${from}`;
  return { columns: columns.length, rows, joined: `select ${joined}, count(*)::text as count from (${rows}) as many` };
}

const expression = (column: string): string =>
  column.endsWith('?') ? `coalesce('${VALUE}' || ${column.slice(0, -1)}, '${NULL}')` : column;

/** In the order in which the statement gives them; those that may be null are to be read with `orNull`. */
export async function readMany(read: Reader, { columns, rows, joined }: Many, values: readonly unknown[]) {
  const [row = []] = await read(joined, values);
  const count = Number(row[columns]);
  const texts = row.slice(0, columns).map((text) => (count === 0 ? [] : (text ?? '').split(UNIT)));
  // Somebody typed, or wrote, what stands between two values here: then each value is to come by itself.
  if (texts.some(({ length }) => length !== count)) return read(rows, values);
  return Array.from({ length: count }, (_, at): TextRow => texts.map((column) => column[at] ?? ''));
}

export const orNull = (value: string | null | undefined): string | null =>
  value?.startsWith(VALUE) ? value.slice(1) : null;
