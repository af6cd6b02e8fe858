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
