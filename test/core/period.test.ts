import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earlier, isProblem, type Period, parsePeriod, spanOf, stepsOf } from '../../src/core/period.ts';

const NOW = '2026-11-25T14:30:00.000Z';
const BERLIN = 'Europe/Berlin';
const read = (text: string, zone = 'UTC') => parsePeriod(text, NOW, zone);
function period(text: string, zone = 'UTC'): Period {
  const found = read(text, zone);
  if (isProblem(found)) throw new Error(`${text}: ${found.problem}`);
  return found;
}

describe('a period that a person writes', () => {
  it.each([
    ['7d', '2026-11-18T14:30:00.000Z', NOW],
    ['90 days', '2026-08-27T14:30:00.000Z', NOW],
    ['2026-W47', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-w47', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['2026-Q4', '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2026-11-01..2026-11-15', '2026-11-01T00:00:00.000Z', '2026-11-16T00:00:00.000Z'],
    [' 2026-11-01 .. 2026-11-01 ', '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
  ])('%s is read', (text, from, to) => {
    expect(read(text)).toEqual({ from, to });
  });

  it.each([
    ['', 'unreadable'],
    ['last week', 'unreadable'],
    ['0d', 'unreadable'],
    ['2026-13', 'unreadable'],
    ['2026-Q5', 'unreadable'],
    ['2025-W53', 'unreadable'],
    ['2026-11-31', 'unreadable'],
    ['0000', 'unreadable'],
    ['0003', 'unreadable'],
    ['0202-W47', 'unreadable'],
    ['0000-01-01..0000-01-02', 'unreadable'],
    ['2026-11-15..2026-11-01', 'backwards'],
    ['99999d', 'too_long'],
    ['1999-01-01..2026-01-01', 'too_long'],
    ['2026-12', 'not_begun'],
    ['2027', 'not_begun'],
  ])('%j is refused: %s', (text, problem) => {
    expect(read(text)).toEqual({ problem, text });
  });

  it('begins and ends at midnight of the zone', () => {
    expect(read('2026-10', BERLIN)).toEqual({ from: '2026-09-30T22:00:00.000Z', to: '2026-10-31T23:00:00.000Z' });
  });
});

describe('what it is compared with', () => {
  it.each([
    ['2026-W47', { unit: 'week', n: 1 }, '2026-11-09T00:00:00.000Z', '2026-11-16T00:00:00.000Z'],
    ['2026-11', { unit: 'month', n: 1 }, '2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['2026-Q4', { unit: 'quarter', n: 1 }, '2026-07-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z'],
    ['2026', { unit: 'year', n: 1 }, '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ['7d', { unit: 'day', n: 7 }, '2026-11-11T14:30:00.000Z', '2026-11-18T14:30:00.000Z'],
    ['2026-11-02..2026-11-15', { unit: 'week', n: 2 }, '2026-10-19T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
  ])('of %s is as long, in the words of the calendar', (text, span, from, to) => {
    expect(spanOf(period(text), 'UTC')).toEqual(span);
    expect(earlier(period(text), 1, 'UTC')).toEqual({ from, to });
  });

  it('begins on the Monday also where the clocks changed in between', () => {
    const after = period('2026-W44', BERLIN);
    expect(earlier(after, 1, BERLIN)).toEqual(period('2026-W43', BERLIN));
  });
});

describe('what its picture shows', () => {
  it.each([
    ['2026-W47', 8, '2026-09-28'],
    ['2026-11', 6, '2026-11-01'],
    ['90d', 14, '2026-08-27'],
    ['2026', 12, '2026-01-01'],
  ])('of %s are %i steps', (text, steps, first) => {
    const found = stepsOf(period(text), 'UTC');
    expect(found).toHaveLength(steps);
    expect(found[0]?.from.slice(0, 10)).toBe(first);
  });

  const zones = fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Asia/Kolkata');
  it('follow each other without a gap and end with the period', () => {
    const days = fc.record({
      from: fc.integer({ min: 0, max: 1500 }),
      length: fc.integer({ min: 1, max: 900 }),
      zone: zones,
    });
    fc.assert(
      fc.property(days, ({ from, length, zone }) => {
        const day = (n: number) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10);
        const found = parsePeriod(`${day(from)}..${day(from + length - 1)}`, '2030-01-01T00:00:00.000Z', zone);
        if (isProblem(found)) throw new Error(found.problem);
        const steps = stepsOf(found, zone);
        expect(steps.at(-1)?.to).toBe(found.to);
        for (const [i, { from, to }] of steps.entries()) {
          expect(from < to).toBe(true);
          if (i > 0) expect(steps[i - 1]?.to).toBe(from);
        }
        if (length >= 28) expect(steps[0]?.from).toBe(found.from);
      }),
      { numRuns: 200 },
    );
  });
});
