import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Chance, createChance } from '../../bench/random.ts';
import { toWords } from '../../src/app/content.ts';
import { contentHash, handle } from '../../src/app/handle.ts';
import type { Command } from '../../src/core/command.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { demoApp } from '../../src/demo/app.ts';
import { createLogger } from '../../src/log.ts';
import { createSandbox, type Sandbox, seededCompany } from '../../src/sandbox/index.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { createPolicies } from '../../src/store/policies.ts';
import { readRequest } from '../../src/store/requests.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { form, type Order } from '../support/given.ts';
import { type Mortal, startMortal } from '../support/mortal.ts';
import { waitFor } from '../support/wait.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const HOUR = 3_600_000;
/** A Wednesday. */
const BEGIN = Date.parse('2026-11-18T10:00:00.000Z');
const UNDECIDED = [1, 2, 3, 4, 5, 6];
const APPROVED = [7, 8];
/** Two reminders, and two ladders to their ends. */
const OVERDUE = [
  ...['reminder_due 50', 'reminder_due 75', 'sla_imminent 1', 'sla_imminent 2'],
  ...['sla_breached 1', 'sla_breached 2', 'sla_breached 3'],
];
/** Whom the steps go to in the seeded company. */
const CHASERS: Record<string, string[]> = {
  'sla_imminent 1': ['U0BEA', 'U0EVAN'],
  'sla_imminent 2': ['U0BEA', 'U0MARA', 'U0MATT'],
  'sla_breached 1': ['U0BEA', 'U0EVAN'],
  'sla_breached 2': ['U0BEA', 'U0MARA', 'U0MATT'],
  'sla_breached 3': ['U0ERIN', 'U0EVAN'],
};
/** Good for nine days: its owner hears of the end a week and a day before it. */
const ENDING = ['ending_near 7', 'ending_near 1', 'lapsed'];
/** Hours after the beginning at which somebody looks at the clock; each brings something. */
const STOPS = [12.1, 18.1, 22.1, 23.5, 24.1, 26.5, 31, 74, 122, 200, 242, 290];
const WEEKS = ['2026-W47', '2026-W48'];

