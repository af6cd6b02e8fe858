import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { type Fault, type Verdict, verifyChains } from '../../src/store/audit/verify.ts';
import { connect } from '../../src/store/connect.ts';
import { eventHash } from '../../src/store/hash.ts';
import { copyDatabase } from '../support/copy.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { withClient } from '../support/database-url.ts';
import { createHistory, PEOPLE, TEAM } from '../support/history.ts';

/** EX-1 was approved (submitted, escalated, confirmed, authorized); EX-2 waits for somebody who may confirm it. */
const APPROVED = 'request/1';
const WAITING = 'request/2';
let database: TestDatabase;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 16, hour)).toISOString();

beforeAll(async () => {
  database = await createTestDatabase();
  const history = await createHistory(database.url);
  const approved = await history.ask(at(9), { customer: 'ACME GmbH', value: '12500.50' });
  await history.confirm(at(10), approved);
  await history.approve(at(11), approved, 'manager');
  const waiting = await history.ask(at(12));
  await history.order(PEOPLE.operator.id, at(13), waiting, { type: 'declare_conflict' });
  expect([approved, waiting]).toEqual([1, 2]);
  await history.close();
});
afterAll(() => database.drop());

async function verify(url: string, pageSize = 2000): Promise<Verdict> {
  const store = connect(url, createLogger({ level: 'silent' }), 1);
  try {
    return await verifyChains(store.db, TEAM, { pageSize });
  } finally {
    await store.close();
  }
}

/** What the audit says after somebody who is above the database's own triggers ran these statements. */
async function tampered(...statements: string[]): Promise<Fault[]> {
  return tamperedBy(async (client) => {
    for (const statement of statements) {
      const { rowCount } = await client.query(statement);
      expect(rowCount, `rows touched by ${statement}`).toBeGreaterThan(0);
    }
  });
}

async function tamperedBy(tamper: (client: Client) => Promise<void>): Promise<Fault[]> {
  const copy = await copyDatabase(database);
  try {
    await withClient(copy.url, async (client) => {
      await client.query('set session_replication_role = replica');
      await tamper(client);
    });
    return (await verify(copy.url)).faults;
  } finally {
    await copy.drop();
  }
}

const event = (stream: string, seq: number) => `stream = '${stream}' and seq = ${seq}`;
const request = (number: number) => `team_id = '${TEAM}' and number = ${number}`;

describe('the event log', () => {
  it.each([
    ['UPDATE', "update events set actor = 'U0MALLORY'"],
    ['DELETE', 'delete from events'],
    ['TRUNCATE', 'truncate events'],
  ])('refuses %s, whoever asks', async (verb, statement) => {
    const refused = withClient(database.url, (client) => client.query(statement));
    await expect(refused).rejects.toThrow(`the event log is append-only: ${verb} is refused`);
  });
});

describe('the audit of an untouched log', () => {
  it.each([1, 2, 3, 2000])('finds nothing wrong, read in pages of %i', async (pageSize) => {
    const expected = { events: 7, streams: 3, faults: [], faulty: 0, pending: 7, size: 0 };
    expect(await verify(database.url, pageSize)).toMatchObject(expected);
  });
});

