/** What somebody may do to a pack on its way to an auditor, and what must then be said of it. */
import { createHash, hash } from 'node:crypto';

export type Files = Map<string, Buffer>;
type Tampering = readonly [what: string, tamper: (files: Files) => void, said: RegExp];

const text = (files: Files, name: string): string => files.get(name)?.toString() ?? '';
const write = (files: Files, name: string, to: string) => files.set(name, Buffer.from(to));
const lines = (files: Files, name: string): string[] => text(files, name).split('\n').filter(Boolean);
const rewrite = (files: Files, name: string, change: (all: string[]) => string[]) =>
  write(files, name, `${change(lines(files, name)).join('\n')}\n`);
const both = (files: Files, change: (all: string[]) => string[]) => {
  for (const name of ['events.jsonl', 'proofs.jsonl']) rewrite(files, name, change);
};
const first = (files: Files, folder: string): string => {
  const name = [...files.keys()].find((one) => one.startsWith(folder));
  if (!name) throw new Error(`nothing in ${folder}`);
  return name;
};
const at = (index: number, change: (line: string) => string) => (all: string[]) =>
  all.map((line, i) => (i === index ? change(line) : line));
const without = (index: number) => (all: string[]) => all.filter((_, i) => i !== index);
const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
};

/** Whoever changes a file makes its sum fit, which takes no key. */
export function summedAnew(files: Files): Files {
  const names = [...files.keys()].filter((name) => name !== 'SHA256SUMS').sort();
  const sums = names.map((name) => `${hash('sha256', files.get(name) ?? '', 'hex')}  ${name}\n`);
  return files.set('SHA256SUMS', Buffer.from(sums.join('')));
}

/** Events 0 and 1 are the policy's; 2 is the submission. */
const SUBMITTED = 2;

/** The chain from an event on, made to fit again. */
function rechained(all: string[], from: number, change: (line: string) => string): string[] {
  let prev: string | null = null;
  return all.map((line, i) => {
    if (i < from) return line;
    const changed: string =
      i === from ? change(line) : line.replace(/"prev_hash":"[0-9a-f]+"/, `"prev_hash":"${prev}"`);
    prev = createHash('sha256').update(changed).digest('hex');
    return changed;
  });
}
const worthMore = (line: string) => line.replace('"value":"900"', '"value":"901"');

