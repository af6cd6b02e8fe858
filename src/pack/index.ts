/**
 * Evidence packs: what a request, or the requests of a period, rest on, as one ZIP that proves itself to somebody who trusts
 * nobody here. What lies in it is described in docs/audit.md.
 */
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Checkpoint, originOf, signedText } from '../proof/checkpoint.ts';
import { bytesOf } from '../store/packs.ts';
import { namesOf } from '../store/people.ts';
import { subtreesOf } from '../store/proofs.ts';
import type { Db } from '../store/schema.ts';
import { latestCheckpoint } from '../store/seal.ts';
import { Archive } from './archive.ts';
import { earlierCheckpoints } from './earlier.ts';
import { guide } from './guide.ts';
import { isSealed, readPopulation } from './members.ts';
import { evidenceName } from './names.ts';
import { PolicyShelf } from './policies.ts';
import type { Population, Wanted } from './population.ts';
import { type RequestRecord, readRequestRecord, readSealed, type SealedStream, type Source } from './record.ts';
import { populationPage } from './report/index.ts';
import { report } from './report/page.ts';
import { decisionRows, decisionsHead, requestLine, requestRow, requestsHead } from './tables.ts';

export type PackOptions = {
  db: Db;
  teamId: string;
  /** One request, or those of a period. */
  what: { number: number } | Wanted;
  /** Ed25519, private; signs the list of hashes. Null leaves it unsigned, as the checkpoint may be. */
  key: KeyObject | null;
  /** After each request. */
  onProgress?: (done: number, of: number) => void;
};
export type Packed = { checkpoint: Checkpoint; numbers: number[]; population: Population | null };

/** There is nothing to make a pack of; the message is a sentence for whoever asked. */
export class PackError extends Error {
  override name = 'PackError';
}

const VERIFY = readFileSync(new URL('verify.mjs', import.meta.url));

/** Both at one moment of the record, request by request: memory does not grow with their number or the size of their files. */
const reading = <T>({ db, teamId, what }: PackOptions, use: (chosen: Chosen) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => use(await choose(trx, teamId, what)));

type Chosen = Packed & { source: Source; note: string; shelf: PolicyShelf };

async function choose(db: Db, teamId: string, what: PackOptions['what']): Promise<Chosen> {
  const latest = await latestCheckpoint(db, teamId);
  if (!latest) throw new PackError('Nothing of the record is sealed yet.');
  const { note, ...sealed } = latest;
  const source = { db, teamId, size: latest.size, tree: subtreesOf(db, teamId) };
  const population = 'number' in what ? null : await readPopulation(source, what);
  const numbers = 'number' in what ? [what.number] : (population?.chosen ?? []);
  if ('number' in what && !(await isSealed(source, what.number)))
    throw new PackError(`There is no EX-${what.number} under the latest checkpoint of the record.`);
  const shelf = await PolicyShelf.read(source, population === null);
  return { checkpoint: { origin: originOf(teamId), ...sealed }, note, source, population, numbers, shelf };
}

async function* recordsOf({ source, numbers }: Chosen, onProgress: PackOptions['onProgress']) {
  for (const [done, number] of numbers.entries()) {
    const record = await readRequestRecord(source, number);
    if (!record) throw new PackError(`EX-${number} was sealed, but cannot be read: run audit verify.`);
    yield record;
    onProgress?.(done + 1, numbers.length);
  }
}

/**
 * Writes a pack of what is under the latest checkpoint. Of the same record it is the same bytes.
 * @throws PackError
 */
export const writePack = (out: Writable, options: PackOptions): Promise<Packed> =>
  reading(options, async (chosen) => {
    const { source, checkpoint, population, numbers, note, shelf } = chosen;
    const { key } = options;
    const archive = new Archive(out, new Date(checkpoint.at));
    try {
      const policies = await readSealed(source, 'policy');
      const pack: Pack = { source, archive, checkpoint, note, policies, shelf, single: population === null };
      await archive.add('README.txt', guide({ checkpoint, numbers, population, signed: key !== null }));
      if (population) await addPopulation(pack, population);
      await addProved(pack, policies);
      await archive.append('requests.csv', requestsHead());
      await archive.append('decisions.csv', decisionsHead());
      for (const empty of ['requests.jsonl', 'contents.jsonl']) await archive.append(empty, '');
      for await (const record of recordsOf(chosen, options.onProgress)) await addRequest(pack, record);
      for (const { file, document } of shelf.taken()) await archive.add(file, document);
      await archive.add('checkpoint.txt', note);
      await archive.add('checkpoints.json', `${JSON.stringify(await earlierCheckpoints(source), null, 1)}\n`);
      await archive.add('verify.mjs', VERIFY);
      await archive.close((sums) => (key ? signedText(sums, checkpoint.origin, key) : sums));
    } finally {
      await archive.dispose();
    }
    return { checkpoint, numbers, population };
  });

