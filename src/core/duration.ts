import { z } from 'zod';

/** Milliseconds. */
export const UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Days; what is longer is a slip of the finger, and its end no date that a calendar can name. */
const LONGEST = 3660;

/**
 * `24h`, `30m`, `2d` -> milliseconds: of working time where it is said to be in it, so that a day of it is 24 working
 * hours, else of the clock's.
 */
export const duration = z
  .string('expected a duration such as 30m, 24h or 2d')
  .regex(/^\d+(m|h|d)$/, 'expected a duration such as 30m, 24h or 2d')
  .transform((text) => Number.parseInt(text, 10) * UNIT[text.at(-1) as keyof typeof UNIT])
  .refine((ms) => ms > 0, 'expected a duration longer than nothing')
  .refine((ms) => ms <= LONGEST * UNIT.d, `expected a duration of at most ${LONGEST}d`);
