/**
 * Working time: a calendar of days, hours and holidays in a time zone. Null stands for around the clock.
 *
 * An edge belongs to the working time that is counted: forwards a sum ends at the end of a day's work (Friday 17:00, not
 * Monday 09:00), backwards at its beginning. So time added and taken away again leads back to where working time began to
 * count.
 */
import { z } from 'zod';
import { endOf, type Instant, plus } from './values.ts';
import { DAY, dateOf, dayNumber, keep, wallTime, zone } from './zone.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `09:00-12:30` */
const FORM = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const hours = z
  .string('expected hours such as 09:00-17:30')
  .regex(FORM, 'expected hours such as 09:00-17:30')
  .refine((text) => {
    const [from, to] = minutesOf(text);
    return !FORM.test(text) || from < to;
  }, 'expected hours that end after they begin; a night is two: 22:00-24:00 and 00:00-06:00');

/** Days in a row without working time from which on a calendar is taken for a mistake. */
const LONGEST_REST = 366;

export const calendar = z
  .strictObject({
    zone,
    days: z.array(z.enum(DAYS)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    /** Of each of the days, in order. */
    hours: z.array(hours).min(1).default(['09:00-17:00']),
    /** Days on which nobody works, `2026-12-25`. */
    holidays: z.array(z.iso.date('expected a day such as 2026-12-25')).default([]),
  })
  .superRefine((value, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const spans = value.hours.map(minutesOf);
    for (const [at, [from]] of spans.entries()) {
      const before = spans[at - 1];
      if (before && from < before[1])
        problem(
          ['hours', at],
          `expected hours that begin when those before them are over (${value.hours[at - 1]}) or later`,
        );
    }
    const idle = restWithoutEnd(value);
    if (idle) problem(['holidays'], `expected a working day at least once a year, but from ${idle} on there is none`);
  });
export type Calendar = z.infer<typeof calendar>;

/** A stretch of work, in epoch milliseconds. */
type Span = { from: number; to: number };
/** What a calendar says, made ready to count with. */
type Plan = {
  zone: string;
  weekdays: ReadonlySet<number>;
  holidays: ReadonlySet<number>;
  minutes: (readonly [number, number])[];
  /** By day; each is worked out once. */
  spans: Map<number, readonly Span[]>;
};

/** `09:00-12:30` as minutes of the day. */
function minutesOf(text: string): readonly [number, number] {
  const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = text.split(/[:-]/).map(Number);
  return [from * 60 + fromMinute, to * 60 + toMinute];
}

const newPlan = ({ zone, days, hours, holidays }: Calendar): Plan => ({
  zone,
  weekdays: new Set(days.map((day) => DAYS.indexOf(day))),
  holidays: new Set(holidays.map(dayNumber)),
  minutes: hours.map(minutesOf),
  spans: new Map(),
});

/** Versions of a policy never change, so what is worked out for one of its calendars holds. */
const plans = new WeakMap<Calendar, Plan>();
const planOf = (calendar: Calendar): Plan => plans.get(calendar) ?? keep(plans, calendar, newPlan(calendar));

/** Day 0 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
const isWorked = ({ weekdays, holidays }: Plan, day: number): boolean =>
  weekdays.has(weekdayOf(day)) && !holidays.has(day);

const spansOn = (plan: Plan, day: number): readonly Span[] =>
  plan.spans.get(day) ?? keep(plan.spans, day, isWorked(plan, day) ? workOf(plan, day) : []);

const workOf = ({ zone, minutes }: Plan, day: number): Span[] =>
  minutes
    .map(([from, to]) => ({ from: wallTime(zone, day, from), to: wallTime(zone, day, to) }))
    // Where the clocks skip all of it.
    .filter(({ from, to }) => from < to);

/** The first day of a rest that lasts too long; null where work is always resumed. */
function restWithoutEnd(calendar: Calendar): string | null {
  const plan = newPlan(calendar);
  const rests = [...plan.holidays].filter((day) => {
    for (let n = 0; n < LONGEST_REST; n++) if (isWorked(plan, day + n)) return false;
    return true;
  });
  return rests.length > 0 ? dateOf(Math.min(...rests)) : null;
}

/** Days looked through before a sum is given up: twenty years of them. */
const FARTHEST = 7305;

/**
 * What `look` finds in the work of a day: the day of `at` first, then one after the other.
 * @throws Error where it finds nothing in twenty years
 */
function seek(calendar: Calendar, at: number, step: 1 | -1, look: (work: readonly Span[]) => number | null): number {
  const plan = planOf(calendar);
  const today = Math.floor(at / DAY);
  // The zone's date may be the one before or after that of UTC.
  for (let n = -1; n <= FARTHEST; n++) {
    const found = look(spansOn(plan, today + n * step));
    if (found !== null) return found;
  }
  const days = calendar.days.join(', ');
  throw new Error(
    `the calendar of ${calendar.zone} (${days}, ${calendar.hours.join(', ')}) has not that much working time in twenty years of ${text(at)}`,
  );
}

const text = (ms: number): Instant => new Date(ms).toISOString();

function forwards(calendar: Calendar, at: number, ms: number): number {
  let left = ms;
  return seek(calendar, at, 1, (work) => {
    for (const { from, to } of work) {
      if (to <= at) continue;
      const begin = Math.max(from, at);
      if (left <= to - begin) return begin + left;
      left -= to - begin;
    }
    return null;
  });
}

function backwards(calendar: Calendar, at: number, ms: number): number {
  let left = ms;
  return seek(calendar, at, -1, (work) => {
    for (const { from, to } of work.toReversed()) {
      if (from >= at) continue;
      const end = Math.min(to, at);
      if (left <= end - from) return end - left;
      left -= end - from;
    }
    return null;
  });
}

/**
 * The instant by which `ms` of working time have passed since `at`; before it where negative; `at` itself for none.
 * @throws Error where the calendar has not so much in twenty years
 */
export function addWorking(calendar: Calendar | null, at: Instant, ms: number): Instant {
  if (calendar === null || ms === 0) return plus(at, ms);
  const from = Date.parse(at);
  return text(ms > 0 ? forwards(calendar, from, ms) : backwards(calendar, from, -ms));
}

/** Milliseconds of working time from one instant to another; negative where the other came before. */
export function workingBetween(calendar: Calendar | null, from: Instant, to: Instant): number {
  const [a, b] = [Date.parse(from), Date.parse(to)];
  if (calendar === null) return b - a;
  return a <= b ? worked(calendar, a, b) : -worked(calendar, b, a);
}

function worked(calendar: Calendar, a: number, b: number): number {
  const plan = planOf(calendar);
  const last = Math.floor(b / DAY) + 1;
  let sum = 0;
  for (let day = Math.floor(a / DAY) - 1; day <= last; day++)
    for (const { from, to } of spansOn(plan, day)) sum += Math.max(0, Math.min(to, b) - Math.max(from, a));
  return sum;
}

/** `at` where work is being done, else when it is taken up again. */
export const nextWorking = (calendar: Calendar | null, at: Instant): Instant =>
  calendar === null ? at : text(forwards(calendar, Date.parse(at), 0));

/** When the working day of `at` ends; after hours, the next one. Around the clock, the day in UTC. */
export function endOfWorkingDay(calendar: Calendar | null, at: Instant): Instant {
  if (calendar === null) return endOf(at.slice(0, 10));
  const now = Date.parse(at);
  return text(
    seek(calendar, now, 1, (work) => {
      const end = work.at(-1)?.to ?? now;
      return end > now ? end : null;
    }),
  );
}
