/** Working time: a calendar of days, hours and holidays in a time zone. Null stands for around the clock. */
import { z } from 'zod';
import { type Instant, plus } from './values.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `09:00-12:30` */
const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'expected hours such as 09:00-17:30');

export const calendar = z.strictObject({
  /** IANA zone, such as Asia/Kolkata. */
  zone: z.string(),
  days: z.array(z.enum(DAYS)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
  /** Of each of the days, in order. */
  hours: z.array(hours).min(1).default(['09:00-17:00']),
  /** Days on which nobody works, `2026-12-25`. */
  holidays: z.array(z.iso.date()).default([]),
});
export type Calendar = z.infer<typeof calendar>;

export const addWorking = (_calendar: Calendar | null, at: Instant, ms: number): Instant => plus(at, ms);
export const workingBetween = (_calendar: Calendar | null, from: Instant, to: Instant): number =>
  Date.parse(to) - Date.parse(from);
export const nextWorking = (_calendar: Calendar | null, at: Instant): Instant => at;
export const endOfWorkingDay = (_calendar: Calendar | null, at: Instant): Instant => `${at.slice(0, 10)}T23:59:59.999Z`;
