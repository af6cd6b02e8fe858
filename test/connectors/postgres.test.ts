import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSources } from '../../src/connectors/index.ts';
import { sourceWiring } from '../../src/core/sources.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { databaseUrl, withClient } from '../support/database-url.ts';
import { waitFor } from '../support/wait.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.url, (client) =>
    client.query(`
      create table contracts (customer text, number text, value numeric, since date, signed timestamptz, active bool,
        tags text[], terms jsonb);
      insert into contracts values
        ('acme', 'C-1', 1200.50, '2026-01-31', '2026-01-31 23:30:00+01', true, '{a,b}', '{"days": 30}'),
        ('two', 'C-2', 1, '2026-02-01', null, false, null, null),
        ('two', 'C-3', 1, '2026-03-01', null, false, null, null);
      insert into contracts (customer, number) select 'many', 'M-' || n from generate_series(1, 1001) n;
      -- As somebody far away may have set their database up.
      do $$ begin execute format('alter database %I set timezone to "Asia/Tokyo"', current_database());
        execute format('alter database %I set datestyle to German', current_database()); end $$;
      create function sneaky() returns text language sql as $$ delete from contracts returning number $$`),
  );
});
afterAll(() => database.drop());

const QUERY = 'select * from contracts where customer = lower($1) order by number';
type Asked = { query?: string; columns?: string[]; customer?: string; url?: string; timeoutMs?: number };
async function read({ query = QUERY, columns = ['number'], customer = 'ACME', url, timeoutMs = 5000 }: Asked = {}) {
  const fields = Object.fromEntries(columns.map((path) => [path, { label: path, path }]));
  const source = sourceWiring.parse({ name: 'Contracts', fields, postgres: { url_env: 'CONTRACTS_URL', query } });
  const env = { CONTRACTS_URL: url ?? database.url };
  const [reading] = await readSources({ it: source }, ['it'], { customer }, { env, baseDir: '/', timeoutMs });
  return reading;
}
const factsOf = async (asked: Asked) => {
  const reading = await read(asked);
  if (reading?.outcome !== 'ok') return reading;
  return Object.fromEntries(reading.facts.map(({ field, value }) => [field, value]));
};
const because = (text: string | RegExp) => ({ outcome: 'failed', because: expect.stringMatching(text) });
const connections = () =>
  withClient(database.url, async (client) => {
    const { rows } = await client.query(
      'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return rows.length;
  });

describe('a source in Postgres', () => {
  it('is asked for the customer, and closes its connection', async () => {
    expect(await read()).toEqual({
      source: 'it',
      name: 'Contracts',
      outcome: 'ok',
      facts: [{ field: 'number', label: 'number', value: 'C-1' }],
    });
    await waitFor(async () => (await connections()) === 0, { what: 'the connection to be closed' });
  });

  it('gives days and hours as ISO has them, whatever zones it and the machine are in', async () => {
    expect(await factsOf({ columns: ['value', 'since', 'signed', 'active', 'tags', 'terms'] })).toEqual({
      value: '1200.50',
      since: '2026-01-31',
      signed: '2026-01-31 22:30:00+00',
      active: 'true',
      tags: 'a, b',
      terms: '30',
    });
  });

  it('says once what several rows agree on, lists the rest, and leaves out what is null', async () => {
    expect(await factsOf({ customer: 'two', columns: ['number', 'value', 'signed'] })).toEqual({
      number: 'C-2, C-3',
      value: '1',
    });
  });

  it('does not know a customer without rows', async () =>
    expect(await read({ customer: "nobody'; drop table contracts --" })).toMatchObject({ outcome: 'not_found' }));

  it('takes a query with a semicolon and a comment at its end', async () =>
    expect(await read({ query: `${QUERY}; -- contracts` })).toMatchObject({ outcome: 'ok' }));
});

describe('a source in Postgres changes nothing', () => {
  it.each([
    ['a DELETE', 'delete from contracts where customer = $1 returning number', 'The database refuses the query'],
    [
      'a DELETE inside a SELECT',
      'with gone as (delete from contracts returning *) select * from gone where customer <> $1',
      'The query would change data',
    ],
    ['a function that deletes', 'select sneaky() as number where $1::text is not null', 'The query would change data'],
    [
      'a way out of the transaction',
      "select set_config('transaction_read_only', 'off', false) as number where $1::text is not null",
      'The query would change data',
    ],
    ['a second statement', `${QUERY}; delete from contracts`, 'The database refuses the query'],
  ])('by %s', async (_, query, problem) => {
    expect(await read({ query })).toMatchObject(because(problem));
    const left = await withClient(database.url, (client) =>
      client.query("select 1 from contracts where number = 'C-1'"),
    );
    expect(left.rows).toHaveLength(1);
  });
});

describe('a source in Postgres that fails says why, and what to do', () => {
  it.each([
    [
      'a column that the query does not have',
      { columns: ['number', 'tier'] },
      /^The query has no column tier: name columns that it has in the policy \(customer, number, .*\)\.$/,
    ],
    [
      'such a column, though there is no row',
      { columns: ['tier'], customer: 'nobody' },
      /^The query has no column tier/,
    ],
    [
      'a table that is not there',
      { query: 'select number from nowhere where customer = $1' },
      /refuses the query \(relation "nowhere" does not exist\): write one SELECT/,
    ],
    ['more rows than facts', { customer: 'many' }, /^The query has more than 1000 rows for one customer/],
    [
      'a customer that the query cannot take, whose name is not repeated',
      { query: 'select number from contracts where value = $1::numeric' },
      /^The query failed \(22P02\): try it on the database by hand\.$/,
    ],
  ])('at %s', async (_, asked: Asked, text) => expect(await read(asked)).toMatchObject(because(text)));

  it('at a query that takes too long, which is ended in the database as well', async () => {
    const asleep = "select pg_sleep(60)::text as number, 'marker' as m where $1::text is not null";
    const started = performance.now();
    expect(await read({ query: asleep, timeoutMs: 500 })).toMatchObject(because(/did not answer within 0\.5|too long/));
    expect(performance.now() - started).toBeLessThan(3000);
    await waitFor(async () => (await connections()) === 0, { what: 'the query to be ended' });
  });

  it('at a database that is not there, that lets nobody in, or that is down; without its password', async () => {
    const gone = databaseUrl(database.url, 'nowhere');
    expect(await read({ url: gone })).toMatchObject(
      because(/lets nobody in by the address in CONTRACTS_URL \(3D000\)/),
    );
    const down = await read({ url: 'postgresql://reader:sesame@127.0.0.1:1/crm' });
    expect(down).toMatchObject(because(/address in CONTRACTS_URL cannot be reached \(ECONNREFUSED\)/));
    const wrong = await read({ url: 'crm:sesame@db' });
    expect(wrong).toMatchObject(because(/CONTRACTS_URL is no Postgres address: set it to one such as/));
    const broken = await read({ url: 'postgresql://reader:sesame@:x:y/crm' });
    expect(broken).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify([down, wrong, broken])).not.toContain('sesame');
  });

  it.each([
    ['says nothing', Buffer.alloc(0)],
    // Of Postgres's protocol: you are in, and I am ready for a query.
    ['falls silent once it let somebody in', Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1')],
  ])('at a server that takes the connection and %s, and hangs up on it', async (_, welcome) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(welcome));
      // Unread, the end of the connection would not be noticed.
      sockets.push(socket.resume());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `postgresql://reader@127.0.0.1:${port}/crm?sslmode=disable`;
    expect(await read({ url, timeoutMs: 300 })).toMatchObject(because(/did not answer within 0\.3 seconds/));
    await waitFor(() => sockets[0]?.readableEnded || sockets[0]?.destroyed, { what: 'the connection to be closed' });
    server.close();
    for (const socket of sockets) socket.destroy();
  });
});
