/**
 * Rules of working time, whatever the calendar. An edge belongs to what is counted: forwards a sum ends at the end of a
 * stretch of work, backwards at its beginning. So taking away what was added leads to where work began after the start.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorking, type Calendar, calendar, nextWorking, workingBetween } from '../../src/core/calendar.ts';
import { plus } from '../../src/core/values.ts';

const HOUR = 3_600_000;
const ALL_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Asia/Beirut', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'],
];

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** An even number of times of the day, in order, are its stretches of work; two that touch may be among them. */
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.toSorted((a, b) => a - b).map((quarter) => clock(quarter * 15)))
  .map((times) =>
    times.flatMap((from, i) => (i % 2 === 0 && times[i + 1] !== undefined ? [`${from}-${times[i + 1]}`] : [])),
  );
const day = fc.integer({ min: 0, max: 800 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));

const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    days: fc.subarray([...ALL_DAYS], { minLength: 1 }),
    hours,
    holidays: fc.array(day, { maxLength: 40 }),
  })
  .map((given) => calendar.parse(given));
const instants = fc
  .integer({ min: Date.UTC(2026, 1, 1), max: Date.UTC(2027, 10, 30) })
  .map((ms) => new Date(ms).toISOString());
const durations = fc.oneof(
  fc.integer({ min: 1, max: 100 * HOUR }),
  fc.integer({ min: 1, max: 100 }).map((hours) => hours * HOUR),
);

/** Whether people at work read a time of one of the calendar's stretches; worked out by the clock on their wall. */
function isWorked({ zone, days, hours, holidays }: Calendar, at: string): boolean {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const),
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}`;
  const weekday = part('weekday').toLowerCase();
  return (
    days.some((each) => each === weekday) &&
    !holidays.includes(date) &&
    hours.some((span) => span.slice(0, 5) <= time && time < span.slice(6))
  );
}

/** Whether the clocks change on the day of an instant: then a time of day may come twice, and the wall says too little. */
function clocksChange({ zone }: Calendar, at: string): boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset = (ms: number) =>
    format.formatToParts(new Date(plus(at, ms))).find(({ type }) => type === 'timeZoneName')?.value;
  return offset(-24 * HOUR) !== offset(24 * HOUR);
}

const holds = (rule: (calendar: Calendar, at: string, ms: number, more: number) => void) =>
  fc.assert(fc.property(calendars, instants, durations, durations, rule), { numRuns: 200 });

describe('in every calendar', () => {
  it('between a start and the end of a sum lies just that sum, counted either way', () =>
    holds((calendar, at, ms) => {
      expect(workingBetween(calendar, at, addWorking(calendar, at, ms))).toBe(ms);
      expect(workingBetween(calendar, addWorking(calendar, at, ms), at)).toBe(-ms);
      expect(workingBetween(calendar, at, addWorking(calendar, at, -ms))).toBe(-ms);
    }));

  it('taking away what was added leads back to where work began after the start', () =>
    holds((calendar, at, ms) => {
      expect(addWorking(calendar, addWorking(calendar, at, ms), -ms)).toBe(nextWorking(calendar, at));
    }));

  it('adding what was taken away leads back to an instant from which no work was done until the start', () =>
    holds((calendar, at, ms) => {
      const back = addWorking(calendar, addWorking(calendar, at, -ms), ms);
      expect(back <= at).toBe(true);
      expect(workingBetween(calendar, back, at)).toBe(0);
    }));

  it('a sum of two is one after the other', () =>
    holds((calendar, at, ms, more) => {
      expect(addWorking(calendar, addWorking(calendar, at, ms), more)).toBe(addWorking(calendar, at, ms + more));
    }));

  it('whoever starts later, or has longer, is never due sooner', () =>
    holds((calendar, at, ms, more) => {
      const due = addWorking(calendar, at, ms);
      expect(addWorking(calendar, plus(at, more), ms) >= due).toBe(true);
      expect(addWorking(calendar, at, ms + more) > due).toBe(true);
      expect(addWorking(calendar, at, -ms) < at).toBe(true);
    }));

  it('a deadline is the end of a moment at which people work, and the next working time the beginning of one', () =>
    holds((calendar, at, ms) => {
      const [due, before, next] = [
        addWorking(calendar, at, ms),
        addWorking(calendar, at, -ms),
        nextWorking(calendar, at),
      ];
      fc.pre(![at, due, before, next].some((instant) => clocksChange(calendar, instant)));
      expect(isWorked(calendar, plus(due, -1))).toBe(true);
      expect(isWorked(calendar, before)).toBe(true);
      expect(isWorked(calendar, next)).toBe(true);
      expect(next === at).toBe(isWorked(calendar, at));
    }));

  it('no more is worked than the clock has passed', () =>
    holds((calendar, at, ms) => {
      const worked = workingBetween(calendar, at, plus(at, ms));
      expect(worked >= 0 && worked <= ms).toBe(true);
    }));
});
