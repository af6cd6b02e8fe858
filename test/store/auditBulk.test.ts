import { Socket } from 'node:net';
import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import type { Bulk, BulkRow } from '../../src/store/audit/bulk.ts';
import { decoded, encoded, sha256 } from '../../src/store/audit/bytes.ts';
import { snapshotsOf, snapshotsWith } from '../../src/store/audit/reader.ts';
import { connect } from '../../src/store/connect.ts';
import { contentId } from '../../src/store/hash.ts';
import { withClient } from '../support/database-url.ts';

/** A socket that hands over what it receives in pieces of so many bytes. */
function cutting(every: number): Socket {
  const socket = new Socket();
  const emit = socket.emit.bind(socket) as (event: string, ...values: unknown[]) => boolean;
  socket.emit = (event: string, ...values: unknown[]) => {
    const [chunk] = values;
    if (event !== 'data' || !(chunk instanceof Buffer)) return emit(event, ...values);
    for (let at = 0; at < chunk.length; at += every) emit('data', chunk.subarray(at, at + every));
    return true;
  };
  return socket;
}

const bulk = <T>(use: (bulk: Bulk) => Promise<T>) =>
  withClient(inject('adminUrl'), (client) => snapshotsWith(client)((_, bulk) => use(bulk)));

// What a database can hold: no NUL and no half of a pair.
const storable = fc.string({ unit: 'binary' }).filter((value) => !/[\0\p{Surrogate}]/u.test(value));
const text = fc.oneof(
  storable,
  fc.constantFrom('', '\\', "'", "\\'", '$1', '\\N', 'PGCOPY\n', '\u00ff', 'é', '\u0085'),
);
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const bigint = fc.maxSafeInteger();
const ROWS = `
  select a::text, b::text, c::int, d::bigint from json_to_recordset($1::json)
    as r (n int, a text, b text, c int, d bigint) order by n`;

describe('rows that are read in bulk', () => {
  it('are the rows that there are, whatever is in them', async () => {
    await bulk((bulk) =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(text, fc.option(text), int, bigint), { maxLength: 20 }), async (rows) => {
          const given = rows.map(([a, b, c, d], n) => ({ n, a, b, c, d }));
          const words = (row: BulkRow) => (row.bytesOrNull(1) === null ? null : row.text(1));
          const read = (row: BulkRow) => [row.text(0), words(row), row.int(2), row.bigint(3)];
          expect(await bulk(ROWS, [JSON.stringify(given)], read)).toEqual(rows);
        }),
      ),
    );
  });

  it.each([1, 3, 64, 8192])('are so however the network cuts them, here every %i bytes', async (every) => {
    const client = new pg.Client({ connectionString: inject('adminUrl'), stream: () => cutting(every) });
    await client.connect();
    try {
      const query = `select repeat('ä' || n, n * 97)::text, n::int from generate_series(1, $1::int) n`;
      const read = () => snapshotsWith(client)((_, bulk) => bulk(query, [60], (row) => [row.text(0), row.int(1)]));
      const rows = Array.from({ length: 60 }, (_, at) => [`ä${at + 1}`.repeat((at + 1) * 97), at + 1]);
      // What comes between, and after, is still told to whoever listens for it.
      expect(await read()).toEqual(rows);
      await client.query('select 1');
      expect(await read()).toEqual(rows);
    } finally {
      await client.end();
    }
  });

  it('are so over the bot’s connections as well, which go on afterwards', async () => {
    const store = connect(inject('adminUrl'), createLogger({ level: 'silent' }), 1);
    try {
      const query = 'select n::int from generate_series(1, $1::int) n';
      const read = () => snapshotsOf(store.db)((_, bulk) => bulk(query, [3], (row) => row.int(0)));
      for (const rows of [await read(), await read()]) expect(rows).toEqual([1, 2, 3]);
      await expect(snapshotsOf(store.db)((_, bulk) => bulk('select 1 / 0', [], () => null))).rejects.toThrow(
        'division by zero',
      );
      expect(await snapshotsOf(store.db)((read) => read('select $1::text as said', ['still there']))).toEqual([
        ['still there'],
      ]);
    } finally {
      await store.close();
    }
  });

  it('fail as the query does', async () => {
    await bulk(async (bulk) => {
      await expect(bulk('select nobody from nothing', [], () => null)).rejects.toThrow(
        'relation "nothing" does not exist',
      );
    });
  });

  it('fail as what is made of one of them does, and leave the connection as it was', async () => {
    await withClient(inject('adminUrl'), (client) =>
      snapshotsWith(client)(async (read, bulk) => {
        const made = bulk('select n::int from generate_series(1, 3) n', [], (row) => {
          if (row.int(0) === 2) throw new Error('no two');
        });
        await expect(made).rejects.toThrow('no two');
        expect(await read('select $1::text as said', ['still there'])).toEqual([['still there']]);
      }),
    );
  });

  it('fail as the connection does', async () => {
    await withClient(inject('adminUrl'), async (client) => {
      client.on('error', () => undefined);
      const ended = snapshotsWith(client)((_, bulk) =>
        bulk('select pg_terminate_backend(pg_backend_pid())', [], () => null),
      );
      await expect(ended).rejects.toThrow(/terminat/);
    });
  });

  it('have instants as they were hashed, and none for what is no instant', async () => {
    await bulk(async (bulk) => {
      const at = async (value: string) => (await bulk('select $1::timestamptz', [value], (row) => row.instant(0)))[0];
      await fc.assert(
        fc.asyncProperty(fc.date({ min: new Date('1900-01-01'), noInvalidDate: true }), async (date) => {
          fc.pre(date.getUTCFullYear() < 10_000);
          expect(await at(date.toISOString())).toBe(date.toISOString());
        }),
        { numRuns: 50 },
      );
      for (const odd of ['infinity', '-infinity', '2026-11-16T09:00:00.0001Z', '294276-01-01T00:00:00Z'])
        expect(await at(odd)).not.toMatch(/Z$/);
    });
  });
});

it('texts of bytes are the bytes of the text, and are hashed as they are', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (text, long) => {
      const said = long ? text + 'long '.repeat(20_000) : text;
      expect(decoded(encoded(said))).toBe(said);
      expect(encoded(said)).toHaveLength(Buffer.byteLength(said));
      expect(sha256(encoded(said))).toBe(contentId('', said));
    }),
  );
});
