import type { Instant } from '../core/values.ts';
import type { Clock } from './ports.ts';

/** The machine's time as the business clock, moved ahead by `offset` milliseconds where a demo has moved it. */
export const createClock = (offset: () => number = () => 0, machine: () => number = Date.now): Clock => ({
  now: (): Instant => new Date(machine() + offset()).toISOString(),
});
