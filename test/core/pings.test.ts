/** When a person hears of what waits for them, and of what. */
import { describe, expect, it } from 'vitest';
import { hoursOf, isStale, isUrgent, type Listener, tellAt, toTell, type Waiting } from '../../src/core/pings.ts';
import { expedite, given, requestOf, submitted } from '../support/given.ts';
import { policyWith, RULES, readPolicy } from '../support/policy.ts';

/** Olga in Berlin, Mondays to Fridays from nine to five; the week of Monday, 23 November 2026. */
const olga = (over: Partial<Listener> & { zone?: string } = {}): Listener => {
  const { zone = 'Europe/Berlin', ...rest } = over;
  return { reminders: 'each', since: null, pingedAt: null, hours: hoursOf(RULES, zone, 'UTC'), ...rest };
};
const DAY = { mon: 23, tue: 24, wed: 25, thu: 26, fri: 27, sat: 28, sun: 29, next: 30 } as const;
/** `tue 09:30` in UTC; Berlin is an hour ahead. */
const at = (text: string): string => {
  const [day, time] = text.split(' ') as [keyof typeof DAY, string];
  return `2026-11-${DAY[day]}T${time.length === 5 ? `${time}:00` : time}.000Z`;
};
const due = (text: string, over: Partial<Waiting> = {}): Waiting => ({
  dueAt: at(text),
  notedAt: at(text),
  urgent: false,
  ...over,
});
const urgent = (text: string) => due(text, { urgent: true });

describe('a person is told', () => {
  it.each([
    // [what waits, now, when it is told]
    [
      'at once in working hours, a minute left for what falls due with it',
      [due('mon 10:00')],
      'mon 10:00',
      'mon 10:01',
    ],
    ['in the morning of what fell due at night', [due('mon 22:00')], 'mon 22:00', 'tue 08:00'],
    ['at the end of the day no more', [due('mon 16:00')], 'mon 16:00', 'tue 08:00'],
    ['on Monday of what fell due on Saturday', [due('sat 12:00')], 'sat 12:00', 'next 08:00'],
    ['of the one put off when that is over', [due('mon 10:00', { dueAt: at('tue 08:00') })], 'mon 11:00', 'tue 08:00'],
    ['at once of what is urgent, also at night', [urgent('mon 22:00')], 'mon 22:00', 'mon 22:01'],
    ['at once of what is urgent, also on a Sunday', [due('sat 12:00'), urgent('sun 12:00')], 'sun 12:00', 'sun 12:01'],
    ['of nothing where nothing waits', [], 'mon 10:00', null],
    ['now, and not in the past', [due('mon 10:00')], 'mon 12:00', 'mon 12:00'],
  ])('%s', (_, waiting, now, told) => expect(tellAt(olga(), waiting, at(now))).toBe(told === null ? null : at(told)));

  it('in the hours of the zone they live in, not of the office', () => {
    const waiting = [due('mon 22:00')];
    expect(tellAt(olga({ zone: 'Asia/Kolkata' }), waiting, at('mon 22:00'))).toBe(at('tue 03:30'));
    expect(tellAt(olga({ zone: 'America/New_York' }), waiting, at('mon 22:00'))).toBe(at('tue 14:00'));
  });

  it('in the hours and days that the policy names, and not on its holidays', () => {
    const { rules } = readPolicy(
      policyWith(
        '  default_category: customer\n',
        `  default_category: customer
  calendar: shop
  calendars:
    shop: { zone: UTC, days: [mon, wed], hours: ["12:00-14:00"], holidays: [2026-11-25] }
`,
      ),
    );
    const hours = hoursOf(rules, 'Europe/Berlin', 'UTC');
    expect(tellAt(olga({ hours }), [due('mon 10:00')], at('mon 10:00'))).toBe(at('mon 11:00'));
    expect(tellAt(olga({ hours }), [due('mon 14:00')], at('mon 14:00'))).toBe(at('next 11:00'));
  });

  it('by the workspace’s clock where Slack does not know theirs', () => {
    expect(hoursOf(RULES, null, 'Asia/Tokyo').zone).toBe('Asia/Tokyo');
    expect(hoursOf(RULES, 'Middle/Earth', 'Asia/Tokyo').zone).toBe('Asia/Tokyo');
    expect(hoursOf(RULES, 'Europe/London', 'Asia/Tokyo').zone).toBe('Europe/London');
  });
});

