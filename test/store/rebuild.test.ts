import { randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { type Envelope, eventHash } from '../../src/store/hash.ts';
import { migrate } from '../../src/store/migrate.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { rebuildRequests } from '../../src/store/rebuild.ts';
import { splitWords } from '../../src/store/words.ts';
import { hour, idOf } from '../support/cast.ts';
import { databaseUrl, withClient } from '../support/database-url.ts';
import { POLICY_TEXT } from '../support/policy.ts';
import { createReplica, type Replica, TEAM } from '../support/replica.ts';
import { owedIn } from '../support/store.ts';

const adminUrl = inject('adminUrl');
const name = `older_${randomBytes(6).toString('hex')}`;
const url = databaseUrl(adminUrl, name);
const MIGRATIONS = path.resolve(import.meta.dirname, '../../migrations');

/** Brings the database to what it was before the whole procedure. */
async function migrateToFoundation(): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: MIGRATIONS });
  const { error } = await new Migrator({ db, provider }).migrateTo('0001_foundation');
  await db.destroy();
  if (error) throw error;
}

const customer = toWords('Nordwind GmbH');
const rationale = toWords('The parcel was held at customs.');
const impact = toWords('A customer of six years stays.');

/** What the program of that time wrote when somebody asked, and when the details were confirmed. */
const submitted = {
  ...{ number: 1, requester: idOf('ada'), beneficiary: null, origin: 'slash_command', policyVersion: 1 },
  ...{ currency: 'USD', rule: 'goodwill', category: 'customer', deviation: '12.5', asksFor: null, value: '900' },
  ...{ customer, rationale, impact, evidence: null, severity: 'minor', urgent: false, alreadyHappened: false },
  ...{ neededBy: null, tier: 'team_lead', tierByDeviation: 'team_lead', dueAt: hour(24) },
};
const confirmed = {
  ...{ round: 1, stage: 'validation', rationale: toWords('Contract seen.'), contentHash: 'ab'.repeat(32) },
  authority: {
    ...{ role: 'operations', group: 'S0OPERATIONS', source: 'slack', confirmedAt: hour(0), displayName: 'Olga' },
    tierLimit: '10000',
  },
};

/** Writes both as that program did: events of version 1, and a row whose state has the shape of that time. */
async function writeOlder(client: pg.Client): Promise<void> {
  let prev: string | null = null;
  const events = [
    { type: 'submitted', actor: idOf('ada'), at: hour(0), facts: submitted },
    { type: 'stage_approved', actor: idOf('olga'), at: hour(1), facts: confirmed },
  ];
  for (const [index, { type, actor, at, facts }] of events.entries()) {
    const { data, contents } = splitWords(facts);
    const envelope: Envelope = {
      ...{ team_id: TEAM, stream: 'request/1', seq: index + 1, type, schema_version: 1, data, actor, at },
      prev_hash: prev,
    };
    prev = eventHash(envelope);
    await client.query(
      `insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
       select * from jsonb_to_record($1::jsonb) as e (team_id text, stream text, seq int, type text, schema_version int,
         data jsonb, actor text, at timestamptz, prev_hash text, hash text)`,
      [JSON.stringify({ ...envelope, hash: prev })],
    );
    for (const { id, nonce, bytes } of contents)
      await client.query('insert into contents values ($1, $2, $3, $4)', [TEAM, id, nonce, bytes]);
  }
  const row = {
    ...{ team_id: TEAM, number: 1, version: 2, head: prev, status: 'in_review', tier: 'team_lead' },
    ...{ stage: 'authorization', round: 1, requester: idOf('ada'), beneficiary: null, customer_key: 'nordwind gmbh' },
    ...{ category: 'customer', rule: 'goodwill', deviation: '12.5', value: '900', submitted_at: hour(0) },
    ...{ over_at: null, due_at: hour(24), attention_at: hour(22) },
    state: { ...splitWords(submitted).data, status: 'in_review', stage: 'authorization', round: 1 },
  };
  await client.query('insert into requests select * from jsonb_populate_record(null::requests, $1::jsonb)', [
    JSON.stringify(row),
  ]);
  const of = { team_id: TEAM, request_number: 1, round: 1 };
  await client.query('insert into decisions select * from jsonb_populate_record(null::decisions, $1::jsonb)', [
    JSON.stringify({ ...of, stage: 'validation', outcome: 'approved', person: idOf('olga'), at: hour(1) }),
  ]);
  for (const [person, role] of [
    [idOf('ada'), 'requester'],
    [idOf('olga'), 'decider'],
  ])
    await client.query(
      'insert into decision_people select * from jsonb_populate_record(null::decision_people, $1::jsonb)',
      [JSON.stringify({ ...of, person, role })],
    );
  for (const intent of OWED)
    await client.query('insert into outbox (team_id, intent) values ($1, $2)', [TEAM, JSON.stringify(intent)]);
}

/** Committed, and not yet in the queue when that program was stopped. */
const OWED = [
  { kind: 'redraw', number: 1 },
  { kind: 'story', number: 1, seq: 2 },
];

let replica: Replica;
beforeAll(async () => {
  await withClient(adminUrl, (client) => client.query(`create database ${name}`));
  await migrateToFoundation();
  await withClient(url, writeOlder);
  await migrate({ connectionString: url });
  replica = createReplica(url);
  await publishPolicy(replica.store, TEAM, POLICY_TEXT, hour(-1));
});
afterAll(async () => {
  await replica.close();
  await withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
});

describe('a database from before the whole procedure', () => {
  it('is brought up to date with what is in it: its requests can be read, with their words', async () => {
    const state = await replica.read(1);
    expect(state).toMatchObject({
      ...{ status: 'in_review', stage: 'authorization', owner: idOf('ada'), files: [], holds: [], confidential: false },
      approvals: [{ by: idOf('olga'), rationale: { text: 'Contract seen.' }, checks: [], snapshots: [] }],
    });
    expect(state.customer?.text).toBe('Nordwind GmbH');
  });

  it('says whose turn each request is, and knows its customer as before', async () => {
    const row = await replica.store.db.selectFrom('requests').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      ...{ owner: idOf('ada'), owners: ['role:team_leads'], confidential: false, closed_at: null, shape: 4, held: [] },
      ...{ customer_key: 'nordwind gmbh', version: 2 },
    });
    expect(row.attention_at?.toISOString()).toBe(hour(22));
  });

  it('still owes what it owed', async () => {
    expect(await owedIn(replica.store, TEAM)).toEqual(OWED);
  });

  it('stands the audit: no event of it was touched', async () => {
    expect(await verifyChains(replica.store.db, TEAM)).toMatchObject({ faults: [], events: 3 });
  });

  it('is made anew once, by however many replicas', async () => {
    expect(await rebuildRequests(replica.store.db)).toBe(0);
    await replica.store.db
      .updateTable('requests')
      .set({ shape: 1, owners: ['person:U0WRONG'] })
      .execute();
    const made = await Promise.all([rebuildRequests(replica.store.db), rebuildRequests(createSecond().store.db)]);
    expect(Math.max(...made)).toBe(1);
    const { owners } = await replica.store.db.selectFrom('requests').select('owners').executeTakeFirstOrThrow();
    expect(owners).toEqual(['role:team_leads']);
    await second?.close();
  });
});

let second: Replica | undefined;
const createSecond = (): Replica => {
  second = createReplica(url, 1);
  return second;
};
