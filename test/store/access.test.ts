import { afterAll, beforeAll, expect, it } from 'vitest';
import { looksBetween, recordLook } from '../../src/store/access.ts';
import { verifyChains } from '../../src/store/audit/verify.ts';
import { TEAM } from '../support/replica.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const list = (by: string, requests: number[], at: string) =>
  recordLook(world.store.db, TEAM, { by, what: 'list', requests, from: null, to: null, at });

async function looks(from: string | null, to: string | null) {
  const found = [];
  for await (const look of looksBetween(world.store.db, TEAM, { from, to })) found.push(look);
  return found;
}

it('keeps every one of many looks at the same moment, each following the one before it', async () => {
  const readers = Array.from({ length: 40 }, (_, i) => `U${i}`);
  await Promise.all(readers.map((by, i) => list(by, [i + 1], '2027-03-01T10:00:00.000Z')));
  const found = await looks('2027-03-01T00:00:00.000Z', '2027-03-02T00:00:00.000Z');
  expect(found.map(({ by }) => by).toSorted()).toEqual(readers.toSorted());
  expect((await verifyChains(world.store.db, TEAM)).faulty).toBe(0);
});

it('finds looks by the time at which they were, over days, and no other records', async () => {
  await list('U_EVE', [1], '2027-03-04T23:59:59.999Z');
  await list('U_DAY', [2, 3], '2027-03-05T00:00:00.000Z');
  await list('U_NEXT', [], '2027-03-06T12:00:00.000Z');
  await world.submit('ada');
  const at = (found: { by: string }[]) => found.map(({ by }) => by);
  expect(at(await looks('2027-03-04T00:00:00.000Z', '2027-03-06T12:00:00.000Z'))).toEqual(['U_EVE', 'U_DAY']);
  expect(at(await looks('2027-03-05T00:00:00.000Z', null))).toEqual(['U_DAY', 'U_NEXT']);
  expect(await looks(null, null)).toHaveLength(43);
});
