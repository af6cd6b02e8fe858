/** What goes wrong with time in a year: Carveout is down, and its clock is set forward or back. */
import type { Instant } from '../../src/core/values.ts';
import type { Chance } from '../random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const BEGIN = Date.parse('2027-01-01T00:00:00.000Z');
export const END = Date.parse('2028-01-01T00:00:00.000Z');

type Span = { from: number; to: number };
/** Everything in milliseconds since 1970; `t` is how late it really is, which nothing in the product knows. */
export type YearTime = {
  outages: Span[];
  jumps: { at: number; by: number }[];
  /** What the clock says. */
  reads(t: number): Instant;
  /** The first full minute from `from` on at which Carveout runs and its clock says `at` or later. */
  whenItReads(at: Instant, from: number): number;
  /** When it runs: `t`, or the end of the outage. */
  up(t: number): number;
};

const FRIDAYS = ['2027-01-15', '2027-04-16', '2027-07-16', '2027-11-12'];

export function createTime(chance: Chance): YearTime {
  const anyTime = () => BEGIN + chance.next() * (END - BEGIN);
  const outages = [
    ...Array.from({ length: 20 }, () => span(anyTime(), HOUR)),
    ...FRIDAYS.map((day) => span(Date.parse(`${day}T18:00:00.000Z`), 2.6 * DAY)),
    span(Date.parse('2027-08-30T12:00:00.000Z'), 30 * DAY),
  ];
  const jumps = [
    ...Array.from({ length: 6 }, () => ({ at: anyTime(), by: -5 * MINUTE })),
    { at: Date.parse('2027-03-28T01:00:00.000Z'), by: HOUR },
    { at: Date.parse('2027-05-12T09:00:00.000Z'), by: DAY },
    { at: Date.parse('2027-10-31T01:00:00.000Z'), by: -HOUR },
  ].sort((a, b) => a.at - b.at);
  const stretches = [{ from: Number.NEGATIVE_INFINITY, ahead: 0 }];
  for (const { at, by } of jumps) stretches.push({ from: at, ahead: (stretches.at(-1)?.ahead ?? 0) + by });
  const up = (t: number): number => {
    const down = outages.find(({ from, to }) => from <= t && t < to);
    return down ? up(down.to) : t;
  };
  return {
    ...{ outages, jumps, up },
    reads: (t) => new Date(t + (stretches.findLast(({ from }) => from <= t)?.ahead ?? 0)).toISOString(),
    whenItReads(at, from) {
      for (const [place, stretch] of stretches.entries()) {
        const earliest = Math.max(from, stretch.from, Date.parse(at) - stretch.ahead);
        const t = up(Math.ceil(earliest / MINUTE) * MINUTE);
        if (t < (stretches[place + 1]?.from ?? Number.POSITIVE_INFINITY)) return t;
      }
      throw new Error(`the clock never says ${at}`);
    },
  };
}

const span = (from: number, length: number): Span => ({ from, to: from + length });
