import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { handle } from '../../src/app/handle.ts';
import { handleReview } from '../../src/app/policyReview.ts';
import type { Command } from '../../src/core/command.ts';
import { PARTS, type Part } from '../../src/core/events/audit.ts';
import { SYSTEM } from '../../src/core/events.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { forgetCustomerWith } from '../../src/jobs/errands/forgetCustomer.ts';
import { createLogger } from '../../src/log.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { keepBytes } from '../../src/store/blobs.ts';
import { createEventLog } from '../../src/store/eventLog.ts';
import { createReviewLog, loadReview } from '../../src/store/policyReviews.ts';
import { search } from '../../src/store/search.ts';
import { hour } from '../support/cast.ts';
import { type Order, picture, reading, remark, sourcesSay } from '../support/given.ts';
import { TEAM } from '../support/replica.ts';
import { waitFor } from '../support/wait.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let at = 1;
const order = (who: Parameters<World['order']>[0], given: Order, number: number) =>
  world.order(who, given, { number, at: hour(at++) });
const erase = (what: readonly Part[] = PARTS, why = 'She asked for it.'): Order => ({
  ...{ type: 'erase', because: 'request', what: [...what], words: toWords(why) },
});
const erased = async (number: number, what?: readonly Part[]) => {
  const done = await order('cleo', erase(what), number);
  if (isRefusal(done)) throw new Error(`refused: ${done.why}`);
};
const audit = async () => (await verifyChains(world.store.db, TEAM)).faults;

/** Somebody asks, says more, sources and a file come with it, and it is withdrawn. */
async function overRequest({ customer = 'Jane Roe', bytes = '' } = {}): Promise<number> {
  const number = await world.submit('ada', {
    ...{ customer: toWords(customer), impact: toWords('She is ill and poor.') },
    ...(bytes && { files: [picture()] }),
  });
  const crm = { ...reading('crm', 'gold'), content: toWords('{"segment":"gold, born 1970"}') };
  await order('system', sourcesSay([crm]), number);
  await order('ben', { ...remark('', `${number}.1`), words: toWords('Her sister called.') } as Order, number);
  if (bytes) await keep(number, bytes);
  await order('ada', { type: 'withdraw', reason: toWords('She does not want it any more.') }, number);
  return number;
}

const hashOf = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
async function keep(number: number, bytes: string, file = 'F0BOX'): Promise<void> {
  const sha256 = hashOf(bytes);
  await keepBytes(world.store.db, TEAM, sha256, Buffer.from(bytes));
  const kept = { type: 'keep_evidence', file, name: 'box.png', size: bytes.length, mediaType: 'image/png' } as const;
  await order('system', { ...kept, sha256 }, number);
}
const bytesOf = async (bytes: string) =>
  (
    await world.store.db.selectFrom('blobs').select('bytes').where('sha256', '=', hashOf(bytes)).executeTakeFirst()
  )?.bytes?.toString() ?? null;
const rowOf = (number: number) =>
  world.store.db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
/** Every word that is anywhere in the database. */
const everything = async () => {
  const { db } = world.store;
  const tables = [
    'contents',
    'requests',
    'events',
    'policy_reviews',
    'deliveries',
    'outbox',
    'inbox',
    'blobs',
  ] as const;
  return JSON.stringify(await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())));
};

