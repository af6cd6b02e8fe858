import { describe, expect, it } from 'vitest';
import {
  addWorking,
  type Calendar,
  calendar,
  endOfWorkingDay,
  nextWorking,
  workingBetween,
} from '../../src/core/calendar.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ALL_WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const office = (zone: string, over: Partial<Calendar> = {}) => calendar.parse({ zone, ...over });
/** `2026-11-27 23:59+01:00`, the day and time that people there read, as an instant. */
const at = (local: string) => new Date(local.replace(' ', 'T')).toISOString();

/** Published by the Berlin Senate, OPM (US), GOV.UK, and the Department of Personnel and Training (India). */
const BERLIN = office('Europe/Berlin', {
  holidays: [
    ...['2026-01-01', '2026-03-08', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25'],
    ...['2026-10-03', '2026-12-25', '2026-12-26', '2027-01-01'],
  ],
});
const NEW_YORK = office('America/New_York', {
  holidays: [
    ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-07-04'],
    ...['2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25'],
  ],
});
const LONDON = office('Europe/London', {
  holidays: [
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31'],
    ...['2026-12-25', '2026-12-28', '2027-01-01'],
  ],
});
const KOLKATA = office('Asia/Kolkata', {
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  hours: ['10:00-13:00', '14:00-18:30'],
  holidays: ['2026-01-26', '2026-08-15', '2026-10-02', '2026-10-20', '2026-11-08', '2026-11-24', '2026-12-25'],
});

describe('eight working hours', () => {
  it.each<[string, Calendar, string, string]>([
    ['in the morning of a day are due at its end', BERLIN, '2026-11-25 09:00+01:00', '2026-11-25 17:00+01:00'],
    ['in the middle of a day go over to the next', BERLIN, '2026-11-25 11:30+01:00', '2026-11-26 11:30+01:00'],
    ['at 23:59 on a Friday begin on Monday', BERLIN, '2026-11-27 23:59+01:00', '2026-11-30 17:00+01:00'],
    ['at the end of a Friday begin on Monday', BERLIN, '2026-11-27 17:00+01:00', '2026-11-30 17:00+01:00'],
    ['a minute before that too, but for the minute', BERLIN, '2026-11-27 16:59+01:00', '2026-11-30 16:59+01:00'],
    ['on the eve of Good Friday wait for Tuesday', BERLIN, '2026-04-02 12:00+02:00', '2026-04-07 12:00+02:00'],
    ['do not lose a Monday to a Sunday holiday', BERLIN, '2026-03-06 17:00+01:00', '2026-03-09 17:00+01:00'],
    ['nor a day to a Saturday one', BERLIN, '2026-10-02 13:00+02:00', '2026-10-05 13:00+02:00'],
    ['at the end of a year go over to the next', BERLIN, '2026-12-31 15:00+01:00', '2027-01-04 15:00+01:00'],
    ['go over Christmas', BERLIN, '2026-12-24 16:00+01:00', '2026-12-28 16:00+01:00'],
    ['go over the Friday observed for 4 July', NEW_YORK, '2026-07-02 12:00-04:00', '2026-07-06 12:00-04:00'],
    ['go over Thanksgiving', NEW_YORK, '2026-11-25 16:00-05:00', '2026-11-27 16:00-05:00'],
    ['do not begin with the 19th of June', NEW_YORK, '2026-06-19 10:00-04:00', '2026-06-22 17:00-04:00'],
    ['go over the day given for Boxing Day', LONDON, '2026-12-24 13:00Z', '2026-12-29 13:00Z'],
    ['go over the summer bank holiday', LONDON, '2026-08-28 17:00+01:00', '2026-09-01 17:00+01:00'],
    ['go over lunch', KOLKATA, '2026-11-25 12:00+05:30', '2026-11-26 12:30+05:30'],
    ['use a Saturday that is worked', KOLKATA, '2026-11-27 18:30+05:30', '2026-11-30 10:30+05:30'],
    ['go over Independence Day, a Saturday', KOLKATA, '2026-08-14 18:30+05:30', '2026-08-18 10:30+05:30'],
    ['go over Guru Nanak Jayanti', KOLKATA, '2026-11-23 18:00+05:30', '2026-11-25 18:30+05:30'],
  ])('%s', (_rule, where, from, to) => {
    expect(addWorking(where, at(from), 8 * HOUR)).toBe(at(to));
    expect(workingBetween(where, at(from), at(to))).toBe(8 * HOUR);
    expect(workingBetween(where, at(to), at(from))).toBe(-8 * HOUR);
  });
});

describe('where the clocks change', () => {
  const night = (zone: string) => office(zone, { days: [...ALL_WEEK], hours: ['00:00-08:00'] });
  it.each([
    ['Europe/Berlin', '2026-03-29 00:00+01:00', '2026-03-29 08:00+02:00', 7],
    ['Europe/Berlin', '2026-10-25 00:00+02:00', '2026-10-25 08:00+01:00', 9],
    ['America/New_York', '2026-03-08 00:00-05:00', '2026-03-08 08:00-04:00', 7],
    ['America/New_York', '2026-11-01 00:00-04:00', '2026-11-01 08:00-05:00', 9],
    ['Australia/Lord_Howe', '2026-04-05 00:00+11:00', '2026-04-05 08:00+10:30', 8.5],
    ['Australia/Lord_Howe', '2026-10-04 00:00+10:30', '2026-10-04 08:00+11:00', 7.5],
    // At midnight, so that the day begins at one.
    ['Asia/Beirut', '2026-03-29 01:00+03:00', '2026-03-29 08:00+03:00', 7],
    ['Asia/Kathmandu', '2026-03-29 00:00+05:45', '2026-03-29 08:00+05:45', 8],
  ])('a night of %s from %s to %s has %d hours', (zone, from, to, hours) => {
    expect(workingBetween(night(zone), at(from), at(to))).toBe(hours * HOUR);
    expect(addWorking(night(zone), at(from), hours * HOUR)).toBe(at(to));
    expect(addWorking(night(zone), at(to), -hours * HOUR)).toBe(at(from));
  });

  it.each([
    ['Europe/Berlin', '2026-03-27 12:00+01:00', '2026-03-30 12:00+02:00'],
    ['Europe/Berlin', '2026-10-23 12:00+02:00', '2026-10-26 12:00+01:00'],
    ['America/New_York', '2026-03-06 12:00-05:00', '2026-03-09 12:00-04:00'],
    ['America/New_York', '2026-10-30 12:00-04:00', '2026-11-02 12:00-05:00'],
    ['Australia/Lord_Howe', '2026-04-03 12:00+11:00', '2026-04-06 12:00+10:30'],
    ['Australia/Lord_Howe', '2026-10-02 12:00+10:30', '2026-10-05 12:00+11:00'],
  ])('in %s, eight hours over the weekend end at the same time of day', (zone, from, to) =>
    expect(addWorking(office(zone), at(from), 8 * HOUR)).toBe(at(to)),
  );

  it('an hour that is skipped has no working time, whether work would begin or end in it', () => {
    const late = office('Europe/Berlin', { days: [...ALL_WEEK], hours: ['02:30-04:00'] });
    expect(addWorking(late, at('2026-03-29 00:00+01:00'), HOUR)).toBe(at('2026-03-29 04:00+02:00'));
    const early = office('Europe/Berlin', { days: [...ALL_WEEK], hours: ['01:00-02:30'] });
    expect(workingBetween(early, at('2026-03-29 00:00+01:00'), at('2026-03-29 12:00+02:00'))).toBe(HOUR);
    const inside = office('Europe/Berlin', { days: [...ALL_WEEK], hours: ['02:00-03:00'] });
    expect(addWorking(inside, at('2026-03-28 12:00+01:00'), HOUR)).toBe(at('2026-03-30 03:00+02:00'));
  });

  it('a time of day that comes twice begins and ends work the first time', () => {
    const shifts = office('Europe/Berlin', { days: [...ALL_WEEK], hours: ['00:00-02:30', '02:30-08:00'] });
    expect(workingBetween(shifts, at('2026-10-25 00:00+02:00'), at('2026-10-25 08:00+01:00'))).toBe(9 * HOUR);
    const early = office('Europe/Berlin', { days: [...ALL_WEEK], hours: ['00:00-02:30'] });
    expect(endOfWorkingDay(early, at('2026-10-25 00:00+02:00'))).toBe(at('2026-10-25 02:30+02:00'));
  });

  it('a day that an island left out is passed over', () => {
    const apia = office('Pacific/Apia', { days: [...ALL_WEEK] });
    expect(addWorking(apia, at('2011-12-29 16:00-10:00'), 2 * HOUR)).toBe(at('2011-12-31 10:00+14:00'));
  });
});

describe('zones whose offset is no whole hour', () => {
  it.each([
    ['Asia/Kolkata', '2026-11-25 09:00+05:30'],
    ['Asia/Kathmandu', '2026-11-25 09:00+05:45'],
    ['Australia/Adelaide', '2026-11-25 09:00+10:30'],
    ['America/St_Johns', '2026-11-25 09:00-03:30'],
    ['Pacific/Chatham', '2026-11-25 09:00+13:45'],
    ['Pacific/Kiritimati', '2026-11-25 09:00+14:00'],
    ['Pacific/Pago_Pago', '2026-11-25 09:00-11:00'],
  ])('begin the day of %s at its nine o’clock', (zone, from) => {
    const before = new Date(Date.parse(at(from)) - 3 * HOUR).toISOString();
    expect(nextWorking(office(zone), before)).toBe(at(from));
    expect(addWorking(office(zone), before, MINUTE)).toBe(new Date(Date.parse(at(from)) + MINUTE).toISOString());
  });
});

describe('hours until midnight', () => {
  const shifts = office('Europe/Berlin', { hours: ['00:00-06:00', '22:00-24:00'] });
  it('make one night of two days', () =>
    expect(addWorking(shifts, at('2026-11-25 22:00+01:00'), 8 * HOUR)).toBe(at('2026-11-26 06:00+01:00')));
  it('end with the Friday', () =>
    expect(addWorking(shifts, at('2026-11-27 22:00+01:00'), 2 * HOUR)).toBe(at('2026-11-28 00:00+01:00')));
});

describe('time taken away', () => {
  it.each([
    ['from a Monday morning leads to Friday afternoon', '2026-11-30 10:00+01:00', 2, '2026-11-27 16:00+01:00'],
    ['from the beginning of a day, to the day before', '2026-11-26 09:00+01:00', 1, '2026-11-25 16:00+01:00'],
    ['down to the beginning of a day, to that day', '2026-11-26 11:00+01:00', 2, '2026-11-26 09:00+01:00'],
    ['from a weekend counts back from Friday', '2026-11-29 12:00+01:00', 1, '2026-11-27 16:00+01:00'],
  ])('%s', (_rule, from, hours, to) => expect(addWorking(BERLIN, at(from), -hours * HOUR)).toBe(at(to)));
});

describe('the next working time and the end of the day', () => {
  it.each([
    ['within hours', '2026-11-25 10:00+01:00', '2026-11-25 10:00+01:00', '2026-11-25 17:00+01:00'],
    ['as they begin', '2026-11-25 09:00+01:00', '2026-11-25 09:00+01:00', '2026-11-25 17:00+01:00'],
    ['before them', '2026-11-25 06:00+01:00', '2026-11-25 09:00+01:00', '2026-11-25 17:00+01:00'],
    ['as they end', '2026-11-25 17:00+01:00', '2026-11-26 09:00+01:00', '2026-11-26 17:00+01:00'],
    ['on a Saturday', '2026-11-28 12:00+01:00', '2026-11-30 09:00+01:00', '2026-11-30 17:00+01:00'],
    ['on a holiday', '2026-04-03 12:00+02:00', '2026-04-07 09:00+02:00', '2026-04-07 17:00+02:00'],
  ])('%s', (_when, now, next, end) => {
    expect(nextWorking(BERLIN, at(now))).toBe(at(next));
    expect(endOfWorkingDay(BERLIN, at(now))).toBe(at(end));
  });

  it('over lunch is after it, on the same day', () => {
    expect(nextWorking(KOLKATA, at('2026-11-25 13:00+05:30'))).toBe(at('2026-11-25 14:00+05:30'));
    expect(endOfWorkingDay(KOLKATA, at('2026-11-25 13:30+05:30'))).toBe(at('2026-11-25 18:30+05:30'));
  });
});

describe('around the clock', () => {
  const now = '2026-11-28T23:59:00.000Z';
  it('every millisecond counts, weekends too', () => {
    expect(addWorking(null, now, 24 * HOUR)).toBe('2026-11-29T23:59:00.000Z');
    expect(addWorking(null, now, -HOUR)).toBe('2026-11-28T22:59:00.000Z');
    expect(workingBetween(null, now, '2026-11-28T22:59:00.000Z')).toBe(-HOUR);
    expect(nextWorking(null, now)).toBe(now);
    expect(endOfWorkingDay(null, now)).toBe('2026-11-28T23:59:59.999Z');
  });
});

describe('a sum that no calendar can hold', () => {
  it('ends with the calendar named, not without end', () =>
    expect(() => addWorking(office('Asia/Kolkata'), '2026-11-28T12:00:00.000Z', 1e15)).toThrow(
      /^the calendar of Asia\/Kolkata \(mon, .*, 09:00-17:00\) has not that much working time in twenty years/,
    ));
});
