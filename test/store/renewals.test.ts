import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/core/refusal.ts';
import { readEndings } from '../../src/store/figures/endings.ts';
import { hour } from '../support/cast.ts';
import { revoke, submit, tick } from '../support/given.ts';
import { type Replica, seenIn, TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let other: Replica;
beforeAll(async () => {
  world = await createWorld();
  other = world.replica();
});
afterAll(() => world.close());

const day = (days: number) => hour(24 * days).slice(0, 10);

/** Good for so many days. */
async function approved(days: number): Promise<number> {
  const number = await world.submit('ada');
  await world.decide('approve', 'olga', number);
  const state = await world.read(number);
  const done = await world.order(
    'lee',
    {
      ...{ type: 'approve', seen: seenIn(state), rationale: state.rationale, checks: [], conditions: [] },
      validity: { from: day(0), until: day(days) },
    },
    { number, at: hour(2) },
  );
  if (isRefusal(done)) throw new Error(JSON.stringify(done));
  return done.number;
}

describe('renewing at once', () => {
  it('happens once, whoever asks on however many replicas', async () => {
    const number = await approved(10);
    const asking = (['ada', 'olga', 'otto', 'ada'] as const).map((who, i) =>
      (i % 2 === 0 ? world : other).order(who, submit({ renews: number }), { number: null, at: hour(3) }),
    );
    const outcomes = await Promise.all(asking);
    const [first, ...more] = outcomes.flatMap((one) => (isRefusal(one) ? [] : [one.number]));
    expect(more).toEqual([]);
    for (const one of outcomes)
      if (isRefusal(one)) expect(one).toMatchObject({ why: 'renewed_already', renewal: first });
    expect((await world.read(first ?? 0)).renews).toEqual({ number, times: 1 });
  });

  it('can be asked for again once the first was refused', async () => {
    const number = await approved(10);
    const renewal = await world.submit('ada', { renews: number });
    await world.decide('reject', 'olga', renewal);
    const next = await world.submit('ada', { renews: number });
    expect(await world.log.renewedBy({ teamId: TEAM, number })).toEqual({ number: next, status: 'in_review' });
  });
});

describe('the figures of what ends', () => {
  it('count what lapsed and was revoked in the period, and list what ends soon by its day', async () => {
    const [short, late, soon, gone] = [await approved(1), await approved(100), await approved(29), await approved(20)];
    await world.order('system', tick, { number: short, at: hour(60) });
    await world.order('lia', revoke(), { number: gone, at: hour(61) });
    const renewal = await world.submit('ada', { renews: soon });
    const figures = (from: number, to: number) =>
      readEndings(world.store.db, TEAM, { from: hour(from), to: hour(to) }, hour(24));
    const found = await figures(48, 72);
    expect(found).toMatchObject({ lapsed: 1, revoked: 1, soonLeftOut: 0 });
    expect(await figures(72, 96)).toMatchObject({ lapsed: 0, revoked: 0 });
    const numbers = found.soon.map(({ number }) => number);
    expect(numbers).toContain(soon);
    for (const number of [short, late, gone]) expect(numbers).not.toContain(number);
    expect(found.soon.find(({ number }) => number === soon)).toEqual({
      number: soon,
      until: day(29),
      renewedBy: renewal,
    });
    expect(found.soon.map(({ until }) => until)).toEqual(found.soon.map(({ until }) => until).toSorted());
  });
});
