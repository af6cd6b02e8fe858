import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { type CsvWiring, customerKey, type Fields } from '../core/sources.ts';
import { toFacts } from './facts.ts';
import { codeOf, MOST_ROWS, type Reader, SourceFailure, type Surroundings, tooManyRows } from './reader.ts';

type Row = readonly string[];
const LARGEST_ROW = 1_048_576;

/** A source that is a file of comma-separated values with a line of column names, in UTF-8. */
export const csvReader = (csv: CsvWiring, fields: Fields): Reader => ({
  async read(customer, surroundings) {
    const wanted = customerKey(customer);
    const { columns, rows } = await scan(csv, fields, surroundings, (key) => customerKey(key) === wanted);
    if (rows.length === 0) return null;
    return toFacts(fields, (path) => rows.map((row) => row[columns.indexOf(path)]));
  },
  async check(surroundings) {
    await scan(csv, fields, surroundings, () => false);
  },
});

type Found = { columns: string[]; rows: Row[] };

/** Reads the file as a stream: it may be far larger than what is wanted of it. */
async function scan(
  csv: CsvWiring,
  fields: Fields,
  { baseDir, signal }: Surroundings,
  wanted: (key: string) => boolean,
): Promise<Found> {
  const path = resolve(baseDir, csv.file);
  const parser = parse({ delimiter: csv.delimiter, max_record_size: LARGEST_ROW, skip_empty_lines: true, trim: true });
  try {
    // What is no file, such as a pipe, could keep its reader waiting for ever.
    if (!(await stat(path)).isFile()) throw missing(csv.file, 'is not a file');
    let found: Found = { columns: [], rows: [] };
    await pipeline(
      createReadStream(path),
      decoded,
      parser,
      async (records: AsyncIterable<Row>) => {
        found = await pick(records, csv, fields, wanted);
      },
      { signal },
    );
    return found;
  } catch (error) {
    throw failure(error, csv.file, parser.info.lines);
  }
}

/** Takes a byte order mark away; throws where the bytes are not UTF-8, which would turn `ü` into a question mark. */
async function* decoded(parts: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const part of parts) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}

async function pick(
  records: AsyncIterable<Row>,
  { file, key }: CsvWiring,
  fields: Fields,
  wanted: (key: string) => boolean,
): Promise<Found> {
  let columns: string[] | undefined;
  const rows: Row[] = [];
  for await (const record of records) {
    if (!columns) columns = columnsOf(record, [key, ...Object.values(fields).map(({ path }) => path)], file);
    else if (wanted(record[columns.indexOf(key)] ?? '')) rows.push(record);
    if (rows.length > MOST_ROWS) throw tooManyRows(file, `see whether ${key} is the column that names the customer`);
  }
  if (!columns) throw new SourceFailure(`${file} is empty`, 'see what should have filled it');
  return { columns, rows };
}

function columnsOf(record: Row, wanted: string[], file: string): string[] {
  const columns = record.map((name) => name.trim());
  const absent = wanted.filter((name) => !columns.includes(name));
  if (absent.length === 0) return columns;
  throw new SourceFailure(
    `${file} has no column ${absent.join(', ')}`,
    `name columns that it has in the policy (${columns.join(', ')}), or see whether its delimiter is another`,
  );
}

const missing = (file: string, how: string): SourceFailure =>
  new SourceFailure(
    `${file} ${how}`,
    "put the file there or correct its place in the policy, counted from the policy's folder",
  );

function failure(error: unknown, file: string, line: number): unknown {
  if (error instanceof SourceFailure) return error;
  // Not its message, which quotes the row.
  if (error instanceof CsvError)
    return new SourceFailure(
      `${file} is not well-formed CSV around line ${line} (${error.code})`,
      'save it anew as CSV, each row with as many cells as the first',
    );
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing(file, 'does not exist');
    case 'EACCES':
    case 'EPERM':
      return new SourceFailure(`${file} may not be read`, 'let the user that the bot runs as read it');
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return new SourceFailure(`${file} is not in UTF-8`, 'save it as "CSV UTF-8"');
    default:
      return error;
  }
}
