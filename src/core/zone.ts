/** The days and clocks of a time zone. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** An IANA zone, such as Asia/Kolkata. An offset such as +05:30 is none: it knows no summer. */
export const zone = z.string().refine((name) => {
  try {
    return /^[a-z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}, 'expected an IANA time zone such as Europe/Berlin');

/** Milliseconds of a day on which no clock changes. */
export const DAY = 86_400_000;
const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;

/** Days are counted from 1970-01-01, as their dates stand in a calendar and in no zone. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Asking for one takes longer than a request's whole sum of working time, and all calendars of a zone share them. */
const midnights = new Map<string, Map<number, number>>();

/** The first instant of a day, in epoch milliseconds; of a day that the zone left out, the first one after it. */
function midnight(zone: string, day: number): number {
  const known = midnights.get(zone) ?? keep(midnights, zone, new Map<number, number>());
  return known.get(day) ?? keep(known, day, plainDate(day).toZonedDateTime(zone).epochMilliseconds);
}

/** Puts what was not known yet among what is. */
export function keep<K, V>(known: { set(key: K, value: V): unknown }, key: K, value: V): V {
  known.set(key, value);
  return value;
}

const plainDate = (day: number): Temporal.PlainDate => Temporal.PlainDate.from(dateOf(day));

/**
 * When the zone's clocks show `minute` (0 to 1440) of a day, in epoch milliseconds. A time that they show twice is the
 * first of the two; one that they skip is the moment at which they do.
 */
export function wallTime(zone: string, day: number, minute: number): number {
  const from = midnight(zone, day);
  const to = midnight(zone, day + 1);
  if (minute === 0) return from;
  if (minute === MINUTES_OF_DAY) return to;
  if (to - from === DAY) return from + minute * MINUTE;
  const wanted = plainDate(day).toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const shown = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const skipped = !shown.toPlainDateTime().equals(wanted);
  return (skipped ? (shown.getTimeZoneTransition('next') ?? shown) : shown).epochMilliseconds;
}
