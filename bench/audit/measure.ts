/** How long it takes to check a record of years, and to compose the report of a week of it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { createLogger } from '../../src/log.ts';
import { composeReport } from '../../src/slack/digest.ts';
import { connect } from '../../src/store/connect.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { postgresCpu } from '../postgresCpu.ts';
import { aligned, median } from '../report.ts';
import { TEAM } from '../submission.ts';
import { END, fill } from './fill.ts';

const DAY = 24 * 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const LOG = createLogger({ level: 'warn' });
/** For filling alone: what is measured runs on the settings that the bot comes with. */
const FILLING = {
  ...{ max_wal_size: '16GB', shared_buffers: '1GB', autovacuum: 'off', wal_level: 'minimal', max_wal_senders: '0' },
};

/** @param folder where there is room for some 2 KB an event */
export async function measureAudit(folder: string, { rounds, requests }: { rounds: number; requests: number }) {
  const dataDir = join(folder, 'audit');
  const filling = await startEmbeddedPostgres({ dataDir, durable: false, settings: FILLING });
  const began = performance.now();
  const events = await fill(filling.url, folder, requests).finally(() => filling.stop());
  console.log(`filled with ${events.toLocaleString('en')} events in ${seconds(performance.now() - began)}`);
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    const logAlone = await verify(postgres, ['--log-only']);
    const all = await verify(postgres, []);
    const digestMs = await compose(postgres.url, rounds);
    const perEvent = (microseconds: number | null) =>
      microseconds === null ? '?' : `${(microseconds / events).toFixed(1)} µs CPU an event`;
    const rowsOf = (name: string, { ms, ownCpu, postgresCpu }: typeof all) => [
      [name, seconds(ms), `${Math.round(events / (ms / 1000)).toLocaleString('en')} events/s`],
      ['  of it the program', perEvent(ownCpu), ''],
      ['  and Postgres', perEvent(postgresCpu), ''],
    ];
    console.log(
      aligned([
        ...rowsOf('audit verify --log-only', logAlone),
        ...rowsOf('audit verify', all),
        ['report of a week, median', `${median(digestMs).toFixed(0)} ms`, `of ${digestMs.length}`],
      ]),
    );
  } finally {
    await postgres.stop();
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** As an operator runs it: a process that is started for it. @throws Error where it finds anything wrong */
async function verify({ url, pid: postmaster }: { url: string; pid: number }, options: string[]) {
  const before = { postgres: postgresCpu(postmaster), own: postgresCpu(process.pid) };
  const began = performance.now();
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(process.execPath, [cli, 'audit', 'verify', ...options], { env, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const ms = performance.now() - began;
  if (code !== 0) throw new Error('audit verify has found something wrong with what the bench filled in');
  const since = (now: number | null, then: number | null) => (now === null || then === null ? null : now - then);
  // A process counts the time of its children that have ended, as Postgres counts that of its backends.
  const [postgres, own] = [postgresCpu(postmaster), postgresCpu(process.pid)];
  return { ms, ownCpu: since(own, before.own), postgresCpu: since(postgres, before.postgres) };
}

/** Opens the report as often as there are rounds, once more in which everything is read for the first time. */
async function compose(url: string, rounds: number): Promise<number[]> {
  const store = connect(url, LOG, 4);
  try {
    const { db } = store;
    const clock = { now: () => iso(END + DAY) };
    const took: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const policies = createPolicies(db, TEAM);
      const began = performance.now();
      await composeReport({ db, policies, teamId: TEAM, clock }, { from: iso(END - 7 * DAY), to: iso(END) });
      if (round > 0) took.push(performance.now() - began);
    }
    return took;
  } finally {
    await store.close();
  }
}
