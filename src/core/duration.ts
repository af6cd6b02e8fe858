import { z } from 'zod';

/** Milliseconds of elapsed time. */
export const UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `24h`, `30m`, `2d` -> milliseconds of elapsed time. */
export const duration = z
  .string('expected a duration such as 30m, 24h or 2d')
  .regex(/^\d+(m|h|d)$/, 'expected a duration such as 30m, 24h or 2d')
  .transform((text) => Number.parseInt(text, 10) * UNIT[text.at(-1) as keyof typeof UNIT])
  .refine((ms) => ms > 0, 'expected a duration longer than nothing');
