import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSources } from '../../src/connectors/index.ts';
import { sourceWiring } from '../../src/core/sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carveout-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Asked = { customer?: string; csv?: object; columns?: string[]; timeoutMs?: number };
/** Reads a file that holds `content`; null where there is none. */
async function read(
  content: string | Buffer | null,
  { customer = 'Acme', csv = {}, columns = ['Tier'], timeoutMs = 5000 }: Asked = {},
) {
  const file = 'history.csv';
  await rm(join(folder, file), { force: true });
  if (content !== null) await writeFile(join(folder, file), content);
  const fields = Object.fromEntries(columns.map((path) => [path.toLowerCase(), { label: path, path }]));
  const source = sourceWiring.parse({ name: 'History', fields, csv: { file, key: 'Customer', ...csv } });
  const [reading] = await readSources({ it: source }, ['it'], { customer }, { env: {}, baseDir: folder, timeoutMs });
  return reading;
}
const tierIn = async (...asked: Parameters<typeof read>) => {
  const reading = await read(...asked);
  return reading?.outcome === 'ok' ? reading.facts.map(({ value }) => value).join(' | ') : reading;
};
const because = (text: string | RegExp) => ({ outcome: 'failed', because: expect.stringMatching(text) });

describe('a source that is a CSV file', () => {
  it('gives the columns that the policy names, from the row of the customer', async () => {
    expect(
      await read('Customer,Tier,Since\nOther,Silver,2020\nAcme,Gold,2021\n', { columns: ['Since', 'Tier'] }),
    ).toEqual({
      source: 'it',
      name: 'History',
      outcome: 'ok',
      facts: [
        { field: 'since', label: 'Since', value: '2021' },
        { field: 'tier', label: 'Tier', value: 'Gold' },
      ],
    });
  });

  it.each([
    ['quotes', 'Customer,Tier\n"Acme","Gold, ""plus""\nand more"\n', 'Gold, "plus" and more'],
    ['a byte order mark', '\ufeffCustomer,Tier\nAcme,Gold\n', 'Gold'],
    ['a byte order mark and quotes', '\ufeff"Customer",Tier\nAcme,Gold\n', 'Gold'],
    ['CRLF', 'Customer,Tier\r\nAcme,Gold\r\n', 'Gold'],
    ['no line break at the end', 'Customer,Tier\nAcme,Gold', 'Gold'],
    ['empty lines', '\nCustomer,Tier\n\nAcme,Gold\n\n', 'Gold'],
    ['blanks around its cells', 'Customer , Tier\nAcme , "Gold" \n', 'Gold'],
    ['several rows that agree', 'Customer,Tier\nAcme,Gold\nB,Silver\nAcme,Gold\n', 'Gold'],
    ['several rows that do not', 'Customer,Tier\nAcme,Gold\nAcme,Silver\n', 'Gold, Silver'],
    ['an empty cell', 'Customer,Tier\nAcme,\n', ''],
  ])('is read with %s', async (_, content, value) => expect(await tierIn(content)).toBe(value));

  it.each([';', '\t'])('is read with cells divided by %j where the policy says so', async (delimiter) =>
    expect(await tierIn(`Customer${delimiter}Tier\nAcme${delimiter}1,5\n`, { csv: { delimiter } })).toBe('1,5'),
  );

  it.each(['  ACME gmbh ', 'Ａｃｍｅ GmbH', 'acme  gmbh'])('knows the customer as %j', async (customer) =>
    expect(await tierIn('Customer,Tier\nAcme GmbH,Gold\n', { customer })).toBe('Gold'),
  );

  it('does not know a customer without a row', async () =>
    expect(await read('Customer,Tier\nAcme Ltd,Gold\n')).toMatchObject({ outcome: 'not_found' }));

  it('is found by an absolute path as well', async () =>
    expect(await tierIn('Customer,Tier\nAcme,Gold\n', { csv: { file: join(folder, 'history.csv') } })).toBe('Gold'));

  it('may be far larger than what is wanted of it, and cut where it will between the bytes of a letter', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => `Käufer ${n},Größe ${n}\n`);
    expect(await tierIn(`Customer,Tier\n${rows.join('')}`, { customer: 'käufer 99999', timeoutMs: 20_000 })).toBe(
      'Größe 99999',
    );
  });
});

describe('a CSV file that fails says why, and what to do', () => {
  it.each([
    ['no file', null, 'history.csv does not exist: put the file there or correct its place in the policy'],
    ['an empty file', '', 'history.csv is empty'],
    [
      'a column that it does not have',
      'Customer,Level\nAcme,Gold\n',
      'history.csv has no column Tier: name columns that it has in the policy (Customer, Level)',
    ],
    ['no column for the customer', 'Name,Tier\nAcme,Gold\n', 'history.csv has no column Customer'],
    ['another delimiter', 'Customer;Tier\nAcme;Gold\n', 'has no column Customer, Tier'],
    ['a row with too many cells', 'Customer,Tier\nB,1\nAcme,Gold,extra\n', 'not well-formed CSV around line 3'],
    ['a quote without end', 'Customer,Tier\n"Acme,Gold\n', 'not well-formed CSV around line'],
    ['more rows than facts', `Customer,Tier\n${'Acme,Gold\n'.repeat(1001)}`, 'more than 1000 rows for one customer'],
    ['another encoding', Buffer.from('Customer,Tier\nM\xfcller,Gold\n', 'latin1'), 'history.csv is not in UTF-8'],
  ])('at %s', async (_, content, text) => {
    const reading = await read(content);
    expect(reading).toMatchObject({ outcome: 'failed', because: expect.stringContaining(text) });
    expect(JSON.stringify(reading), 'no customer is repeated').not.toContain('Acme');
  });

  it('at a folder, and at a pipe that nobody writes to', async () => {
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    for (const file of ['.', 'pipe'])
      expect(await read(null, { csv: { file } })).toMatchObject(because('is not a file'));
  });
});
