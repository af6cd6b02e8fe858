/** Two rows, column by column. */
import canonicalize from 'canonicalize';

/** Names of the columns in which a row is not what its events make of it. */
export function differences(derived: object, row: object): string[] {
  const stored = new Map(Object.entries(row));
  return Object.entries(derived)
    .filter(([column, value]) => canonical(value) !== canonical(stored.get(column)))
    .map(([column]) => column);
}

/** Dates become the ISO text that the events have. */
const canonical = (value: unknown): string => canonicalize(JSON.parse(JSON.stringify(value ?? null))) ?? '';
