import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderIn } from '../../src/cli/audit/exportOrder.ts';
import { makeSealKey } from '../../src/sealKey.ts';
import { keyTextOf } from '../../src/store/sealKey.ts';
import { runCli, runCliProcess } from '../support/cli.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { createHistory, TEAM } from '../support/history.ts';
import { unzip, writeFiles } from '../support/zip.ts';

const at = (month: number, day: number, hour = 9) => new Date(Date.UTC(2026, month - 1, day, hour)).toISOString();

let database: TestDatabase;
let folder: string;
let env: Record<string, string>;
let key: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-export-'));
  database = await createTestDatabase();
  const keyFile = join(folder, 'seal.pem');
  key = keyTextOf(TEAM, makeSealKey(keyFile)) ?? '';
  env = { DATABASE_URL: database.url, CARVEOUT_SEAL_KEY: keyFile };
  const history = await createHistory(database.url, TEAM, 'Europe/Berlin');
  const number = await history.ask(at(1, 5), { customer: '=HYPERLINK("http://x.test")', value: '20000' });
  await history.confirm(at(1, 5, 10), number);
  await history.approve(at(1, 5, 12), number, 'manager');
  for (let day = 6; day <= 15; day++)
    await history.ask(at(1, day), { customer: `Customer ${day}`, value: day % 2 === 0 ? '500' : '12000' });
  // The last hour of the month, as the policy's zone has it.
  await history.ask(at(1, 31, 22), { customer: 'Late' });
  await history.ask(at(2, 3), { customer: 'Later' });
  await history.close();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const verified = (file: string): string => {
  const place = `${file}.d`;
  writeFiles(place, unzip(readFileSync(file)));
  const { status, stdout, stderr } = spawnSync('node', [join(place, 'verify.mjs'), '--key', key], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  return stdout;
};

describe('audit export', () => {
  it('writes the pack of one request, signed, and puts on the record that it did', async () => {
    const file = join(folder, 'one.zip');
    const { code, out, err } = await runCliProcess(['audit', 'export', 'ex-1', '--out', file], env);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/one\.zip: EX-1\. As sealed 2\S+Z with \d+ events, root \S+=\.\n$/);
    expect(verified(file)).toContain('Nothing is wrong in 2 streams.');
    const rows = await withClient(database.url, (client) =>
      client.query(`select actor, data from events where type = 'record_viewed'`),
    );
    expect(rows.rows).toMatchObject([{ actor: 'operator', data: { what: 'pack', requests: [1] } }]);
    const again = await runCli(['audit', 'export', 'EX-1', '--out', file], env);
    expect([again.code, again.err]).toEqual([1, `${file} is there already: name another file with --out.\n`]);
  });

  it('writes a sample of a period, with the population it was drawn from', async () => {
    const file = join(folder, 'january.zip');
    const period = ['--from', '2026-01-01', '--to', '2026-01-31'];
    const sample = ['--sample', '3', '--seed', '7', '--min-value', '10000'];
    const { code, out, err } = await runCli(['audit', 'export', ...period, ...sample, '--out', file], env);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('of EX-1 to EX-13, 12 were asked for in the period, 6 fit. 3 requests drawn with seed 7.');
    expect(verified(file)).toContain('Nothing is wrong in 4 streams.');
    const files = unzip(readFileSync(file));
    const stated = JSON.parse(files.get('population.json')?.toString() ?? '');
    expect(stated).toMatchObject({ last: 13, before: 0, after: 1, gaps: [], fitting: [1, 3, 5, 7, 9, 11] });
    expect(files.get('index.html')?.toString()).toContain('<h1>Exceptions, 1 Jan 2026 to 31 Jan 2026</h1>');
    const looks = await runCliProcess(['audit', 'looks'], env);
    expect(looks.out).toContain('UTC  An operator, in a terminal took the evidence of 2026-01-01 to 2026-01-31\n');
    const reports = [...files.keys()].filter((name) => name.startsWith('reports/'));
    expect(reports).toEqual(stated.chosen.map((number: number) => `reports/EX-${number}.html`));
    const python = spawnSync('python3', [join(import.meta.dirname, '../support/verify_pack.py'), `${file}.d`]);
    if (!python.error) expect(python.stdout.toString()).toBe('');
  });

  it('writes a sample of all there are, from the first request to the last, and the same one again', async () => {
    const chosen: number[][] = [];
    for (const name of ['all-1.zip', 'all-2.zip']) {
      const file = join(folder, name);
      const sample = ['--sample', '3', '--seed', '7', '--min-value', '10000'];
      const { code, out, err } = await runCli(['audit', 'export', ...sample, '--out', file], env);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('of EX-1 to EX-13, 13 were asked for in the period, 6 fit. 3 requests drawn with seed 7.');
      const stated = JSON.parse(unzip(readFileSync(file)).get('population.json')?.toString() ?? '');
      expect(stated).toMatchObject({ before: 0, after: 0, gaps: [] });
      chosen.push(stated.chosen);
    }
    expect(chosen[1]).toEqual(chosen[0]);
    expect(verified(join(folder, 'all-1.zip'))).toContain('Nothing is wrong in');
  });

  it('writes tables that no spreadsheet takes for formulas', async () => {
    const file = join(folder, 'all.csv');
    const period = ['--from', '2026-01-01', '--to', '2026-12-31'];
    expect(await runCli(['audit', 'export', ...period, '--csv', '--out', file], env)).toMatchObject({ code: 0 });
    const text = readFileSync(file, 'utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(13);
    expect(rows[0]).toMatchObject({
      ...{ request: 'EX-1', status: 'approved', customer: `'=HYPERLINK("http://x.test")`, value: '20000' },
      ...{ details_by_name: 'Olga Operator', authorization_by_name: 'Mia Manager' },
    });
  });

  it('says when there is no such request, and leaves nothing behind', async () => {
    const file = join(folder, 'none.zip');
    const { code, err } = await runCli(['audit', 'export', 'EX-99', '--out', file], env);
    expect([code, err]).toEqual([1, 'There is no EX-99 under the latest checkpoint of the record.\n']);
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });
});

describe('what it is asked for', () => {
  it.each([
    [[], 'Say which request, a period with --from and --to, or a sample of all there are with --sample and --seed.'],
    [['--min-value', '10000'], 'Say which request, a period with'],
    [['EX-x'], 'EX-x is no request: write it like EX-12.'],
    [['EX-1', 'EX-2'], 'One request at a time, without EX-2.'],
    [['EX-1', '--sample', '3'], '--sample chooses from a period, so it does not go with a request.'],
    [['--from', '2026-02-30', '--to', '2026-03-01'], '--from 2026-02-30 is no day: write it like 2026-03-31.'],
    [['--from', '2026-03-02', '--to', '2026-03-01'], '--from 2026-03-02 is later than --to 2026-03-01.'],
    [['--from', '2026-01-01'], 'Say which request, a period with --from and --to, or a sample'],
    [['--to', '2026-01-01', '--sample', '3', '--seed', '7'], 'Say which request, a period with'],
    [['--from', '2026-01-01', '--to', '2026-01-01', '--sample', '3'], '--sample and --seed go together'],
    [['--from', '2026-01-01', '--to', '2026-01-01', '--sample', '0', '--seed', '7'], '--sample 0 is no number'],
    [['--from', '2026-01-01', '--to', '2026-01-01', '--min-value', '1e9'], '--min-value 1e9 is no amount'],
    [['EX-1', '--csv', '--jsonl'], '--csv and --jsonl are two formats: choose one.'],
  ])('%j is answered with a sentence', (args, sentence) => expect(() => orderIn(args)).toThrow(sentence));

  it('is written where it says, or under a name that says what it is', () => {
    expect(orderIn(['EX-12']).file).toBe('EX-12.zip');
    const sample = ['--from', '2026-01-01', '--to', '2026-03-31', '--sample', '25', '--seed', '7'];
    expect(orderIn([...sample, '--jsonl']).file).toBe('exceptions-2026-01-01-to-2026-03-31-sample-25-seed-7.jsonl');
    expect(orderIn([...sample, '--out', 'x']).file).toBe('x');
    expect(orderIn(['--sample', '25', '--seed', '7']).file).toBe('exceptions-sample-25-seed-7.zip');
  });
});
