import { expect, it } from 'vitest';
import { backoff, spread } from '../../src/jobs/backoff.ts';

it('waits from three seconds up to a minute, and no longer after a day', () => {
  expect([0, 1, 2, 3, 4, 5, 2000].map((postponed) => backoff(postponed, 0.5))).toEqual([
    3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000,
  ]);
});

it('spreads those who wait for the same turn, the wider the longer they have waited', () => {
  expect(spread(1_000, 0, 1)).toBe(1_000);
  expect(spread(1_000, 5, 1)).toBe(2_000);
  expect(spread(1_000, 500, 1)).toBe(5_000);
});
