/** Chance that can be repeated: the same seed gives the same run. */
export type Chance = {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from 0, less than `limit`. */
  below(limit: number): number;
  /** Whether something happens that happens so often, from 0 to 1. */
  happens(share: number): boolean;
  /** Exponentially distributed around `mean`: mostly soon, seldom very late. */
  around(mean: number): number;
  pick<T>(all: readonly T[]): T;
  shuffled<T>(all: readonly T[]): T[];
};

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (share) => next() < share,
    around: (mean) => -mean * Math.log(1 - next()),
    pick: (all) => {
      if (all.length === 0) throw new Error('there is nothing to pick from');
      return all[below(all.length)] as (typeof all)[number];
    },
    shuffled(all) {
      const keyed = all.map((one) => ({ one, key: next() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
    },
  };
}