/** The default policy around the clock, so that hours are hours; with ladders of its own. */
function policy(): string {
  const document = parse(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'));
  const { rules } = document;
  delete rules.calendar;
  for (const each of [...Object.values<{ calendar?: string }>(rules.tiers), ...rules.categories]) delete each.calendar;
  rules.ladders = {
    sla_imminent: [
      { to: 'ops_supervisors', within: '1h', priority: 'high' },
      { to: 'next_tier', priority: 'high' },
    ],
    sla_breached: [
      { to: 'ops_supervisors', within: '2h', priority: 'high' },
      { to: 'next_tier', within: '4h', priority: 'high' },
      { to: 'executives', priority: 'urgent' },
    ],
  };
  return stringify(document);
}

let database: TestDatabase;
let sandbox: Sandbox;
let store: Store;
let folder: string;
let replicas: Mortal[] = [];
let env: Record<string, string>;
let ahead = BEGIN - Date.now();

beforeAll(async () => {
  database = await createTestDatabase();
  const app = demoApp();
  sandbox = await createSandbox({ company: seededCompany(), app, rateLimits: 'off' });
  store = connect(database.url, createLogger({ level: 'silent' }), 4);
  folder = mkdtempSync(join(tmpdir(), 'carveout-replicas-'));
  const CARVEOUT_POLICY = join(folder, 'policy.yaml');
  writeFileSync(CARVEOUT_POLICY, policy());
  env = {
    ...{ DATABASE_URL: database.url, SLACK_API_URL: sandbox.apiUrl, PORT: '0', CARVEOUT_POLICY, LOG_LEVEL: 'error' },
    ...{ SLACK_BOT_TOKEN: app.botToken, SLACK_SIGNING_SECRET: app.signingSecret },
  };
  replicas = await Promise.all([1, 2, 3].map(() => startMortal(env, ahead)));
}, 120_000);
afterAll(async () => {
  for (const replica of replicas) replica.kill();
  await store.close();
  await sandbox.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function order(by: string, number: number | null, given: Order): Promise<number> {
  const teamId = sandbox.workspace.team.id;
  const log = createEventLog(store.pool, createPolicies(store.db, teamId));
  const at = new Date(BEGIN).toISOString();
  const done = await handle(log, teamId, { ...given, by, at } as Command, { number, key: null });
  if (isRefusal(done)) throw new Error(`refused: ${JSON.stringify(done)}`);
  return done.number;
}

async function approve(by: string, number: number, validity?: { from: string; until: string }): Promise<void> {
  const teamId = sandbox.workspace.team.id;
  const found = await readRequest(store.db, createPolicies(store.db, teamId), teamId, number);
  if (found?.state.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
  const { round, stage } = found.state;
  const seen = { round, stage, contentHash: contentHash(found.state) };
  const given = { type: 'approve' as const, seen, rationale: toWords('Judged.'), checks: [], conditions: [] };
  await order(by, number, validity ? { ...given, validity } : given);
}

async function makeRequests(): Promise<void> {
  for (const _ of [...UNDECIDED, ...APPROVED])
    await order('U0NINA', null, {
      type: 'submit',
      form: form({ rule: 'refund-window', category: 'customer-retention', deviation: '10', value: '500' }),
    });
  for (const number of APPROVED) {
    await approve('U0OLGA', number);
    await approve('U0LENA', number, { from: '2026-11-18', until: '2026-11-27' });
    await order('U0OLGA', number, { type: 'execute', outcome: 'done', words: toWords('Done.') });
  }
}

/** Those that were killed and are being started again. */
const reborn: Promise<void>[] = [];
const living = () => replicas.filter((replica) => replica.isAlive());

/** The clock moves for all of them; some are killed wherever they stand, and started again. At least one goes through. */
async function advance(hours: number, chance: Chance): Promise<void> {
  await waitFor(() => living().length > 1, { what: 'two replicas that live', timeoutMs: 60_000 });
  ahead = BEGIN + hours * HOUR - Date.now();
  const all = living();
  const through = all.map((replica) => replica.catchUp(ahead));
  for (const replica of chance.shuffled(all).slice(0, chance.below(all.length))) {
    await delay(chance.below(150));
    replica.kill();
    const place = replicas.indexOf(replica);
    const started = startMortal(env, ahead).then((again) => {
      replicas[place] = again;
    });
    reborn.push(started);
  }
  await Promise.all(through);
}

/** What the clock brought, as the record has it: `EX-1 sla_breached 2`. */
async function recorded(): Promise<string[]> {
  const { rows } = await store.pool.query<{ said: string }>(
    `select concat_ws(' ', replace(stream, 'request/', 'EX-'), coalesce(data->>'kind', type),
       coalesce(data->>'step', data->>'percent', data->>'days')) as said from events
     where type in ('escalation_raised', 'reminder_due', 'ending_near', 'lapsed', 'week_reported')`,
  );
  return rows.map(({ said }) => said).toSorted();
}

/** Whether nothing is owed, and nothing waits to be delivered. @throws Error with what is left */
async function isSettled(): Promise<boolean> {
  const { rows } = await store.pool.query(
    `select 'owed' as what, intents as which from outbox
     union all select state::text, data->'intent' from pgboss.job where state in ('created', 'retry', 'active')`,
  );
  if (rows.length > 0) throw new Error(JSON.stringify(rows));
  return true;
}

/** What each message was posted for. A file carries no key, and says by its title which week's list it is. */
const keys = (): string[] =>
  sandbox.messages().map(({ metadata, files = [] }) => {
    const titles = files.map((id) => sandbox.workspace.files.get(id)?.title);
    return metadata ? String(metadata.event_payload.key) : `file/${titles.join()}`;
  });

// The seed repeats what is killed when, as far as machines repeat themselves.
describe(`three replicas of which some are killed at any moment (SEED=${SEED})`, () => {
  beforeAll(async () => {
    await makeRequests();
    const chance = createChance(SEED);
    for (const stop of STOPS) await advance(stop, chance);
    await Promise.all(reborn);
    expect(reborn.length).toBeGreaterThan(0);
    await Promise.all(replicas.map((replica) => replica.catchUp(ahead)));
    await waitFor(isSettled, { what: 'everything to be delivered', timeoutMs: 120_000 });
  }, 240_000);

  it('record each reminder, each step, each ending and each week once', async () => {
    const expected = [
      ...UNDECIDED.flatMap((number) => OVERDUE.map((said) => `EX-${number} ${said}`)),
      ...APPROVED.flatMap((number) => ENDING.map((said) => `EX-${number} ${said}`)),
      ...WEEKS.map((week) => `review/${week} week_reported`),
    ];
    expect(await recorded()).toEqual(expected.toSorted());
  });

  it('post no message twice', () => {
    expect(keys().toSorted()).toEqual([...new Set(keys())].toSorted());
  });

  it('tell each step to everybody whom it goes to', () => {
    const deadline = new Date(BEGIN + 24 * HOUR).toISOString();
    const expected = UNDECIDED.flatMap((number) =>
      Object.entries(CHASERS).flatMap(([said, people]) => {
        const [kind, step] = said.split(' ');
        return people.map((p) => `escalation/${number}/${kind}/${deadline}/${p}${step === '1' ? '' : `/${step}`}`);
      }),
    );
    expect(
      keys()
        .filter((key) => key.startsWith('escalation/'))
        .toSorted(),
    ).toEqual(expected.toSorted());
  });

  it('tell the owner of the end once, of its coming at most once each time, and everybody of each week', () => {
    const told = (number: number, notice: string) =>
      keys().filter((key) => new RegExp(`^dm/${number}/U0NINA/\\d+/${notice}$`).test(key));
    for (const number of APPROVED) {
      expect(told(number, 'ended')).toHaveLength(1);
      // What comes too late to be of use gives way to the message that says more.
      expect(told(number, 'ending').length).toBeLessThanOrEqual(2);
    }
    for (const week of WEEKS) expect(keys()).toContain(`digest/${week}`);
  });

  it('give nothing up', async () => {
    const { rows } = await store.pool.query(`select name, data from pgboss.job where name like '%/dead'`);
    expect(rows).toEqual([]);
  });
});
