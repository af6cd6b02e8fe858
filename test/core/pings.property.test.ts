/** Whatever falls due whenever, and whenever somebody looks. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextWorking } from '../../src/core/calendar.ts';
import { hoursOf, type Listener, REMINDERS, tellAt, toTell, type Waiting } from '../../src/core/pings.ts';
import { plus } from '../../src/core/values.ts';
import { RULES } from '../support/policy.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = '2026-03-23T00:00:00.000Z';
/** Two weeks, in which clocks change. */
const instant = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => plus(START, minutes * MINUTE));

type Item = Waiting & { id: number };
const items = fc
  .array(fc.record({ dueAt: instant, late: fc.constantFrom(0, 0, 0, 5, 3000), urgent: fc.boolean() }), {
    maxLength: 25,
  })
  .map((all) =>
    all.map(({ dueAt, late, urgent }, id): Item => ({ id, dueAt, notedAt: plus(dueAt, late * MINUTE), urgent })),
  );
const person = fc.record({
  reminders: fc.constantFrom(...REMINDERS),
  zone: fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
});
/** Minutes between looks: a sweep a minute, or none for days. */
const looks = fc
  .array(fc.constantFrom(1, 1, 7, 60, 180, 3 * 24 * 60), { maxLength: 8 })
  // Whoever only ever looked at midnight would never meet anybody at work.
  .map((steps) => [...steps, 101]);

type Ping = { at: string; told: Item[] };

/** Looks again and again until nothing is to come, as the sweep does: only when the time that was said has come. */
function live(all: Item[], { reminders, zone }: { reminders: Listener['reminders']; zone: string }, steps: number[]) {
  const listener: Listener = { reminders, since: null, pingedAt: null, hours: hoursOf(RULES, zone, 'UTC') };
  const pings: Ping[] = [];
  let waiting: Item[] = [];
  let ahead = all.toSorted((a, b) => (a.notedAt < b.notedAt ? -1 : 1));
  let now = START;
  for (let n = 0; n < 5000; n++) {
    waiting = [...waiting, ...ahead.filter(({ notedAt }) => notedAt <= now)];
    ahead = ahead.filter(({ notedAt }) => notedAt > now);
    const planned = tellAt(listener, waiting, now);
    const told = toTell(listener, waiting, now);
    expect(told.length > 0, 'something is told exactly when its time has come').toBe(planned === now);
    if (told.length > 0) {
      pings.push({ at: now, told });
      waiting = waiting.filter((each) => !told.includes(each));
      if (told.some(({ urgent }) => !urgent)) listener.pingedAt = now;
    }
    const next = [tellAt(listener, waiting, now), ahead[0]?.notedAt ?? null].filter((at) => at !== null).sort()[0];
    if (next === undefined) return { pings, waiting, listener };
    const step = plus(now, (steps[n % steps.length] ?? 1) * MINUTE);
    now = next > step ? next : step;
  }
  throw new Error('it never comes to an end');
}

const whatever = (check: (lived: ReturnType<typeof live>, all: Item[]) => void) => () =>
  fc.assert(
    fc.property(items, person, looks, (all, who, steps) => check(live(all, who, steps), all)),
    { numRuns: 150 },
  );
/** `23/03, 14` as the clocks of the zone show it. */
const hourShown = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: '2-digit', month: '2-digit', hour: '2-digit' }).format(
    new Date(at),
  );
const calm = (pings: Ping[]) => pings.filter(({ told }) => told.some(({ urgent }) => !urgent));

it(
  'nobody is reminded outside their working hours but of what is urgent',
  whatever(({ pings, listener }) => {
    for (const { at } of calm(pings)) expect(nextWorking(listener.hours, at)).toBe(at);
  }),
);

it(
  'two pings of one person lie four hours apart, or in different hours of their clock for whoever wants it hourly',
  whatever(({ pings, listener }) => {
    const times = calm(pings).map(({ at }) => at);
    for (const [n, at] of times.slice(1).entries()) {
      const before = times[n] ?? START;
      if (listener.reminders === 'each') expect(Date.parse(at) - Date.parse(before)).toBeGreaterThanOrEqual(4 * HOUR);
      else expect(hourShown(at, listener.hours.zone)).not.toBe(hourShown(before, listener.hours.zone));
    }
  }),
);

it(
  'nothing is told twice, before it is due, or never',
  whatever(({ pings, waiting, listener }, all) => {
    const told = pings.flatMap((ping) => ping.told.map((item) => ({ ...item, at: ping.at })));
    for (const { dueAt, at } of told) expect(dueAt <= at).toBe(true);
    const muted = listener.reminders === 'urgent' ? all.filter(({ urgent }) => !urgent) : [];
    expect(waiting.map(({ id }) => id).toSorted()).toEqual(muted.map(({ id }) => id).toSorted());
    expect([...told, ...waiting].map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(all.map(({ id }) => id));
  }),
);

it('what is urgent is told within minutes of being seen, by whoever looks every minute', () =>
  fc.assert(
    fc.property(items, person, (all, who) => {
      for (const { at, told } of live(all, who, [1]).pings)
        for (const { urgent, notedAt } of told) if (urgent) expect(at <= plus(notedAt, 11 * MINUTE)).toBe(true);
    }),
    { numRuns: 60 },
  ));

it('whoever mutes reminders is told of nothing but what is urgent', () =>
  fc.assert(
    fc.property(items, looks, (all, steps) => {
      const { pings } = live(all, { reminders: 'urgent', zone: 'UTC' }, steps);
      expect(calm(pings)).toEqual([]);
    }),
  ));
