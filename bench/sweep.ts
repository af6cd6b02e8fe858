/** How long a sweep takes among ever more requests that are open and not due: it reads only what is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/embedded/launcher.ts';
import { sweep } from '../src/jobs/sweep.ts';
import { createLogger } from '../src/log.ts';
import { connect, type Store } from '../src/store/connect.ts';
import { createEventLog } from '../src/store/eventLog.ts';
import { migrate } from '../src/store/migrate.ts';
import { createPolicies } from '../src/store/policies.ts';
import { publishPolicy } from '../src/store/publish.ts';
import { submitAll } from './prepare.ts';
import { aligned, median } from './report.ts';
import { TEAM } from './submission.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A Wednesday morning. */
const BEGIN = Date.parse('2026-11-18T09:00:00.000Z');
const after = (ms: number): string => new Date(BEGIN + ms).toISOString();
const LOG = createLogger({ level: 'warn' });
const BATCH = 20_000;

/** `due`: requests that each sweep finds. */
type Extent = { rounds: number; due: number };
/** A database with so many requests that are not due, and what sweeps of it took. */
type Company = { size: number; store: Store; dueMs: number[]; nothingMs: number[] };

export async function measureSweep(folder: string, { rounds, due }: Extent): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'sweep'), settings: { max_wal_size: '4GB' } });
  const all: Company[] = [];
  try {
    for (const size of SIZES) all.push({ size, store: await found(postgres.url, size), dueMs: [], nothingMs: [] });
    // A round more than is counted, in which the code is compiled. One size after the other: what else the machine does
    // falls on all of them.
    for (let round = 0; round <= rounds; round++)
      for (const company of all) {
        const took = await measure(company.store, round, due);
        if (round > 0) company.dueMs.push(took.dueMs);
        if (round > 0) company.nothingMs.push(took.nothingMs);
      }
    console.log(tableOf(all, due));
  } finally {
    await Promise.all(all.map(({ store }) => store.close()));
    await postgres.stop();
  }
}

/** A database of its own for a company that has so many requests open. */
async function found(serverUrl: string, size: number): Promise<Store> {
  const name = `open_${size}`;
  const server = connect(serverUrl, LOG, 1);
  await server.pool.query(`create database ${name}`);
  await server.close();
  const url = serverUrl.replace(/\/[^/?]*\?/, `/${name}?`);
  await migrate({ connectionString: url });
  const store = connect(url, LOG, 8);
  const policy = readFileSync(new URL('../policy.yaml', import.meta.url), 'utf8');
  await publishPolicy(store, TEAM, policy, after(0));
  await submitAll(store, { from: 1, count: 1, at: after(30 * DAY) });
  await fill(store, size);
  await store.pool.query('vacuum analyze requests');
  return store;
}

/**
 * As many requests as are missing to `size`: copies of the first, to be looked at in the weeks after it. Without their states,
 * which would fill four gigabytes: a sweep that read any of them would fail.
 */
async function fill({ pool }: Store, size: number): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns where table_name = 'requests'`,
  );
  const own: Record<string, string> = {
    number: 'n',
    state: `'{}'`,
    attention_at: `r.attention_at + (n % 40000) * interval '1 minute'`,
  };
  const names = rows.map(({ name }) => name);
  const insert = `insert into requests (${names.join()})
    select ${names.map((name) => own[name] ?? `r.${name}`).join()}
    from requests r, generate_series($2::int, $3::int) as n where r.team_id = $1 and r.number = 1`;
  // In batches, each well within the time that the bot gives a statement.
  for (let from = 2; from <= size; from += BATCH)
    await pool.query(insert, [TEAM, from, Math.min(size, from + BATCH - 1)]);
}

/** One sweep when as many have fallen due as are to be, and one more when nothing has. */
async function measure(store: Store, round: number, due: number) {
  const { pool, db } = store;
  const { rows } = await pool.query<{ last: number }>('select max(number) as last from requests');
  const from = (rows[0]?.last ?? 0) + 1;
  // A minute after those of the round before, and due a minute after them.
  await submitAll(store, { from, count: due, at: after(round * MINUTE) });
  await pool.query('delete from outbox');
  const { rows: found } = await pool.query<{ at: Date }>(
    'select max(attention_at) as at from requests where team_id = $1 and number >= $2',
    [TEAM, from],
  );
  const now = (found[0]?.at ?? new Date(0)).toISOString();
  const events = createEventLog(pool, createPolicies(db, TEAM));
  const timed = async (expected: number): Promise<number> => {
    const began = performance.now();
    const swept = await sweep({ db, events, clock: { now: () => now }, teamId: TEAM, log: LOG });
    const elapsed = performance.now() - began;
    if (swept.seen !== expected || swept.failed > 0) throw new Error(`swept ${JSON.stringify(swept)} at ${now}`);
    return elapsed;
  };
  return { dueMs: await timed(due), nothingMs: await timed(0) };
}

function tableOf(all: Company[], due: number): string {
  const first = all[0]?.dueMs ?? [];
  const rows = all.map(({ size, dueMs, nothingMs }) => [
    size.toLocaleString('en'),
    median(dueMs).toFixed(1),
    // Compared within each round, so that noise falls on both.
    median(dueMs.map((ms, round) => ms / (first[round] ?? Number.NaN))).toFixed(2),
    median(nothingMs).toFixed(2),
  ]);
  return aligned([['open requests', `ms, ${due} due`, 'of the first', 'ms, none due'], ...rows]);
}
