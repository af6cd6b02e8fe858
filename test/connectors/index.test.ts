import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSources, readSources } from '../../src/connectors/index.ts';
import { sourceWiring } from '../../src/core/sources.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carveout-sources-'));
  await writeFile(join(folder, 'history.csv'), 'Customer,Tier\nAcme,Gold\n');
  database = await createTestDatabase();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const at = (path: string) => ({ tier: { label: 'Tier', path } });
const csv = (over: object = {}, path = 'Tier') =>
  sourceWiring.parse({ name: 'History', fields: at(path), csv: { file: 'history.csv', key: 'Customer', ...over } });
const http = (url: string, over: object = {}, path = '$.tier') =>
  sourceWiring.parse({ name: 'CRM', fields: at(path), http: { url, ...over } });
const postgres = (query: string, path = 'tier') =>
  sourceWiring.parse({ name: 'Contracts', fields: at(path), postgres: { url_env: 'CONTRACTS_URL', query } });

describe('several sources', () => {
  it('are read at the same time, in the order asked for; what fails holds up nobody', async () => {
    const waiting: (() => void)[] = [];
    const server = createServer((_, res) => {
      // Nobody is answered before everybody has asked: one after the other, the first would wait in vain.
      waiting.push(() => res.end('{"tier":"Gold"}'));
      if (waiting.length === 2) for (const answer of waiting) answer();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{customer}`;
    const sources = { a: http(url), b: http(url), history: csv(), broken: csv({ file: 'gone.csv' }), unasked: csv() };
    const ids = ['broken', 'b', 'nowhere', 'history', 'a', 'toString'];
    const readings = await readSources(sources, ids, { customer: 'Acme' }, { env: {}, baseDir: folder });
    server.closeAllConnections();
    server.close();
    expect(readings.map(({ source, name, outcome }) => [source, name, outcome])).toEqual([
      ['broken', 'History', 'failed'],
      ['b', 'CRM', 'ok'],
      ['nowhere', 'nowhere', 'failed'],
      ['history', 'History', 'ok'],
      ['a', 'CRM', 'ok'],
      ['toString', 'toString', 'failed'],
    ]);
    expect(readings[2]).toMatchObject({
      because: 'The policy has no source nowhere: describe it under wiring.sources.',
    });
  });

  it('are not asked for nobody', async () => {
    const [reading] = await readSources({ it: csv() }, ['it'], { customer: ' ' }, { env: {}, baseDir: folder });
    expect(reading).toMatchObject({ outcome: 'failed', because: expect.stringContaining('names no customer') });
  });

  it('that break in a way nobody foresaw tell no secret', async () => {
    const sources = { it: http('https://crm.example.com/{customer}') };
    const fetch = () => Promise.reject(new Error('header "Bearer sesame" is invalid'));
    const [reading] = await readSources(sources, ['it'], { customer: 'Acme' }, { env: {}, baseDir: folder, fetch });
    expect(reading).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(reading)).not.toContain('sesame');
  });

  it('give up on what does not heed that time is up', async () => {
    const sources = { it: http('https://crm.example.com/{customer}') };
    const fetch = () => new Promise<Response>(() => undefined);
    const deps = { env: {}, baseDir: folder, fetch, timeoutMs: 50 };
    const [reading] = await readSources(sources, ['it'], { customer: 'Acme' }, deps);
    expect(reading).toMatchObject({ because: expect.stringContaining('It did not answer within 0.05 seconds') });
  });
});

describe('the check', () => {
  const auth = { env: 'CRM_TOKEN' };
  const url = 'https://crm.example.com/{customer}';
  const check = async (source: ReturnType<typeof csv>, env: NodeJS.ProcessEnv = {}) => {
    const [found] = await checkSources({ it: source }, { env, baseDir: folder });
    return found;
  };

  it('finds nothing wrong with what can be read; it asks for nobody', async () => {
    let asked = 0;
    const fetch = () => {
      asked++;
      return Promise.resolve(new Response('{}'));
    };
    const sources = {
      crm: http(url, { auth }),
      contracts: postgres("select 'Gold' as tier where $1 = 'x' and pg_sleep(60) is not null"),
      history: csv(),
    };
    const env = { CRM_TOKEN: 'abc', CONTRACTS_URL: database.url };
    expect(await checkSources(sources, { env, baseDir: folder, fetch })).toEqual([
      { source: 'crm', ok: true },
      { source: 'contracts', ok: true },
      { source: 'history', ok: true },
    ]);
    expect(asked).toBe(0);
  });

  it.each([
    ['a variable that is not set', http(url, { auth }), 'The environment variable CRM_TOKEN is not set'],
    ['a path that is none', http(url, {}, 'tier'), 'The path of the field tier is no JSONPath'],
    ['a file that is not there', csv({ file: 'gone.csv' }), 'gone.csv does not exist'],
    ['a column that the file does not have', csv({}, 'Level'), 'history.csv has no column Level'],
    ['a database whose address is not set', postgres('select $1'), 'variable CONTRACTS_URL is not set'],
  ])('finds %s', async (_, source, problem) =>
    expect(await check(source)).toEqual({
      source: 'it',
      problem: expect.stringContaining(problem),
      remedy: expect.stringMatching(/^[a-z].*[^.]$/),
    }),
  );

  it.each([
    ['a query that the database does not understand', 'select tier from nowhere where $1 = customer', 'nowhere'],
    [
      'a column that the query does not have',
      'select 1 as level where $1::text is null',
      'The query has no column tier',
    ],
  ])('finds %s', async (_, query, problem) =>
    expect(await check(postgres(query), { CONTRACTS_URL: database.url })).toMatchObject({
      problem: expect.stringContaining(problem),
    }),
  );

  it('finds a row that breaks the file, though nobody asked for it', async () => {
    await writeFile(join(folder, 'broken.csv'), 'Customer,Tier\nAcme,Gold,extra\n');
    expect(await check(csv({ file: 'broken.csv' }))).toMatchObject({
      problem: expect.stringContaining('broken.csv is not well-formed CSV around line 2'),
    });
  });
});
