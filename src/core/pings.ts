/**
 * When a person hears of what waits for them, and of what. What is due belongs to the request (see `reminders.ts`); when it
 * is told belongs to the person: in their own working hours, several things in one message, and seldom.
 */
import { Temporal } from 'temporal-polyfill';
import { type Calendar, calendar, nextWorking } from './calendar.ts';
import { UNIT } from './duration.ts';
import type { Rules } from './policy.ts';
import type { ExceptionRequest } from './request.ts';
import { type Instant, plus } from './values.ts';
import { keep, zone } from './zone.ts';

/**
 * How often somebody wants to be reminded.
 * - `each`: as soon as something is due, at most once in four hours.
 * - `hourly`: at the full hour of their clock, at most once in each. Whoever picks it asks to be kept up through the day, so
 *   the rest of four hours, which is there to protect those who asked for nothing, does not hold for them.
 * - `urgent`: of nothing but what is urgent. What was kept from them waits, and is told once they want to hear of it again.
 *
 * What is urgent nobody can mute, nor is it held back: it is told at once, at night, too, and does not count as a ping.
 */
export const REMINDERS = ['each', 'hourly', 'urgent'] as const;
export type Reminders = (typeof REMINDERS)[number];

const REST = 4 * UNIT.h;
/** What is seen together is told together: it is waited this long for more, and no longer than `GATHER.most` in all. */
export const GATHER = { more: UNIT.m, most: 10 * UNIT.m } as const;
/** Told so much later than it would have been, it is stale: Carveout was away. */
const STALE = UNIT.d;

/** Something that waits to be told. */
export type Waiting = {
  /** When it fell due; where the person put the request off until later, then. */
  dueAt: Instant;
  /** When it was seen that it is due: later, where Carveout was away. */
  notedAt: Instant;
  urgent: boolean;
};

/** How a person wants to hear of it. */
export type Listener = {
  reminders: Reminders;
  /** When they last chose that; null for never. */
  since: Instant | null;
  /** When they were last told of anything that is not urgent. */
  pingedAt: Instant | null;
  /** Their working hours. */
  hours: Calendar;
};

/** Whether its reminders come at once, at any hour and whatever the person prefers. */
export const isUrgent = ({ urgent, expedited, severity }: ExceptionRequest): boolean =>
  urgent || expedited !== null || severity === 'critical';

/** Mondays to Fridays, nine to five: where the policy says nothing about hours. */
const OFFICE_HOURS: Calendar = calendar.parse({ zone: 'UTC' });
/** A calendar is worked out once, so everybody of a zone has the same one. */
const byZone = new WeakMap<Calendar, Map<string, Calendar>>();

/**
 * A person's working hours: days, hours and holidays of the policy's calendar, in the zone they live in.
 * @param own IANA zone as Slack knows it; null or unheard of, `fallback` stands for it
 */
export function hoursOf(rules: Rules, own: string | null, fallback: string): Calendar {
  const office = (rules.calendar === undefined ? undefined : rules.calendars[rules.calendar]) ?? OFFICE_HOURS;
  const lives = own !== null && zone.safeParse(own).success ? own : fallback;
  const zones = byZone.get(office) ?? keep(byZone, office, new Map<string, Calendar>());
  return zones.get(lives) ?? keep(zones, lives, { ...office, zone: lives });
}

/** When the person is next told of some of it, `now` at the earliest; null where nothing waits that they want to hear of. */
export function tellAt(listener: Listener, waiting: readonly Waiting[], now: Instant): Instant | null {
  const { urgent, calm } = times(listener, waiting);
  const all = [
    ...(urgent ? [latest(urgent, now)] : []),
    ...(calm ? [nextWorking(listener.hours, latest(calm, now))] : []),
  ];
  return all.sort()[0] ?? null;
}

/** What the person is told now. Nothing is in it before `tellAt` comes; then there is something in it. */
export function toTell<W extends Waiting>(listener: Listener, waiting: readonly W[], now: Instant): W[] {
  const { urgent, calm } = times(listener, waiting);
  const urgentNow = urgent !== null && urgent <= now;
  const calmNow = calm !== null && nextWorking(listener.hours, latest(calm, now)) === now;
  return waiting.filter((each) => each.dueAt <= now && (each.urgent ? urgentNow : calmNow));
}

/** Whether it is told so late that what it says is history: a share of the time that passed days ago. */
export function isStale(listener: Listener, { urgent, dueAt }: Waiting, told: Instant): boolean {
  const wanted = urgent ? dueAt : nextWorking(listener.hours, rested(listener, dueAt));
  return plus(wanted, STALE) < told;
}

/** From when on the urgent and the other things may be told, working hours apart. */
function times(listener: Listener, waiting: readonly Waiting[]): { urgent: Instant | null; calm: Instant | null } {
  const calm = listener.reminders === 'urgent' ? null : gathered(waiting.filter(({ urgent }) => !urgent));
  return { urgent: gathered(waiting.filter(({ urgent }) => urgent)), calm: calm && rested(listener, calm) };
}

/** When the first of them can be told, and what else is seen at that time has come along; null for none. */
function gathered(waiting: readonly Waiting[]): Instant | null {
  const [first] = waiting.map(({ dueAt, notedAt }) => latest(dueAt, notedAt)).sort();
  if (first === undefined) return null;
  const most = plus(first, GATHER.most);
  const seen = waiting.map(({ notedAt }) => plus(notedAt, GATHER.more)).filter((at) => at <= most);
  return latest(first, ...seen);
}

/** The first instant from `at` on at which they have had their rest. */
function rested({ reminders, pingedAt, since, hours }: Listener, at: Instant): Instant {
  const wanted = latest(at, since ?? at);
  if (reminders !== 'hourly') return latest(wanted, pingedAt ? plus(pingedAt, REST) : wanted);
  const hour = fullHour(wanted, hours.zone, 'ceil');
  if (pingedAt === null) return hour;
  return latest(hour, fullHour(plus(fullHour(pingedAt, hours.zone, 'floor'), UNIT.h), hours.zone, 'ceil'));
}

/** The full hour that the clocks of a zone show at or after `at`, or before it: half past in UTC, for some. */
function fullHour(at: Instant, zone: string, roundingMode: 'ceil' | 'floor'): Instant {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return new Date(there.round({ smallestUnit: 'hour', roundingMode }).epochMilliseconds).toISOString();
}

const latest = (...all: [Instant, ...Instant[]]): Instant => all.reduce((a, b) => (a > b ? a : b));
