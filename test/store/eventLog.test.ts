import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { contentHash, handle } from '../../src/app/handle.ts';
import type { Append, EventLog } from '../../src/app/ports.ts';
import { evolve } from '../../src/core/evolve.ts';
import { initial, type State } from '../../src/core/request.ts';
import { appendWith } from '../../src/store/appendWith.ts';
import { type Envelope, eventHash } from '../../src/store/hash.ts';
import { readEvent, readRequest } from '../../src/store/requests.ts';
import { hour, idOf } from '../support/cast.ts';
import { ask, submit, withdraw } from '../support/given.ts';
import { seenIn, TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** The stored chain of a request, as the hash was made over it. */
async function chainOf(number: number): Promise<(Envelope & { hash: string })[]> {
  const rows = await world.store.db
    .selectFrom('events')
    .select(['team_id', 'stream', 'seq', 'type', 'schema_version', 'data', 'actor', 'at', 'prev_hash', 'hash'])
    .where('stream', '=', `request/${number}`)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Every event of the request follows the one before it, and is what it was when it was written. */
async function expectUnbrokenChain(number: number): Promise<number> {
  const chain = await chainOf(number);
  let prev: string | null = null;
  for (const [index, { hash, ...envelope }] of chain.entries()) {
    expect(envelope).toMatchObject({ seq: index + 1, prev_hash: prev });
    expect(eventHash(envelope)).toBe(hash);
    prev = hash;
  }
  return chain.length;
}

const counts = async () =>
  (
    await sql<Record<string, number>>`select (select count(*)::int from events) as events,
      (select count(*)::int from contents) as contents, (select count(*)::int from requests) as requests,
      (select count(*)::int from outbox) as outbox, (select count(*)::int from inbox) as inbox,
      (select count(*)::int from decisions) as decisions`.execute(world.store.db)
  ).rows[0];

describe('what is appended', () => {
  it('is read back as it was said, by every replica', async () => {
    const number = await world.submit('ada', {
      rationale: toWords('<!channel> “quoted”, 12,5 % & 🧾'),
      value: '12500.10',
      deviation: '20',
      beneficiary: idOf('ben'),
    });
    await world.decide('approve', 'olga', number, { rationale: 'Contract seen.', at: hour(1) });
    const other = world.replica();
    const state = await other.read(number);
    expect(state).toMatchObject({
      number,
      requester: idOf('ada'),
      beneficiary: idOf('ben'),
      rationale: { text: '<!channel> “quoted”, 12,5 % & 🧾' },
      value: '12500.10',
      tier: 'manager',
      stage: 'authorization',
      approvals: [{ by: idOf('olga'), at: hour(1), rationale: { text: 'Contract seen.' } }],
    });
    expect(await readEvent(other.store.db, TEAM, number, 2)).toMatchObject({
      type: 'stage_approved',
      by: idOf('olga'),
      at: hour(1),
      rationale: { text: 'Contract seen.' },
      authority: { role: 'operations', group: 'S0OPERATIONS', displayName: 'olga of the cast', tierLimit: '100000' },
    });
    expect(await readEvent(other.store.db, TEAM, number, 3)).toBeNull();
    expect(await readRequest(other.store.db, other.policies, 'T0OTHER', number)).toBeNull();
  });

  it('is announced by rows of the same statement', async () => {
    const number = await world.submit('ada');
    const owed = await sql<{ kind: string }>`
      select intent ->> 'kind' as kind from outbox, jsonb_array_elements(intents) with ordinality as owed (intent, place)
      where (intent ->> 'number')::int = ${number} order by id, place`.execute(world.store.db);
    expect(owed.rows.map(({ kind }) => kind)).toEqual(['redraw', 'call', 'tell', 'check_staffing']);
  });

  it('leaves the row of a request that is confirmed in its place, so that none of its indexes is written', async () => {
    const number = await world.submit('ada');
    const seen = seenIn(await world.read(number));
    // A connection counts what it has written; this one has written nothing yet.
    const { pool } = world.replica().store;
    const counted: unknown[] = [];
    const append: EventLog['append'] = (append) =>
      appendWith(pool, append, async (client) => {
        const { rows } =
          await client.query(`select pg_stat_get_xact_tuples_updated('requests'::regclass)::int as updated,
          pg_stat_get_xact_tuples_hot_updated('requests'::regclass)::int as in_place`);
        counted.push(...rows);
      });
    const command = { type: 'approve' as const, seen, rationale: toWords('Seen.'), checks: [], conditions: [] };
    await handle({ ...world.log, append }, TEAM, { ...command, by: idOf('olga'), at: hour(1) }, { number, key: null });
    expect((await world.read(number)).approvals).toHaveLength(1);
    expect(counted).toEqual([{ updated: 1, in_place: 1 }]);
  });

  it('makes a chain: each event carries the hash of the one before it', async () => {
    const number = await world.submit('ada');
    await world.order('olga', ask(), { number });
    await world.decide('approve', 'olga', number);
    await world.decide('approve', 'lee', number);
    expect(await expectUnbrokenChain(number)).toBe(4);
  });

  it('56: hashes to the millisecond what the database keeps to the millisecond', async () => {
    const number = await world.submit('ada', { value: '0.10' }, '2026-11-23T09:00:00.007Z');
    await world.order('olga', ask(), { number, at: '2026-11-23T09:00:00.999Z' });
    expect(await expectUnbrokenChain(number)).toBe(2);
    expect((await chainOf(number)).map(({ at }) => at.slice(-5))).toEqual(['.007Z', '.999Z']);
  });

  it('55: takes the head by its place in the stream, not by its time, should the clock have gone back', async () => {
    const number = await world.submit('ada', {}, hour(2));
    await world.order('olga', ask('Later?'), { number, at: hour(5) });
    await world.order('olga', ask('Earlier?'), { number, at: hour(1) });
    await world.order('olga', ask('Once more?'), { number, at: hour(3) });
    expect(await expectUnbrokenChain(number)).toBe(4);
  });

  it('keeps words apart, so that they can be erased and the chain still holds', async () => {
    const number = await world.submit('ada', { rationale: toWords('My name is Ada and I was ill.') });
    const inEvents = await sql`select 1 from events where data::text like '%was ill%'`.execute(world.store.db);
    const inRequests = await sql`select 1 from requests where state::text like '%was ill%'`.execute(world.store.db);
    expect([...inEvents.rows, ...inRequests.rows]).toEqual([]);

    const hashBefore = contentHash(await world.read(number));
    await sql`update contents set nonce = null, bytes = null where bytes = 'My name is Ada and I was ill.'`.execute(
      world.store.db,
    );
    const state = await world.read(number);
    expect(state.rationale).toEqual({ content: expect.any(String), nonce: null, text: null });
    expect(state.impact.text).toBe('We keep them.');
    expect(contentHash(state)).toBe(hashBefore);
    expect(await expectUnbrokenChain(number)).toBe(1);
  });

  it('is the same content to whoever hashes it: from the row, or told again from the events', async () => {
    const number = await world.submit('ada', {
      rule: 'refund-window',
      deviation: '50',
      asksFor: { value: '45', standard: '30', unit: 'days' },
    });
    await world.decide('approve', 'olga', number);
    const events = await Promise.all([1, 2].map((seq) => readEvent(world.store.db, TEAM, number, seq)));
    const told = events.reduce<State>((state, event) => (event ? evolve(state, event) : state), initial);
    const hash = contentHash(await world.read(number));
    expect(told && contentHash(told)).toBe(hash);
    expect(events[1]).toMatchObject({ type: 'stage_approved', contentHash: hash });
  });

  it('gives the same words another id each time, so that an id gives nothing away', async () => {
    const [one, two] = [toWords('yes'), toWords('yes')];
    expect(one.content).not.toBe(two.content);
    expect(toWords('yes', one.nonce ?? '')).toEqual(one);
  });
});

describe('a key', () => {
  it('14: gives the first result again, also at another replica and after the request moved on', async () => {
    const number = await world.submit('ada');
    const seen = seenIn(await world.read(number));
    const first = await world.decide('approve', 'olga', number, { seen, key: 'click-1' });
    expect(first).toEqual({ number, version: 2, repeated: false });
    await world.decide('approve', 'lee', number);
    expect(await world.replica().decide('approve', 'olga', number, { seen, key: 'click-1' })).toEqual({
      number,
      version: 2,
      repeated: true,
    });
    expect(await expectUnbrokenChain(number)).toBe(3);
  });

  it('4: submits once, however often Slack sends the submission', async () => {
    const before = await counts();
    const submission = submit();
    const results = [];
    for (let i = 0; i < 3; i++) results.push(await world.order('ada', submission, { number: null, key: 'view-1' }));
    expect(results.map((done) => 'repeated' in done && done.repeated)).toEqual([false, true, true]);
    expect(new Set(results.map((done) => 'number' in done && done.number)).size).toBe(1);
    expect((await counts())?.requests).toBe((before?.requests ?? 0) + 1);
  });

  it('of one workspace is not that of another', async () => {
    const key = 'click-2';
    const number = await world.submit('ada');
    await world.order('olga', ask(), { number, key });
    const elsewhere = await world.log.load({ teamId: 'T0OTHER', number, actor: idOf('olga'), key, at: hour(1) });
    expect(elsewhere).toMatchObject({ state: null, repeated: null, standing: { person: null } });
  });
});

describe('an append', () => {
  it('on a version that is no longer the last leaves no trace', async () => {
    const number = await world.submit('ada');
    const loaded = await world.log.load({ teamId: TEAM, number, actor: idOf('ada'), key: null, at: hour(1) });
    await world.order('olga', ask(), { number });
    const before = await counts();
    const late: Append = {
      teamId: TEAM,
      stream: `request/${number}`,
      expectedVersion: loaded.version,
      head: loaded.head,
      events: [{ type: 'withdrawn', by: idOf('ada'), at: hour(2), reason: toWords('Too late.') }],
      intents: [{ kind: 'redraw', number }],
      request: { state: await world.read(number), attentionAt: null },
      key: 'late',
      handled: { number, version: 2 },
    };
    expect(await world.log.append(late)).toBe('conflict');
    expect(await counts()).toEqual(before);
    expect(await world.read(number)).toMatchObject({ status: 'in_review', questions: [{ id: 1 }] });
  });

  it('of what no database can keep fails whole: NUL, half a surrogate pair', async () => {
    const number = await world.submit('ada');
    const before = await counts();
    for (const text of ['a\0b', 'a\ud83d'])
      await expect(world.order('ada', withdraw(text), { number, key: `odd-${text.length}` })).rejects.toThrow();
    expect(await counts()).toEqual(before);
    expect(await world.read(number)).toMatchObject({ status: 'in_review' });
  });

  it.each([
    ['UPDATE', "update events set actor = 'U0NOBODY'"],
    ['DELETE', 'delete from events'],
    ['TRUNCATE', 'truncate events'],
    ['UPDATE of nothing', "update events set actor = 'x' where false"],
  ])('is for ever: %s on events is refused by the database, to a superuser too', async (_what, statement) => {
    await world.submit('ada');
    const before = await counts();
    await expect(sql.raw(statement).execute(world.store.db)).rejects.toThrow('append-only');
    expect(await counts()).toEqual(before);
  });
});

describe('many at once', () => {
  it('53: thirty submissions on connections of their own get numbers without gap or double', async () => {
    const first = await world.submit('ada');
    const replicas = Array.from({ length: 30 }, () => world.replica(1));
    await Promise.all(replicas.map(({ store }) => store.pool.query('select 1')));
    const askers = ['ada', 'ben', 'zoe'] as const;
    const numbers = await Promise.all(replicas.map((replica, index) => replica.submit(askers[index % 3] ?? 'ada')));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => first + 1 + index));
    for (const number of numbers) expect(await expectUnbrokenChain(number)).toBe(1);
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  it('53: commands to one request from several replicas make one chain, and none is lost', async () => {
    const number = await world.submit('ada');
    const replicas = [world.replica(), world.replica(), world.replica()];
    const questions = Array.from({ length: 15 }, (_, index) => `Question ${index}?`);
    await Promise.all(
      questions.map((text, index) => (replicas[index % 3] ?? world).order('olga', ask(text), { number })),
    );
    expect(await expectUnbrokenChain(number)).toBe(16);
    const asked = (await world.read(number)).questions;
    expect(asked.map(({ id }) => id)).toEqual(questions.map((_, index) => index + 1));
    expect(new Set(asked.map(({ words }) => words.text))).toEqual(new Set(questions));
  });

  it('54: commands to several requests in every order never lock each other out', async () => {
    const numbers = await Promise.all(Array.from({ length: 5 }, () => world.submit('ada')));
    const replicas = [world.replica(), world.replica()];
    await Promise.all(
      replicas.flatMap((replica, index) =>
        (index === 0 ? numbers : numbers.toReversed()).flatMap((number) => [
          replica.order('olga', ask(), { number, key: `54-${index}-${number}` }),
          replica.order('otto', ask(), { number, key: `54-${number}` }),
        ]),
      ),
    );
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks::int from pg_stat_database where datname = current_database()`.execute(world.store.db);
    expect(rows).toEqual([{ deadlocks: 0 }]);
    // Two of their own, and one that both sent under the same key.
    for (const number of numbers) expect(await expectUnbrokenChain(number)).toBe(4);
  });
});

describe('a look at a request', () => {
  const attentionOf = async (number: number) =>
    (
      await world.store.db
        .selectFrom('requests')
        .select('attention_at')
        .where('number', '=', number)
        .executeTakeFirstOrThrow()
    ).attention_at?.toISOString() ?? null;

  it('moves its next attention, also when there was nothing to say', async () => {
    const number = await world.submit('ada', {}, hour(0));
    // When half of the time has passed.
    expect(await attentionOf(number)).toBe(hour(12));
    await sql`update requests set attention_at = ${hour(1)} where number = ${number}`.execute(world.store.db);
    await world.order('system', { type: 'tick' }, { number, at: hour(1) });
    expect(await attentionOf(number)).toBe(hour(12));
    await world.order('system', { type: 'tick' }, { number, at: hour(22) });
    // Nobody acknowledged it within the hour, and so on up to the last step.
    expect(await attentionOf(number)).toBe(hour(23));
    for (const at of [24, 26, 30]) await world.order('system', { type: 'tick' }, { number, at: hour(at) });
    expect(await attentionOf(number)).toBeNull();
    expect((await world.read(number)).escalations.map(({ kind }) => kind)).toEqual(['sla_imminent', 'sla_breached']);
  });

  it('48: escalates once, with several replicas sweeping at the same time', async () => {
    const number = await world.submit('ada', {}, hour(0));
    const replicas = [world, world.replica(), world.replica()];
    await Promise.all(replicas.map((replica) => replica.order('system', { type: 'tick' }, { number, at: hour(22) })));
    expect((await world.read(number)).escalations).toHaveLength(1);
  });

  it('does not undo what happened since', async () => {
    const number = await world.submit('ada', {}, hour(0));
    await world.order('ada', withdraw(), { number });
    await world.log.reschedule({ teamId: TEAM, number, version: 1, attentionAt: hour(22) });
    expect(await attentionOf(number)).toBeNull();
  });

  it('finds no request under a number that was never given', async () => {
    const command = { type: 'withdraw', by: idOf('ada'), at: hour(1), reason: null } as const;
    expect(await handle(world.log, TEAM, command, { number: 99_999, key: null })).toEqual({
      refused: true,
      why: 'not_found',
    });
  });
});
