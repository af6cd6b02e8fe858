/**
 * Thousands of rows at once, as Postgres has them: making texts of their columns there, and taking them apart here, costs more
 * than what is in them. Format: https://www.postgresql.org/docs/18/sql-copy.html (binary)
 */
import pg from 'pg';
import { type Bytes, decoded, int32, uint16 } from './bytes.ts';
import { takeCopy } from './copyMessages.ts';

/** Stands in a statement for `$1` and so on, as a literal. */
export type Literal = string | number | null;
/**
 * What `of` makes of each row of a query, which it is given as it comes in, while it is at hand: it has to take what it needs.
 * It must know the types of the columns, so the query casts them.
 */
export type Bulk = <T>(query: string, values: readonly Literal[], of: (row: BulkRow) => T) => Promise<T[]>;

export const bulkText = (query: string, values: readonly Literal[]): string =>
  `copy (${query.replace(/\$(\d+)/g, (_, n) => literal(values[n - 1] ?? null))}) to stdout (format binary)`;

const literal = (value: Literal): string => (value === null ? 'null' : pg.escapeLiteral(String(value)));

/** One row after the other; columns count from 0. */
export class BulkRow {
  #bytes: Bytes = '';
  /** Of each column where its bytes begin; their number stands before them. */
  readonly #starts: number[] = [];

  /** @param from where the number of its columns stands */
  become(bytes: Bytes, from: number): void {
    this.#bytes = bytes;
    const columns = uint16(bytes, from);
    let at = from + 6;
    for (let column = 0; column < columns; column++) {
      this.#starts[column] = at;
      at += Math.max(0, int32(bytes, at - 4)) + 4;
    }
  }

  /** @returns null for null */
  bytesOrNull(column: number): Bytes | null {
    const from = this.#startOf(column);
    const length = int32(this.#bytes, from - 4);
    return length < 0 ? null : this.#bytes.slice(from, from + length);
  }

  /** Empty for null. */
  bytes(column: number): Bytes {
    return this.bytesOrNull(column) ?? '';
  }

  text(column: number): string {
    return decoded(this.bytes(column));
  }

  /** Of an `int` that is not null. */
  int(column: number): number {
    return int32(this.#bytes, this.#startOf(column));
  }

  /** Of a `bigint` that is not null, as far as numbers reach. */
  bigint(column: number): number {
    const from = this.#startOf(column);
    return int32(this.#bytes, from) * 2 ** 32 + (int32(this.#bytes, from + 4) >>> 0);
  }

  /** Of a `timestamptz` that is not null, as the millisecond ISO text that was hashed; empty where it is none. */
  instant(column: number): string {
    const micros = this.bigint(column);
    const ms = EPOCH + (Number.isSafeInteger(micros) ? micros / 1000 : this.#farMs(column));
    return Number.isInteger(ms) && Math.abs(ms) <= LAST ? isoText(ms) : '';
  }

  /** Before 1714 and after 2255 microseconds are beyond what a number tells apart. */
  #farMs(column: number): number {
    const from = this.#startOf(column);
    const micros = (BigInt(int32(this.#bytes, from)) << 32n) + BigInt(int32(this.#bytes, from + 4) >>> 0);
    return micros % 1000n === 0n ? Number(micros / 1000n) : Number.NaN;
  }

  #startOf(column: number): number {
    const from = this.#starts[column];
    if (from === undefined) throw new RangeError(`the row has no column ${column}`);
    return from;
  }
}

/** Postgres counts microseconds from 2000 on; dates end with the year 275760. Milliseconds. */
const EPOCH = Date.UTC(2000);
const LAST = 8.64e15;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** Most events are of the same day as the one before. */
let [day, dayText] = [0, '1970-01-01T'];

/** What `toISOString` gives, at a third of the cost. */
function isoText(ms: number): string {
  const of = Math.floor(ms / DAY);
  if (of !== day) [day, dayText] = [of, new Date(of * DAY).toISOString().slice(0, -13)];
  const time = ms - of * DAY;
  const [minutes, seconds] = [Math.floor(time / MINUTE) % 60, Math.floor(time / 1000) % 60];
  return `${dayText}${TWO[Math.floor(time / HOUR)]}:${TWO[minutes]}:${TWO[seconds]}.${THREE[time % 1000]}Z`;
}
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** A `copy … to stdout`, as a query of `pg` that Kysely reads like a cursor; what is made of all rows comes at once. */
export class BulkCopy<T> extends pg.Query {
  readonly #of: (row: BulkRow) => T;
  readonly #row = new BulkRow();
  #made: T[] = [];
  #failure: unknown;
  readonly #done: Promise<void>;

  /** @param values what is made of a row, as the only one: Kysely hands over a list */
  constructor(text: string, values: readonly unknown[]) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    super(text, (error) => {
      if (error ?? this.#failure) reject(error ?? this.#failure);
      else resolve();
    });
    this.#done = promise;
    this.#of = values[0] as (row: BulkRow) => T;
  }

  override submit = (connection: pg.Connection): void => {
    takeCopy(connection.stream, (bytes, from) => this.#take(bytes, from));
    pg.Query.prototype.submit.call(this, connection);
  };

  /** Of each row; before the first one stands the header, and behind the last one a row without columns. */
  #take(bytes: Bytes, from: number): void {
    const at = bytes.startsWith(SIGNATURE, from) ? from + HEADER + int32(bytes, from + HEADER - 4) : from;
    if (uint16(bytes, at) === END) return;
    this.#row.become(bytes, at);
    try {
      this.#made.push(this.#of(this.#row));
    } catch (error) {
      // Nobody would hear it here; whoever asked does, once the connection is free again.
      this.#failure ??= error;
    }
  }

  /** @returns none the second time */
  async read(): Promise<T[]> {
    await this.#done;
    const made = this.#made;
    this.#made = [];
    return made;
  }

  async close(): Promise<void> {}
}

const SIGNATURE = 'PGCOPY\n\u00ff\r\n\0';
/** Signature, flags, and the length of what else may stand before the first row. */
const HEADER = SIGNATURE.length + 8;
const END = 0xffff;
