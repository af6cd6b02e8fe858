import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { PARTS } from '../../src/core/events/audit.ts';
import { noteOf } from '../../src/proof/checkpoint.ts';
import { hour } from '../support/cast.ts';
import type { Order } from '../support/given.ts';
import { writeFiles } from '../support/zip.ts';
import {
  attached,
  type Company,
  createCompany,
  KEY,
  KEY_TEXT,
  liveThrough,
  type Made,
  OTHER_KEY_TEXT,
} from './company.ts';
import { type Files, summedAnew, TAMPERINGS, TAMPERINGS_UNDER_KEY } from './tamperings.ts';

const PYTHON = join(import.meta.dirname, '../support/verify_pack.py');
const MANY = join(import.meta.dirname, 'verify_many.mjs');
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython)
  process.stderr.write('No python3, so the second verifier of packs is skipped: apt-get install python3.\n');

let company: Company;
let made: Made;
let folder: string;
/** A checkpoint that somebody kept from before the request was there. */
let earlier: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carveout-verify-'));
  company = await createCompany();
  await company.seal();
  earlier = await company.checkpoint();
  const number = await liveThrough(company);
  await company.seal();
  made = await company.pack({ number });
});
afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true, force: true });
});

type Verdict = { code: number | null; said: string };
/** Lines in, as many lines out. */
const run = (program: string, args: string[], input = ''): Promise<Verdict> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
    child.stdin.end(input);
  });
