/** Fills a database with as many requests as a company makes in years, and seals them. */
import { hash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { createLogger } from '../../src/log.ts';
import { noteOf, originOf } from '../../src/proof/checkpoint.ts';
import { Frontier, leafHash } from '../../src/proof/merkle.ts';
import { connect } from '../../src/store/connect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { TEAM } from '../submission.ts';
import { copier } from './copies.ts';
import { makeExamples } from './examples.ts';

const WEEK = 7 * 24 * 3_600_000;
/** Over how many weeks they are spread, the last of them the one before `END`. */
const WEEKS = 150;
/** A Monday. */
export const END = Date.parse('2026-11-16T00:00:00.000Z');
const PART = 10_000;
/** Leaves between two checkpoints. */
const CHECKPOINT = 50_000;
const COLUMNS: Readonly<Record<string, string>> = {
  events: '(team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)',
};
const HEAVY = ['events', 'contents', 'leaves', 'requests', 'decisions', 'decision_people'];

/** @param folder where files may lie meanwhile; the server reads them @returns events in all */
export async function fill(url: string, folder: string, requests: number): Promise<number> {
  await migrate({ connectionString: url });
  const originals = await makeOriginals(url);
  const client = new pg.Client(url);
  await client.connect();
  await client.query('set session_replication_role = replica; set maintenance_work_mem = "1GB"');
  try {
    const restore = await withoutIndexes(client);
    const copiers = [];
    for (const original of originals) copiers.push(await copier(client, original));
    const seal = sealer();
    for (const leaf of await sealedFirst(client)) seal.leaf(leaf.stream, leaf.seq, leaf.hash, END - (WEEKS + 1) * WEEK);
    let copying: Promise<unknown> = Promise.resolve();
    const first = originals.length + 1;
    for (let from = first; from <= requests; from += PART) {
      const part = join(folder, `part-${from}`);
      const to = Math.min(requests, from + PART - 1);
      const files = openFiles(part);
      for (let number = from; number <= to; number++) {
        const week = Math.floor(((number - first) / (requests - first + 1)) * WEEKS) - WEEKS;
        // Within the working hours of a week, some minutes apart.
        const shift = week * WEEK + ((number * 7919) % 6000) * 60_000;
        const { lines, hashes } = (copiers[number % copiers.length] ?? noCopier)(number, shift, sha256);
        for (const { table, line } of lines) files.write(table, line);
        for (const [at, hash] of hashes.entries()) seal.leaf(`request/${number}`, at + 1, hash, END + shift);
      }
      for (const { table, line } of seal.take(to === requests)) files.write(table, line);
      const written = await files.close();
      await copying;
      copying = copyIn(client, written).finally(() => rmSync(part, { recursive: true }));
      copying.catch(() => undefined);
      process.stderr.write(`\r${to.toLocaleString('en')} requests`);
    }
    await copying;
    process.stderr.write('\rindexes …              \r');
    await restore();
    await client.query('insert into seals (team_id, size, tx) select $1, $2, pg_snapshot_xmin(pg_current_snapshot())', [
      TEAM,
      seal.size(),
    ]);
    await client.query('vacuum analyze');
    return seal.size();
  } finally {
    await client.end();
  }
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');
const noCopier = (): never => {
  throw new Error('there are no examples');
};

async function makeOriginals(url: string): Promise<number[]> {
  const store = connect(url, createLogger({ level: 'warn' }), 2);
  try {
    const policy = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');
    await publishPolicy(store, TEAM, policy, new Date(END - (WEEKS + 2) * WEEK).toISOString());
    const numbers = await makeExamples(store, END + 9 * 3_600_000);
    await store.pool.query('delete from outbox; delete from inbox');
    return numbers;
  } finally {
    await store.close();
  }
}

const sealedFirst = async (client: pg.Client) =>
  (
    await client.query<{ stream: string; seq: number; hash: string }>(
      'select stream, seq, hash from events where team_id = $1 order by tx, stream, seq',
      [TEAM],
    )
  ).rows;

/** What the sealer would have written. */
function sealer() {
  const frontier = new Frontier();
  let lines: { table: string; line: string }[] = [];
  const add = (table: string, ...values: (string | number)[]) => lines.push({ table, line: `${values.join('\t')}\n` });
  let last = 0;
  const checkpoint = (ms: number) => {
    const at = new Date(ms).toISOString();
    const root = frontier.root();
    const note = noteOf({ origin: originOf(TEAM), size: frontier.size, root, at }, null);
    add('checkpoints', TEAM, frontier.size, `\\\\x${root.toString('hex')}`, at, note.replaceAll('\n', '\\n'), at);
    last = ms;
  };
  return {
    size: () => frontier.size,
    leaf(stream: string, seq: number, eventHash: string, ms: number) {
      const hash = leafHash(Buffer.from(eventHash, 'hex'));
      add('leaves', TEAM, frontier.size, stream, seq, `\\\\x${hash.toString('hex')}`);
      frontier.append(hash, (level, index, root) => {
        if (level > 0 && level % 8 === 0) add('nodes', TEAM, level, index, `\\\\x${root.toString('hex')}`);
      });
      if (frontier.size % CHECKPOINT === 0) checkpoint(Math.max(last, ms));
    },
    take(end: boolean) {
      if (end && frontier.size % CHECKPOINT !== 0) checkpoint(Math.max(last, END));
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}

function openFiles(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const texts = new Map<string, string[]>();
  return {
    write(table: string, line: string) {
      const known = texts.get(table);
      if (known) known.push(line);
      else texts.set(table, [line]);
    },
    async close() {
      const written: { table: string; file: string }[] = [];
      for (const [table, lines] of texts) {
        const file = join(folder, table);
        const stream = createWriteStream(file, { mode: 0o644 });
        for (let at = 0; at < lines.length; at += 1000) stream.write(lines.slice(at, at + 1000).join(''));
        stream.end();
        await finished(stream);
        written.push({ table, file });
      }
      return written;
    },
  };
}

async function copyIn(client: pg.Client, files: { table: string; file: string }[]): Promise<void> {
  for (const { table, file } of files) await client.query(`copy ${table} ${COLUMNS[table] ?? ''} from '${file}'`);
}

/** @returns puts them back */
async function withoutIndexes(client: pg.Client): Promise<() => Promise<void>> {
  const constraints = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where conrelid::regclass::text = any ($1) and contype in ('p', 'u')`,
    [HEAVY],
  );
  for (const { table, name } of constraints.rows) await client.query(`alter table ${table} drop constraint ${name}`);
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid::regclass::text = any ($1)`,
    [HEAVY],
  );
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return async () => {
    for (const { table, name, definition } of constraints.rows)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const { definition } of indexes.rows) await client.query(definition);
  };
}