describe('a request that is erased', () => {
  it('leaves none of its words anywhere, and a record that stands the audit', async () => {
    const before = await everything();
    const number = await overRequest();
    expect((await rowOf(number)).customer_key).toBe('jane roe');
    expect(await search(world.store.db, TEAM, { text: 'Jane', number: null, rules: [] }, 5)).toEqual([number]);
    await erased(number);
    const after = (await everything()).toLowerCase();
    for (const said of ['jane', 'roe', 'ill and poor', 'born 1970', 'sister', 'not want it']) {
      expect(before.toLowerCase()).not.toContain(said);
      expect(after).not.toContain(said);
    }
    expect((await rowOf(number)).customer_key).toBeNull();
    expect(await search(world.store.db, TEAM, { text: 'Jane', number: null, rules: [] }, 5)).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('says who erased it, when and why, and that stays', async () => {
    const number = await overRequest();
    await erased(number);
    const { erasures, customer } = await world.read(number);
    expect(customer).toMatchObject({ text: null, nonce: null, content: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(erasures).toMatchObject([{ by: 'U0CLEO', because: 'request', words: { text: 'She asked for it.' } }]);
    expect(await order('cleo', erase(), number)).toMatchObject({ why: 'nothing_to_erase' });
  });

  it('keeps what was not chosen, and loses it when that is', async () => {
    const number = await overRequest();
    await erased(number, ['sources']);
    const one = await world.read(number);
    expect([one.customer?.text, one.impact.text, one.snapshots[0]?.content?.text]).toEqual([
      ...['Jane Roe', 'She is ill and poor.', null],
    ]);
    expect((await rowOf(number)).customer_key).toBe('jane roe');
    await erased(number, ['customer']);
    const two = await world.read(number);
    expect([two.customer?.text, two.impact.text]).toEqual([null, 'She is ill and poor.']);
    expect((await rowOf(number)).customer_key).toBeNull();
    expect(await audit()).toEqual([]);
  });

  it('keeps its customer gone from the row when more is written', async () => {
    const number = await overRequest();
    await erased(number, ['customer']);
    await order('ben', { type: 'delete_remark', channel: 'C0CARD', ts: `${number}.1` } as Order, number);
    await erased(number, ['words']);
    expect((await rowOf(number)).customer_key).toBeNull();
  });

  it('takes nothing from another request that says the same', async () => {
    const [one, other] = [await overRequest(), await overRequest()];
    await erased(one);
    expect((await world.read(other)).customer?.text).toBe('Jane Roe');
    expect((await rowOf(other)).customer_key).toBe('jane roe');
  });

  it('is erased once by two people who press at the same moment', async () => {
    const number = await overRequest();
    const both = await Promise.all([
      world.order('cleo', erase(), { number, at: hour(90) }),
      world.replica().order('cleo', erase(), { number, at: hour(90) }),
    ]);
    expect(both.filter(isRefusal)).toMatchObject([{ why: 'nothing_to_erase' }]);
    expect((await world.read(number)).erasures).toHaveLength(1);
  });
});

/** Somebody waits for a row that another has. */
const waiting = () =>
  waitFor(
    async () => {
      const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await waits.execute(world.store.db)).rows.length > 0;
    },
    { what: 'the other to wait' },
  );

describe('bytes of a file', () => {
  it('go with their request', async () => {
    const number = await overRequest({ bytes: 'a scan' });
    await erased(number, ['words']);
    expect(await bytesOf('a scan')).toBe('a scan');
    await erased(number, ['files']);
    expect(await bytesOf('a scan')).toBeNull();
    expect((await world.read(number)).erasures.at(-1)).toMatchObject({ what: ['files'], files: [hashOf('a scan')] });
    expect(await audit()).toEqual([]);
  });

  it('stay for another request that has the same, until they are erased there', async () => {
    const [one, other] = [await overRequest({ bytes: 'shared' }), await overRequest({ bytes: 'shared' })];
    await erased(one, ['files']);
    expect(await bytesOf('shared')).toBe('shared');
    await erased(other, ['files']);
    expect(await bytesOf('shared')).toBeNull();
  });

  it('go when both requests that have them are emptied at the same moment', async () => {
    const numbers = [await overRequest({ bytes: 'both' }), await overRequest({ bytes: 'both' })];
    const first = world.replica();
    let other: Promise<unknown> | null = null;
    /** Commits once the other is through, or waits for this one. */
    const late = async (client: pg.PoolClient) => {
      const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
      const slowly = async (...given: unknown[]) => {
        if (given[0] === 'commit') {
          other = world.order('cleo', erase(['files']), { number: numbers[1] ?? 0, at: hour(91) });
          await Promise.race([other, waiting()]);
        }
        return query(...given);
      };
      return Object.assign(client, { query: slowly });
    };
    const pool = {
      query: first.store.pool.query.bind(first.store.pool),
      connect: async () => late(await first.store.pool.connect()),
    };
    const log = createEventLog(pool as unknown as pg.Pool, first.policies);
    const order: Command = { ...erase(['files']), by: 'U0CLEO', at: hour(91) } as Command;
    await handle(log, TEAM, order, { number: numbers[0] ?? 0, key: null });
    await other;
    expect(await bytesOf('both')).toBeNull();
  });

  it('come back with a request that hands them in anew', async () => {
    await erased(await overRequest({ bytes: 'again' }), ['files']);
    expect(await bytesOf('again')).toBeNull();
    await overRequest({ bytes: 'again' });
    expect(await bytesOf('again')).toBe('again');
  });
});

describe('a review of the policy that is named after a customer', () => {
  it('forgets them with the last of its requests, and stands the audit', async () => {
    const requests = [await overRequest({ customer: 'Mary Moe' }), await overRequest({ customer: 'Mary Moe' })];
    const reviews = createReviewLog(world.store);
    const same = toWords('rule=goodwill customer=mary moe');
    const opening = { review: 1, policyVersion: 1, rule: 'goodwill', same, requests };
    await handleReview(reviews, TEAM, 1, { type: 'open', by: SYSTEM, at: hour(1), ...opening });
    const log = createLogger({ level: 'silent' });
    const clock = { now: () => hour(100) };
    const forget = forgetCustomerWith({ db: world.store.db, reviews, clock, teamId: TEAM, log, wake: () => undefined });
    const keyOf = async () =>
      (await world.store.db.selectFrom('policy_reviews').select('same_key').executeTakeFirst())?.same_key;

    await erased(requests[0] ?? 0);
    await forget({ number: requests[0] ?? 0 });
    expect(await keyOf()).toBe('rule=goodwill customer=mary moe');
    await erased(requests[1] ?? 0);
    await forget({ number: requests[1] ?? 0 });
    expect(await keyOf()).toBeNull();
    expect((await everything()).toLowerCase()).not.toContain('mary');
    expect((await loadReview(world.store.db, TEAM, 1)).state?.same.text).toBeNull();
    await forget({ number: requests[1] ?? 0 });
    expect((await loadReview(world.store.db, TEAM, 1)).version).toBe(2);
    expect(await audit()).toEqual([]);
  });
});