const answers = async (program: string, args: string[], cases: string[][]): Promise<unknown[]> => {
  const { said } = await run(program, args, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};

type Case = { files: Files; args?: string[] };
/** What the pack says of itself, and whether a stranger's verifier finds it right. */
type Verdicts = { code: number; said: string; other: string[] | null };
let packs = 0;
async function verdicts(cases: Case[]): Promise<Verdicts[]> {
  const given = cases.map(({ files, args = [] }) => {
    const place = join(folder, String(++packs));
    writeFiles(place, files);
    return [place, ...args];
  });
  const own = (await answers('node', [MANY], given)) as [number, string][];
  const others = hasPython ? ((await answers('python3', [PYTHON, '--many'], given)) as string[][]) : [];
  return own.map(([code, said], i) => ({ code, said, other: others[i] ?? null }));
}
async function verdict(files: Files, args: string[] = []): Promise<Verdicts> {
  const [only] = await verdicts([{ files, args }]);
  if (!only) throw new Error('nothing was said of the pack');
  return only;
}
function foundRight({ code, said, other }: Verdicts): void {
  expect([code, other ?? []], said).toEqual([0, []]);
}
function foundWrong({ code, said, other }: Verdicts, because: RegExp): void {
  expect(code, said).toBe(1);
  expect(said).toMatch(because);
  expect(said, 'a reason, not a crash').not.toContain('at file:');
  if (other) expect(other).not.toEqual([]);
}

const changed = (tamper: (files: Files) => void): Files => {
  const files = new Map(made.files);
  tamper(files);
  return files;
};
const kept = (text: string): string[] => {
  const file = join(folder, 'kept.txt');
  writeFileSync(file, text);
  return ['--roots', file];
};

describe('a pack as it was made', () => {
  it('is found right by whoever runs it, who is told what was not checked', async () => {
    const place = join(folder, 'plain');
    writeFiles(place, made.files);
    const { code, said } = await run('node', [join(place, 'verify.mjs')]);
    expect(code, said).toBe(0);
    expect(said).toContain('Nothing is wrong in 2 streams.');
    expect(said).toMatch(/NOT checked: who signed it\. .*\n.*NOT checked: whether others see the same record/);
    if (hasPython) expect(await run('python3', [PYTHON, place])).toEqual({ code: 0, said: '' });
  });

  it('is the same again, byte for byte', async () => {
    const [number = 0] = made.numbers;
    expect((await company.pack({ number })).bytes.equals(made.bytes)).toBe(true);
  });

  it('is found right by its key, and by checkpoints that were kept, wherever they were copied from', async () => {
    const mail = `Hi,\r\nthis is what we had:\r\n${earlier.replaceAll('\n', '\r\n')}\r\nand today:\n${await company.checkpoint()}`;
    const found = await verdict(made.files, ['--key', KEY_TEXT, ...kept(mail)]);
    foundRight(found);
    expect(found.said).not.toContain('NOT checked');
  });

  it('has a file of any size whole, under a name that is safe', async () => {
    const bytes = randomBytes(5 * 1024 * 1024 + 1);
    const number = await attached(company, 'CON.pdf', bytes);
    await company.seal();
    const { files } = await company.pack({ number });
    const [name = ''] = [...files.keys()].filter((one) => one.startsWith('evidence/'));
    expect(name).toMatch(/^evidence\/EX-\d+\/file CON-[0-9a-f]{12}\.pdf$/);
    expect(files.get(name)?.equals(bytes)).toBe(true);
  });

  it('is found right after all of it was erased, and holds none of it any more', async () => {
    const number = await liveThrough(company);
    const erase: Order = {
      ...{ type: 'erase', because: 'request', what: [...PARTS], words: toWords('They asked for it.') },
    };
    expect(await company.order('cleo', erase, { number, at: hour(9) })).not.toHaveProperty('refused');
    await company.seal();
    const { files } = await company.pack({ number });
    foundRight(await verdict(files, ['--key', KEY_TEXT]));
    const all = [...files.values()].map(String).join();
    for (const said of ['Number 7.', 'ACME', 'Worth it.', 'not really a picture', '1,200']) {
      expect([...made.files.values()].map(String).join()).toContain(said);
      expect(all).not.toContain(said);
    }
    expect(files.get('report.html')?.toString()).toContain('They asked for it.');
  });

  it('needs nothing installed, and is short enough to be read first', () => {
    const text = made.files.get('verify.mjs')?.toString() ?? '';
    expect(text.match(/\n/g)?.length).toBeLessThan(150);
    expect([...text.matchAll(/from '(?!node:)/g)]).toEqual([]);
  });
});

describe('both verifiers find it wrong, and say why:', () => {
  const found = new Map<string, Verdicts>();
  beforeAll(async () => {
    const cases = [
      ...TAMPERINGS.map(([what, tamper]) => ({ what, files: summedAnew(changed(tamper)), args: [] })),
      ...TAMPERINGS_UNDER_KEY.map(([what, tamper]) => ({
        ...{ what, files: summedAnew(changed(tamper)), args: ['--key', KEY_TEXT] },
      })),
    ];
    for (const [i, one] of (await verdicts(cases)).entries()) found.set(cases[i]?.what ?? '', one);
  });
  const of = (what: string): Verdicts => found.get(what) ?? { code: -1, said: 'nothing', other: null };

  it.each(TAMPERINGS)('%s', (what, _tamper, because) => foundWrong(of(what), because));
  it.each(TAMPERINGS_UNDER_KEY)('under the key, %s', (what, _tamper, because) => foundWrong(of(what), because));

  it('a file whose sum does not fit', async () => {
    const files = changed((all) => all.set('report.html', Buffer.from('nothing happened')));
    foundWrong(await verdict(files), /report\.html was changed/);
  });

  it.each([
    ['another key', OTHER_KEY_TEXT, /not signed with this key/],
    ['what is no key', 'carveout/T0WORLD+12345678+AAAA', /--key is no key of a record/],
  ])('%s', async (_what, key, because) => foundWrong(await verdict(made.files, ['--key', key]), because));

  it('a record that was rewritten since somebody kept its root', async () => {
    const [origin = '', size = '', , at = ''] = earlier.split('\n');
    const another = noteOf({ origin, size: Number(size), root: Buffer.alloc(32, 7), at }, KEY);
    const since = /the record was rewritten since your checkpoint of \d+, 2/;
    foundWrong(await verdict(made.files, kept(another)), since);
  });

  it('checkpoints of something else', async () => {
    const args = kept('carveout/T0OTHER\n1\nAAAA\n');
    foundWrong(await verdict(made.files, args), /has no checkpoint that this pack can be compared with/);
  });
});
