/** ISO weeks, Monday to Sunday, in the policy's time zone. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from './values.ts';

/** `from` is the Monday's first instant, `to` the next Monday's: 167 or 169 hours later where the clocks change. */
export type Week = { id: string; from: Instant; to: Instant };

/** Hour of the Monday on which a week's report falls due. */
const REPORT_HOUR = 9;

const FORM = /^(\d{4})-W(\d{2})$/;

const instantOf = (day: Temporal.PlainDate, zone: string, time = '00:00'): Instant =>
  new Date(day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds).toISOString();

function weekFrom(monday: Temporal.PlainDate, zone: string): Week {
  const id = `${String(monday.yearOfWeek).padStart(4, '0')}-W${String(monday.weekOfYear).padStart(2, '0')}`;
  return { id, from: instantOf(monday, zone), to: instantOf(monday.add({ days: 7 }), zone) };
}

/** The day of an instant in a zone, `2026-12-04`. */
export const dayIn = (at: Instant, zone: string): string => dayOf(at, zone).toString();

const dayOf = (at: Instant, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

/** @returns null for a text that names no week: 2025 has no W53 */
export function parseWeek(text: string, zone: string): Week | null {
  const [, year, week] = FORM.exec(text) ?? [];
  if (!year || Number(year) === 0) return null;
  // The fourth of January always lies in the first week.
  const first = mondayOf(Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 }));
  const found = weekFrom(first.add({ weeks: Number(week) - 1 }), zone);
  return found.id === text ? found : null;
}

export const weekOf = (at: Instant, zone: string): Week => weekFrom(mondayOf(dayOf(at, zone)), zone);

export const weekBefore = ({ from }: Week, zone: string): Week =>
  weekFrom(dayOf(from, zone).subtract({ days: 7 }), zone);

/** When the report of a week falls due: on the Monday after it, in the morning. */
export const reportDueAt = ({ to }: Week, zone: string): Instant =>
  instantOf(dayOf(to, zone), zone, `${String(REPORT_HOUR).padStart(2, '0')}:00`);

/** The latest week whose report has fallen due by `now`. */
export function latestDueWeek(now: Instant, zone: string): Week {
  const last = weekBefore(weekOf(now, zone), zone);
  return reportDueAt(last, zone) <= now ? last : weekBefore(last, zone);
}

/** The latest `n` weeks whose reports have fallen due by `now`, the latest first. */
export function latestDueWeeks(now: Instant, zone: string, n: number): Week[] {
  const weeks = [latestDueWeek(now, zone)];
  for (let last = weeks[0]; last && weeks.length < n; weeks.push(last)) last = weekBefore(last, zone);
  return weeks;
}

/** The first full hour in the zone that is at least an hour away. */
export const fullHourAfter = (at: Instant, zone: string): Instant => {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone).add({ minutes: 60 });
  return new Date(there.round({ smallestUnit: 'hour', roundingMode: 'ceil' }).epochMilliseconds).toISOString();
};

/** Nine in the morning of the day after, in the zone. */
export const morningAfter = (at: Instant, zone: string): Instant =>
  instantOf(dayOf(at, zone).add({ days: 1 }), zone, '09:00');