export const TAMPERINGS: readonly Tampering[] = [
  [
    'a figure in an event',
    (f) => rewrite(f, 'events.jsonl', at(SUBMITTED, worthMore)),
    /request\/1, event 1: it is not what was sealed/,
  ],
  [
    'an event, and every hash after it',
    (f) => rewrite(f, 'events.jsonl', (all) => rechained(all, SUBMITTED, worthMore)),
    /event 1: it is not what was sealed/,
  ],
  [
    'the order of two events',
    (f) => both(f, ([a = '', b = '', c = '', d = '', ...rest]) => [a, b, d, c, ...rest]),
    /stands in another place/,
  ],
  ['an event in the middle, taken out', (f) => both(f, without(5)), /event 4 is missing before it/],
  ['an event taken out, its proof left', (f) => rewrite(f, 'events.jsonl', without(5)), /events were taken out/],
  ['the first event of the request, taken out', (f) => both(f, without(SUBMITTED)), /event 1 is missing before it/],
  ['an event that stands there twice', (f) => both(f, (all) => [...all, all.at(-1) ?? '']), /stands in another place/],
  [
    'an event that is no JSON any more',
    (f) =>
      rewrite(
        f,
        'events.jsonl',
        at(SUBMITTED, (line) => line.slice(1)),
      ),
    /events\.jsonl, line 3: it cannot be read/,
  ],
  [
    'white space in an event',
    (f) =>
      rewrite(
        f,
        'events.jsonl',
        at(SUBMITTED, (line) => line.replace(':', ': ')),
      ),
    /it is not what was sealed/,
  ],
  [
    'what somebody wrote',
    (f) => write(f, 'contents.jsonl', text(f, 'contents.jsonl').replace('Number 7.', 'Number 8.')),
    /what somebody wrote was changed/,
  ],
  [
    'what somebody wrote, taken out',
    (f) => rewrite(f, 'contents.jsonl', without(0)),
    /no event erased it|not what the source said/,
  ],
  [
    'what somebody wrote, emptied',
    (f) =>
      rewrite(f, 'contents.jsonl', (all) =>
        all.map((line) =>
          line.includes('Worth it.') ? JSON.stringify({ ...JSON.parse(line), nonce: null, text: null }) : line,
        ),
      ),
    /what somebody wrote is gone, and no event erased it/,
  ],
  [
    'a byte of a file',
    (f) => f.set(first(f, 'evidence/'), flipped(f.get(first(f, 'evidence/')) ?? Buffer.of())),
    /the file .* is missing, or was changed/,
  ],
  ['a file, taken out', (f) => f.delete(first(f, 'evidence/')), /the file .* is missing, or was changed/],
  ['a file, put in', (f) => write(f, 'evidence/EX-1/letter.pdf', 'x'), /letter\.pdf: no event knows these bytes/],
  [
    'what a source said',
    (f) => write(f, first(f, 'snapshots/'), '{"outcome":"not_found"}'),
    /missing, or not what the source said/,
  ],
  ['what a source said, taken out', (f) => f.delete(first(f, 'snapshots/')), /missing, or not what the source said/],
  ['what a source said, put in', (f) => write(f, `snapshots/${'0'.repeat(64)}.json`, '{}'), /no event knows of it/],
  [
    'the policy',
    (f) => write(f, 'policy.yaml', text(f, 'policy.yaml').replace('authority: 10000', 'authority: 20000')),
    /policy version 1 is missing, or was changed/,
  ],
  ['the policy, taken out', (f) => f.delete('policy.yaml'), /policy version 1 is missing/],
  [
    'a proof',
    (f) =>
      rewrite(
        f,
        'proofs.jsonl',
        at(SUBMITTED, (line) => line.replace(/"proof":\["[A-Za-z0-9]{4}/, '"proof":["AAAA')),
      ),
    /event 1: it is not what was sealed/,
  ],
  [
    'the place that a proof is for',
    (f) =>
      rewrite(
        f,
        'proofs.jsonl',
        at(SUBMITTED, (line) => line.replace(/"position":\d+/, '"position":0')),
      ),
    /event 1: it is not what was sealed/,
  ],
  [
    'the root',
    (f) =>
      write(
        f,
        'checkpoint.txt',
        text(f, 'checkpoint.txt').replace(/\n[A-Za-z0-9+/]{6}(?=[A-Za-z0-9+/]{37}=\n)/, '\nAAAAAA'),
      ),
    /it is not what was sealed/,
  ],
  [
    'how many events the checkpoint stands for',
    (f) => write(f, 'checkpoint.txt', text(f, 'checkpoint.txt').replace(/\n\d+\n/, '\n19\n')),
    /it is not what was sealed/,
  ],
  ['the checkpoint, taken out', (f) => f.delete('checkpoint.txt'), /checkpoint\.txt is missing/],
  ['the proofs, taken out', (f) => f.delete('proofs.jsonl'), /proofs\.jsonl is missing/],
];

/** Found by whoever has the record's key: sums cannot be made to fit without it. */
export const TAMPERINGS_UNDER_KEY: readonly Tampering[] = [
  [
    'the last event, taken out with its proof',
    (f) => both(f, (all) => all.slice(0, -1)),
    /SHA256SUMS is not signed with this key/,
  ],
  [
    'the report',
    (f) => write(f, 'report.html', text(f, 'report.html').replace('950', '95')),
    /SHA256SUMS is not signed with this key/,
  ],
  [
    'a table',
    (f) => write(f, 'requests.csv', text(f, 'requests.csv').replace('950', '95')),
    /SHA256SUMS is not signed with this key/,
  ],
  [
    'the signature',
    (f) =>
      write(
        f,
        'checkpoint.txt',
        text(f, 'checkpoint.txt').replace(
          /A==\n$|[^=]=\n$|.\n$/,
          (end) => `${end[0] === 'A' ? 'Q' : 'A'}${end.slice(1)}`,
        ),
      ),
    /checkpoint\.txt is not signed with this key/,
  ],
  [
    'the signature, taken off',
    (f) => write(f, 'checkpoint.txt', `${text(f, 'checkpoint.txt').split('\n\n')[0]}\n`),
    /checkpoint\.txt is not signed with this key/,
  ],
];
