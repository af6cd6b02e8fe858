const FIRST = 3_000;
const LONGEST = 60_000;

/**
 * How long a job that nothing is wrong with waits before it is tried again: from 3 s, doubling up to a minute, so that an hour
 * or a day without Slack costs little and its end is noticed soon. Spread, so that not everything comes back at once.
 * @param postponed how often before
 * @returns milliseconds
 */
export const backoff = (postponed: number, random: number = Math.random()): number =>
  Math.min(LONGEST, FIRST * 2 ** Math.min(postponed, 10)) * (0.75 + random / 2);

/**
 * Many that wait for the same turn would all come back for it at once: the longer one has waited, the wider it is spread,
 * up to five times as far.
 * @param ms until it is worth trying again
 */
export const spread = (ms: number, postponed: number, random: number = Math.random()): number =>
  ms * (1 + (Math.min(postponed, 20) / 5) * random);
