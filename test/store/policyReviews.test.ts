import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { handleReview } from '../../src/app/policyReview.ts';
import { lookForRecurrenceWith } from '../../src/jobs/errands/lookForRecurrence.ts';
import { createLogger } from '../../src/log.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { createReviewLog, loadReview } from '../../src/store/policyReviews.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { hour, idOf } from '../support/cast.ts';
import { words } from '../support/given.ts';
import { PROCEDURE_TEXT } from '../support/policy.ts';
import { type Replica, TEAM } from '../support/replica.ts';
import { owedIn } from '../support/store.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let other: Replica;
beforeAll(async () => {
  world = await createWorld();
  await publishPolicy(world.store, TEAM, PROCEDURE_TEXT, hour(-1));
  other = world.replica();
});
afterAll(() => world.close());

/** What the errand does on one replica after the request with this number came in. */
const lookOn = ({ store, policies }: Replica, number: number) =>
  lookForRecurrenceWith({
    ...{ db: store.db, reviews: createReviewLog(store), policies, clock: { now: () => hour(2) }, teamId: TEAM },
    ...{ log: createLogger({ level: 'silent' }), wake: () => undefined },
  })({ number });
const ask = (customer: string, at = hour(0)) => world.submit('ada', { customer: words(customer) }, at);
const reviews = () => world.store.db.selectFrom('policy_reviews').selectAll().orderBy('review').execute();
const audit = async () => (await verifyChains(world.store.db, TEAM)).faults;
const owed = async () =>
  (await owedIn(world.store, TEAM)).flatMap((intent) => (intent.kind === 'policy_review' ? [intent.review] : []));

describe('looking for recurrence', () => {
  it('opens one review, however many replicas look at once and however often', async () => {
    const numbers = [await ask('Nordwind'), await ask('NORDWIND '), await ask('nordwind')];
    await Promise.all(numbers.flatMap((number) => [lookOn(world, number), lookOn(other, number)]));
    for (const number of numbers) await lookOn(other, number);
    expect(await reviews()).toMatchObject([{ review: 1, rule: 'goodwill', requests: numbers, outcome: null }]);
    expect(await owed()).toEqual([1]);
  });

  it('two kinds at the same moment get a review each', async () => {
    const [a, b] = [
      [await ask('Aal'), await ask('Aal'), await ask('Aal')],
      [await ask('Barsch'), await ask('Barsch'), await ask('Barsch')],
    ];
    await Promise.all([lookOn(world, a[2] ?? 0), lookOn(other, b[2] ?? 0)]);
    const [, ...two] = await reviews();
    expect(two.map(({ review }) => review)).toEqual([2, 3]);
    expect(two.map(({ requests }) => requests).sort()).toEqual([a, b].sort());
  });

  it('counts what was asked for within the time of the policy, and no longer ago', async () => {
    const days = (n: number) => hour(24 * n);
    await ask('Rare', days(-95));
    await ask('Rare', days(-60));
    await lookOn(world, await ask('Rare', days(0)));
    expect((await reviews()).flatMap(({ requests }) => requests)).toHaveLength(9);
  });

  it('links what comes in while it is open', async () => {
    const late = await ask('Nordwind', hour(5));
    await Promise.all([lookOn(world, late), lookOn(other, late)]);
    const [review] = await reviews();
    expect(review?.requests).toContain(late);
    expect((await loadReview(world.store.db, TEAM, 1)).version).toBe(2);
  });

  it('two who close it at the same moment: one does, the other is told', async () => {
    const close = (replica: Replica, by: string, outcome: 'kept' | 'changed') =>
      handleReview(createReviewLog(replica.store), TEAM, 1, {
        ...{ type: 'close', outcome, words: toWords('Looked at.'), entitled: true, by, at: hour(6) },
      });
    const outcomes = await Promise.all([close(world, idOf('cleo'), 'kept'), close(other, idOf('carl'), 'changed')]);
    const refused = outcomes.filter((outcome) => typeof outcome === 'object');
    expect(outcomes).toContain('done');
    expect(refused).toMatchObject([{ why: 'review_closed' }]);
    const [review] = await reviews();
    expect(review?.closed_by).toBe(refused[0]?.why === 'review_closed' ? refused[0].by : '');
  });

  it('leaves a record that stands the audit, and one that was touched is found', async () => {
    expect(await audit()).toEqual([]);
    const set = (outcome: 'kept' | 'changed' | 'clarified') =>
      world.store.db.updateTable('policy_reviews').set({ outcome }).where('review', '=', 1).execute();
    const before = (await reviews())[0]?.outcome ?? 'kept';
    await set('clarified');
    expect(await audit()).toEqual([
      { stream: 'policy_review/1', seq: null, what: 'row_changed', columns: ['outcome'] },
    ]);
    await set(before);
    const row = (await reviews())[1];
    await world.store.db.deleteFrom('policy_reviews').where('review', '=', 2).execute();
    expect(await audit()).toEqual([{ stream: 'policy_review/2', seq: null, what: 'row_missing' }]);
    expect(row?.review).toBe(2);
  });
});

describe('what counts together for the tier', () => {
  const piece = (customer: string) => ({ customer: words(customer), deviation: '19', value: '900' });

  it('submissions that race see each other, whoever of them is first', async () => {
    const replicas = [world, other, world, other];
    const numbers = await Promise.all(replicas.map((replica) => replica.submit('ada', piece('Racer'))));
    const states = await Promise.all(numbers.sort((a, b) => a - b).map((number) => world.read(number)));
    expect(states.map(({ exposure }) => exposure?.deviation ?? null)).toEqual([null, '38', '57', '76']);
    expect(states.map(({ tier }) => tier)).toEqual(['team_lead', 'manager', 'executive', 'executive']);
  });

  it('what was rejected, withdrawn or asked for longer ago does not count', async () => {
    const withdrawn = await world.submit('ada', piece('Quiet'));
    await world.order('ada', { type: 'withdraw', reason: null }, { number: withdrawn });
    await world.decide('reject', 'olga', await world.submit('ada', piece('Quiet')));
    await world.submit('ada', piece('Quiet'), hour(-31 * 24));
    expect((await world.read(await world.submit('ada', piece('Quiet')))).exposure).toBeNull();
  });

  it('without a customer nothing does', async () => {
    const alone = { customer: null, category: 'internal', deviation: '19' };
    await world.submit('ada', alone);
    expect((await world.read(await world.submit('ada', alone))).exposure).toBeNull();
  });
});
