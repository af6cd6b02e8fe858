/** Periods that a report is asked for, in the policy's time zone, and those they are compared with. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from './values.ts';
import { parseWeek, weekOf } from './week.ts';

/** `to` is the first instant after it. */
export type Period = { from: Instant; to: Instant };
/** How long a period is, in the words of a calendar: `{unit: 'week', n: 1}`. */
export type Span = { unit: 'day' | 'week' | 'month' | 'quarter' | 'year'; n: number };

/** Why a text names no period; each has a sentence that says how to write one. */
export type PeriodProblem = { problem: 'unreadable' | 'not_begun' | 'backwards' | 'too_long'; text: string };

/** What a person may write. */
export const PERIOD_EXAMPLES = ['7d', '90d', '2026-W47', '2026-11', '2026-Q4', '2026-11-01..2026-11-15'] as const;
/** Ten years: nobody's record is longer, and a slip of the finger is told from a wish. */
export const LONGEST_DAYS = 3660;
/** Earlier than this is a slip of the finger, and the years that it is compared with may be none that a database can hold. */
const EARLIEST: Instant = '1000-01-01T00:00:00.000Z';
/** Shorter than this, what came before is more of a picture than what lies inside. */
const SHORT_DAYS = 28;
/** Up to this long a picture goes by weeks, and then by months. */
const WEEKLY_DAYS = 190;
/** Periods in the picture of a short one, itself the last. */
const SHOWN = 8;

const midnight = (day: Temporal.PlainDate, zone: string): Instant => textOf(day.toZonedDateTime(zone));
const textOf = ({ epochMilliseconds }: Temporal.ZonedDateTime): Instant => new Date(epochMilliseconds).toISOString();
const there = (at: Instant, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);
const daysOf = (from: Temporal.PlainDate, to: Temporal.PlainDate, zone: string): Period => ({
  from: midnight(from, zone),
  to: midnight(to, zone),
});

/**
 * `7d`: the days up to now. `2026-W47`, `2026-11`, `2026-Q4`, `2026`: as the calendar has them. `2026-11-01..2026-11-15`: both
 * days included. A period that still runs is one; one that has not begun is none.
 */
export function parsePeriod(text: string, now: Instant, zone: string): Period | PeriodProblem {
  const wanted = text.trim();
  const found = readPeriod(wanted, now, zone);
  if (typeof found === 'string') return { problem: found, text: wanted };
  if (found.from < EARLIEST) return { problem: 'unreadable', text: wanted };
  return found.from >= now ? { problem: 'not_begun', text: wanted } : found;
}

export const isProblem = (found: Period | PeriodProblem): found is PeriodProblem => 'problem' in found;

function readPeriod(text: string, now: Instant, zone: string): Period | PeriodProblem['problem'] {
  const days = /^(\d{1,6})\s*d(ays?)?$/i.exec(text)?.[1];
  if (days !== undefined) return lastDays(Number(days), now, zone);
  const week = parseWeek(text.toUpperCase(), zone);
  if (week) return { from: week.from, to: week.to };
  const [, first, last] = /^(\S+?)\s*(?:\.\.|…)\s*(\S+)$/.exec(text) ?? [];
  if (first !== undefined && last !== undefined) return between(dateOf(first), dateOf(last), zone);
  const [, year, quarter, month] = /^(\d{4})(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?$/i.exec(text) ?? [];
  if (year === undefined) return between(dateOf(text), dateOf(text), zone);
  const start = quarter === undefined ? Number(month ?? 1) : 3 * Number(quarter) - 2;
  const from = Temporal.PlainDate.from({ year: Number(year), month: start, day: 1 });
  const months = quarter !== undefined ? 3 : month !== undefined ? 1 : 12;
  return daysOf(from, from.add({ months }), zone);
}

function lastDays(n: number, now: Instant, zone: string): Period | PeriodProblem['problem'] {
  if (n === 0) return 'unreadable';
  if (n > LONGEST_DAYS) return 'too_long';
  return { from: textOf(there(now, zone).subtract({ days: n })), to: now };
}

function between(first: Temporal.PlainDate | null, last: Temporal.PlainDate | null, zone: string) {
  if (!first || !last) return 'unreadable';
  if (Temporal.PlainDate.compare(first, last) > 0) return 'backwards';
  if (first.until(last).days >= LONGEST_DAYS) return 'too_long';
  return daysOf(first, last.add({ days: 1 }), zone);
}

function dateOf(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null; // There is no 31 November.
  }
}

/** Whole months where it begins and ends with one, else days, the last of which may be a part of one. */
export function spanOf({ from, to }: Period, zone: string): Span {
  const [start, end] = [there(from, zone), there(to, zone)];
  const begins = (at: Temporal.ZonedDateTime) => at.day === 1 && at.equals(at.startOfDay());
  if (begins(start) && begins(end) && from < to) {
    const n = (end.year - start.year) * 12 + end.month - start.month;
    if (n % 12 === 0) return { unit: 'year', n: n / 12 };
    return n % 3 === 0 && start.month % 3 === 1 ? { unit: 'quarter', n: n / 3 } : { unit: 'month', n };
  }
  const n = Math.max(1, Math.ceil(start.until(end, { largestUnit: 'day' }).total({ unit: 'day', relativeTo: start })));
  const isWeeks =
    n % 7 === 0 && start.dayOfWeek === 1 && start.equals(start.startOfDay()) && end.equals(end.startOfDay());
  return isWeeks ? { unit: 'week', n: n / 7 } : { unit: 'day', n };
}

/** The period that is as long and lies `times` lengths earlier: three months before a quarter, not 92 days. */
export function earlier(period: Period, times: number, zone: string): Period {
  const { unit, n } = spanOf(period, zone);
  const back = (at: Instant) => textOf(there(at, zone).subtract({ [`${UNIT[unit].of}s`]: times * n * UNIT[unit].n }));
  return { from: back(period.from), to: back(period.to) };
}

const UNIT = {
  day: { of: 'day', n: 1 },
  week: { of: 'day', n: 7 },
  month: { of: 'month', n: 1 },
  quarter: { of: 'month', n: 3 },
  year: { of: 'month', n: 12 },
} as const satisfies Record<Span['unit'], { of: string; n: number }>;

/**
 * What a picture of the period shows side by side, the oldest first: of a short one those before it as well, of a long one its
 * weeks, and of a very long one its months. The first and the last of those may be cut short by the period.
 */
export function stepsOf(period: Period, zone: string): Period[] {
  const days = there(period.from, zone).until(there(period.to, zone), { largestUnit: 'day' }).days;
  if (days < SHORT_DAYS)
    return Array.from({ length: SHOWN }, (_, i) => (i === SHOWN - 1 ? period : earlier(period, SHOWN - 1 - i, zone)));
  const steps: Period[] = [];
  for (let from = period.from; from < period.to; ) {
    const next = days <= WEEKLY_DAYS ? weekOf(from, zone).to : monthAfter(from, zone);
    const to = next < period.to ? next : period.to;
    steps.push({ from, to });
    from = to;
  }
  return steps;
}

const monthAfter = (at: Instant, zone: string): Instant =>
  midnight(there(at, zone).toPlainDate().with({ day: 1 }).add({ months: 1 }), zone);
