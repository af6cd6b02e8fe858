/** Requests that wait to be confirmed, made by the commands that make them in Slack. */
import { readFileSync } from 'node:fs';
import { toWords } from '../src/app/content.ts';
import { contentHash, handle } from '../src/app/handle.ts';
import { isRefusal } from '../src/core/refusal.ts';
import { createLogger } from '../src/log.ts';
import type { DecisionMeta } from '../src/slack/carried.ts';
import { connect, type Store } from '../src/store/connect.ts';
import { createEventLog } from '../src/store/eventLog.ts';
import { migrate } from '../src/store/migrate.ts';
import { createPolicies } from '../src/store/policies.ts';
import { publishPolicy } from '../src/store/publish.ts';
import { readRequest } from '../src/store/requests.ts';
import { REQUESTER, TEAM } from './submission.ts';

const AT_ONCE = 8;

/**
 * Migrates the database and fills it: `count` requests of Carveout's, and as many plain rows.
 * @returns what the approver of each request saw
 */
export async function prepare(url: string, count: number): Promise<DecisionMeta[]> {
  await migrate({ connectionString: url });
  const store = connect(url, createLogger({ level: 'warn' }), AT_ONCE);
  try {
    await plainTables(store, count);
    const policy = readFileSync(new URL('../policy.yaml', import.meta.url), 'utf8');
    await publishPolicy(store, TEAM, policy, new Date().toISOString());
    await submitAll(store, { from: 1, count, at: new Date().toISOString() });
    const metadata = await seenBy(store, count);
    // What is owed for these would otherwise be told to Slack while the approvals are measured.
    await store.pool.query('delete from outbox');
    // Only what is full already: what is empty now would be remembered as empty, and read from end to end as it fills.
    await store.pool.query('vacuum analyze requests, plain_requests');
    return metadata;
  } finally {
    await store.close();
  }
}

async function plainTables({ pool }: Store, count: number): Promise<void> {
  await pool.query(`
    create table plain_requests (number int primary key, status text not null, version int not null);
    create table plain_events (id bigint generated always as identity primary key, number int not null, type text not null,
      actor text not null, rationale text, at timestamptz not null default clock_timestamp());`);
  await pool.query(`insert into plain_requests select n, 'in_review', 1 from generate_series(1, $1) as n`, [count]);
}

/** Requests with the numbers from `from` on, asked for at the instant `at`. */
export async function submitAll(
  store: Store,
  { from, count, at }: { from: number; count: number; at: string },
): Promise<void> {
  const log = createEventLog(store.pool, createPolicies(store.db, TEAM));
  await forEach(from, count, async (number) => {
    const command = { type: 'submit', by: REQUESTER, at, form: form() } as const;
    const done = await handle(log, TEAM, command, { number, key: null });
    if (isRefusal(done)) throw new Error(`EX-${number} was refused: ${done.why}`);
  });
}

/** What the approver of each request sees. */
async function seenBy(store: Store, count: number): Promise<DecisionMeta[]> {
  const policies = createPolicies(store.db, TEAM);
  const metadata: DecisionMeta[] = [];
  await forEach(1, count, async (number) => {
    const view = await readRequest(store.db, policies, TEAM, number);
    if (view?.state.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
    const { round, stage } = view.state;
    const seen = { round, stage, contentHash: contentHash(view.state) };
    metadata[number - 1] = { v: 1, n: number, act: 'approve', seen };
  });
  return metadata;
}

async function forEach(from: number, count: number, act: (number: number) => Promise<void>): Promise<void> {
  let next = from;
  const work = async () => {
    for (let number = next++; number < from + count; number = next++) await act(number);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const form = () => ({
  beneficiary: null,
  origin: 'slash_command' as const,
  askedBefore: null,
  rule: 'refund-window',
  otherRule: null,
  category: 'customer-retention',
  component: null,
  errorType: null,
  deviation: '10',
  asksFor: null,
  value: '500',
  customer: toWords('Nordwind GmbH'),
  rationale: toWords('The parcel was held at customs for two weeks, which was not their fault.'),
  impact: toWords('One refund of 500 USD; a customer of six years stays.'),
  evidence: null,
  files: [],
  inputs: {},
  severity: 'minor' as const,
  urgent: false,
  alreadyHappened: false,
  neededBy: null,
  confidential: false,
});