/**
 * Writes the requests alone: a row each, or a JSON object a line.
 * @throws PackError
 */
export const writeTable = (out: Writable, format: 'csv' | 'jsonl', options: PackOptions): Promise<Packed> =>
  reading(options, async (chosen) => {
    const { source, shelf, checkpoint, numbers, population } = chosen;
    async function* lines() {
      if (format === 'csv') yield requestsHead();
      for await (const record of recordsOf(chosen, options.onProgress)) {
        const { rules } = shelf.take(record.state, record.state.submittedAt);
        const names = await namesOf(source.db, source.teamId, peopleIn(record));
        yield (format === 'csv' ? requestRow : requestLine)({ record, rules, names });
      }
    }
    await pipeline(lines(), out);
    return { checkpoint, numbers, population };
  });

type Pack = {
  source: Source;
  archive: Archive;
  checkpoint: Checkpoint;
  note: string;
  policies: SealedStream;
  shelf: PolicyShelf;
  single: boolean;
};

async function addPopulation({ archive, checkpoint }: Pack, population: Population): Promise<void> {
  await archive.add(
    'population.json',
    `${JSON.stringify({ ...checkpoint, root: checkpoint.root.toString('base64'), ...population }, null, 1)}\n`,
  );
  await archive.add('index.html', populationPage(population, checkpoint));
}

/** Events and what proves them, line by line. */
async function addProved({ archive }: Pack, { events, stream }: SealedStream): Promise<void> {
  for (const { text, seq, leaf } of events) {
    await archive.append('events.jsonl', `${text}\n`);
    const proof = leaf.proof.map((one) => one.toString('base64'));
    await archive.append('proofs.jsonl', `${JSON.stringify({ stream, seq, position: leaf.position, proof })}\n`);
  }
}

async function addRequest(pack: Pack, record: RequestRecord): Promise<void> {
  const { source, archive, checkpoint, note, policies, shelf, single } = pack;
  const { state, number } = record;
  const last = record.events.at(-1)?.at ?? state.submittedAt;
  const { policy, rules, wiring, files } = shelf.take(state, last);
  const names = await namesOf(source.db, source.teamId, peopleIn(record));
  const root = single ? '' : '../';
  const policyFiles = new Map(files.map(({ version, file }) => [version, root + file]));
  const model = { record, policy, rules, wiring, names, policyFiles, policies, checkpoint, note, root };
  await archive.add(single ? 'report.html' : `reports/EX-${number}.html`, report(model));
  await addProved(pack, record);
  const listed = { record, rules, names };
  await archive.append('requests.csv', requestRow(listed));
  await archive.append('decisions.csv', decisionRows(listed));
  await archive.append('requests.jsonl', requestLine(listed));
  await addWords(pack, record);
  await addFiles(pack, record);
}

async function addWords({ archive }: Pack, { contents, state }: RequestRecord): Promise<void> {
  for (const { id, nonce, bytes } of [...contents.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    await archive.append('contents.jsonl', `${JSON.stringify({ id, nonce, text: bytes })}\n`);
  const readings = new Map(
    state.snapshots.flatMap(({ content }) => (content?.text ? [[content.content, content.text]] : [])),
  );
  for (const [id, text] of readings) await archive.add(`snapshots/${id}.json`, text);
}

async function addFiles({ source, archive }: Pack, { number, state }: RequestRecord): Promise<void> {
  // Another request may have the same bytes, of which they were not erased.
  const erased = state.erasures.flatMap(({ files }) => files);
  const there = state.keptFiles.filter(({ sha256 }) => !erased.includes(sha256));
  const kept = new Map(there.map(({ sha256, name }) => [sha256, name]));
  for (const [sha256, name] of kept) {
    const bytes = await bytesOf(source.db, source.teamId, sha256);
    // Pictures and documents are compressed as they are.
    const file = `evidence/EX-${number}/${evidenceName(name, sha256)}`;
    if (bytes) await archive.add(file, bytes, { compress: false });
  }
}

/** Everybody whom a report can name. */
function peopleIn({ happened, events }: RequestRecord): string[] {
  const named = JSON.stringify(events.map(({ data }) => data)).match(/(?<=")[UW][A-Z0-9]{2,}(?=")/g) ?? [];
  return [...new Set([...happened.map(({ by }) => by), ...named])];
}