describe('at most one ping in four hours', () => {
  const told = olga({ pingedAt: at('mon 09:00') });

  it('of what is not urgent: it waits, also over night', () => {
    expect(tellAt(told, [due('mon 09:30')], at('mon 09:30'))).toBe(at('mon 13:00'));
    expect(tellAt(olga({ pingedAt: at('mon 14:00') }), [due('mon 14:30')], at('mon 14:30'))).toBe(at('tue 08:00'));
  });

  it('and what is urgent neither waits for it nor brings the rest along', () => {
    const waiting = [due('mon 09:30'), urgent('mon 10:00')];
    expect(tellAt(told, waiting, at('mon 10:00'))).toBe(at('mon 10:01'));
    expect(toTell(told, waiting, at('mon 10:01'))).toEqual([urgent('mon 10:00')]);
  });

  it('once an hour, at the full hour of their own clock, for whoever wants that', () => {
    const hourly = { reminders: 'hourly', pingedAt: at('mon 09:00') } as const;
    expect(tellAt(olga(hourly), [due('mon 09:10')], at('mon 09:10'))).toBe(at('mon 10:00'));
    expect(tellAt(olga({ ...hourly, pingedAt: at('mon 10:00:30') }), [due('mon 10:20')], at('mon 10:20'))).toBe(
      at('mon 11:00'),
    );
    const kolkata = olga({ ...hourly, zone: 'Asia/Kolkata' });
    expect(tellAt(kolkata, [due('mon 09:40')], at('mon 09:40'))).toBe(at('mon 10:30'));
  });
});

describe('one message has', () => {
  it('all that is due, and nothing that is put off', () => {
    const waiting = [due('mon 09:00'), due('mon 09:00:30'), due('mon 09:00', { dueAt: at('tue 08:00') })];
    expect(toTell(olga(), waiting, at('mon 09:01'))).toEqual([]);
    expect(toTell(olga(), waiting, at('mon 09:02'))).toEqual(waiting.slice(0, 2));
  });

  it('what is seen one after the other, as long as that takes no longer than ten minutes', () => {
    const seen = [0, 30, 60, 90].map((s) =>
      due('mon 09:00', { notedAt: at(`mon 09:0${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`) }),
    );
    expect(tellAt(olga(), seen, at('mon 09:01'))).toBe(at('mon 09:02:30'));
    const endless = Array.from({ length: 30 }, (_, n) =>
      due('mon 09:00', { notedAt: at(`mon 09:${String(n).padStart(2, '0')}`) }),
    );
    expect(tellAt(olga(), endless, at('mon 09:09'))).toBe(at('mon 09:10'));
  });

  it('only what is urgent for whoever wants no more, and the rest once they want it again', () => {
    const waiting = [due('mon 09:00'), urgent('mon 09:00')];
    const muted = olga({ reminders: 'urgent', since: at('mon 08:00') });
    expect(toTell(muted, waiting, at('mon 10:00'))).toEqual([urgent('mon 09:00')]);
    expect(tellAt(muted, [due('mon 09:00')], at('mon 10:00'))).toBeNull();
    expect(tellAt(olga({ since: at('thu 09:00') }), [due('mon 09:00')], at('thu 09:00'))).toBe(at('thu 09:00'));
  });
});

describe('stale is what is told more than a day after it would have been', () => {
  it.each([
    ['not what only waited for the morning', olga(), due('mon 22:00'), 'tue 08:00', false],
    ['not what waited for Monday', olga(), due('fri 20:00'), 'next 08:00', false],
    [
      'not what waited for the four hours to be over',
      olga({ pingedAt: at('fri 14:00') }),
      due('fri 15:00'),
      'next 08:00',
      false,
    ],
    ['what should have been told on Friday', olga(), due('fri 11:00'), 'next 08:00', true],
    ['what is urgent, by the clock', olga(), urgent('fri 20:00'), 'sun 08:00', true],
    ['not what they had muted', olga({ since: at('next 07:30') }), due('mon 10:00'), 'next 08:00', false],
  ])('%s', (_, listener, waiting, told, stale) => expect(isStale(listener, waiting, at(told))).toBe(stale));
});

it('urgent is what was asked for as such, what is expedited, and what is critical', () => {
  expect(isUrgent(requestOf(submitted()))).toBe(false);
  expect(isUrgent(requestOf(submitted({ urgent: true })))).toBe(true);
  expect(isUrgent(requestOf(submitted({ severity: 'critical' })))).toBe(true);
  const quicker = given(submitted({ deviation: '25' })).and('mia', expedite());
  expect(isUrgent(requestOf(...quicker.events))).toBe(true);
});