describe('the audit names the first bad event', () => {
  it('where one byte of an event was changed', async () => {
    expect(
      await tampered(
        `update events set data = jsonb_set(data::jsonb, '{value}', '"12500.51"') where ${event(APPROVED, 1)}`,
      ),
    ).toEqual([{ stream: APPROVED, seq: 1, what: 'changed' }]);
  });

  it.each([
    ['actor', "'U0MALLORY'"],
    ['at', "at - interval '1 millisecond'"],
    ['type', "'stage_rejected'"],
    ['schema_version', 'schema_version + 1'],
    ['prev_hash', "repeat('0', 64)"],
    ['hash', "repeat('0', 64)"],
  ])('where its %s was changed', async (column, value) => {
    expect(await tampered(`update events set ${column} = ${value} where ${event(APPROVED, 3)}`)).toEqual([
      { stream: APPROVED, seq: 3, what: 'changed' },
    ]);
  });

  it('where an event in the middle is missing', async () => {
    expect(await tampered(`delete from events where ${event(APPROVED, 2)}`)).toEqual([
      { stream: APPROVED, seq: 2, what: 'missing' },
    ]);
  });

  it('where the first event is missing', async () => {
    expect(await tampered(`delete from events where ${event(APPROVED, 1)}`)).toEqual([
      { stream: APPROVED, seq: 1, what: 'missing' },
    ]);
  });

  it('where the chain was cut off at its end', async () => {
    expect(await tampered(`delete from events where ${event(APPROVED, 4)}`)).toEqual([
      { stream: APPROVED, seq: 4, what: 'cut_off' },
    ]);
  });

  it('where a whole chain is gone', async () => {
    expect(await tampered(`delete from events where stream = '${WAITING}'`)).toEqual([
      { stream: WAITING, seq: null, what: 'events_missing' },
    ]);
  });

  it('where an event was replaced and its hash made to fit: the next one does not follow it', async () => {
    const faults = await tamperedBy(async (client) => {
      await client.query(`update events set actor = 'U0MALLORY' where ${event(APPROVED, 2)}`);
      await rehash(client, APPROVED, 2);
    });
    expect(faults).toEqual([{ stream: APPROVED, seq: 3, what: 'unlinked' }]);
  });

  it('where the rest of a chain was rewritten to fit: the request knows another end', async () => {
    const faults = await tamperedBy(async (client) => {
      await client.query(`update events set actor = 'U0MALLORY' where ${event(APPROVED, 4)}`);
      await rehash(client, APPROVED, 4);
    });
    expect(faults).toEqual([{ stream: APPROVED, seq: 4, what: 'rewritten' }]);
  });

  it('where an event was put in behind the last one', async () => {
    const faults = await tamperedBy(async (client) => {
      await client.query(`
        insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
        select team_id, stream, 3, type, schema_version, data, 'U0MALLORY', at, hash, '' from events
        where ${event(WAITING, 2)}`);
      await rehash(client, WAITING, 3);
    });
    expect(faults).toEqual([{ stream: WAITING, seq: 3, what: 'inserted' }]);
  });

  it('where events changed places', async () => {
    const swapped = await tampered(
      `update events set seq = 99 where ${event(APPROVED, 2)}`,
      `update events set seq = 2 where ${event(APPROVED, 3)}`,
      `update events set seq = 3 where ${event(APPROVED, 99)}`,
    );
    expect(swapped).toEqual([{ stream: APPROVED, seq: 2, what: 'changed' }]);
  });

  it('where an event was moved to another request', async () => {
    const [fault] = await tampered(`update events set stream = '${WAITING}', seq = 3 where ${event(APPROVED, 4)}`);
    expect(fault).toEqual({ stream: APPROVED, seq: 4, what: 'cut_off' });
  });

  it('where what somebody typed was changed, or is gone', async () => {
    const [changed] = await tampered("update contents set bytes = 'ACME Ltd' where bytes = 'ACME GmbH'");
    expect(changed).toMatchObject({ stream: APPROVED, seq: 1, what: 'words_changed' });
    const [gone] = await tampered("delete from contents where bytes = 'ACME GmbH'");
    expect(gone).toMatchObject({ stream: APPROVED, seq: 1, what: 'words_missing' });
  });

  it('in each stream that has one, in the order of streams', async () => {
    const faults = await tampered("update events set actor = 'U0MALLORY'");
    expect(faults.map(({ stream, seq }) => [stream, seq])).toEqual([
      ['policy', 1],
      [APPROVED, 1],
      [WAITING, 1],
    ]);
  });
});

describe('the audit compares the rows that people see with the events', () => {
  it.each([
    ['status', "status = 'rejected'"],
    ['value', 'value = 125'],
    ['tier', "tier = 'team_lead'"],
    ['due_at', "due_at = due_at + interval '1 day'"],
    ['over_at', 'over_at = null'],
    ['state', "state = jsonb_set(state::jsonb, '{status}', '\"withdrawn\"')"],
  ])('and finds a changed %s', async (column, change) => {
    expect(await tampered(`update requests set ${change} where ${request(1)}`)).toEqual([
      { stream: APPROVED, seq: null, what: 'row_changed', columns: [column] },
    ]);
  });

  it('and finds another name on a decision, and a decision that is gone', async () => {
    const expected = [{ stream: APPROVED, seq: null, what: 'row_changed', columns: ['decisions'] }];
    expect(await tampered("update decisions set person = 'U0MALLORY' where stage = 'validation'")).toEqual(expected);
    expect(await tampered("delete from decisions where stage = 'validation'")).toEqual(expected);
  });

  it('and finds a request that has events and no row', async () => {
    expect(await tampered(`delete from requests where ${request(1)}`)).toEqual([
      { stream: APPROVED, seq: null, what: 'row_missing' },
    ]);
  });

  it('and finds a policy whose text was changed after it was published', async () => {
    expect(await tampered("update policies set document = replace(document, '10000', '99999')")).toEqual([
      { stream: 'policy', seq: 1, what: 'row_changed', columns: ['policy version 1'] },
    ]);
  });
});

/** Gives an event the hash of what it says now. */
async function rehash(client: Client, stream: string, seq: number): Promise<void> {
  const { rows } = await client.query(
    `select team_id, stream, seq, type, schema_version, data, actor, at, prev_hash from events where ${event(stream, seq)}`,
  );
  const hash = eventHash({ ...rows[0], at: rows[0].at.toISOString() });
  await client.query(`update events set hash = '${hash}' where ${event(stream, seq)}`);
}
