/** Holidays are looked up while developing and pasted into the policy. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { holidayLines } from '../docs/holidays.ts';
import { calendar } from '../src/core/calendar.ts';
import { shell } from './support/shell.ts';

const pasted = (lines: string) => calendar.parse({ zone: 'UTC', ...parse(lines) }).holidays;

describe('the holidays of a place', () => {
  it('are printed as a calendar of the policy has them: those that the state of Berlin publishes for 2026', async () => {
    const run = shell('npm run --silent holidays -- DE-BE 2026');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('        - 2026-03-08 # Internationaler Frauentag\n');
    expect(pasted(run.output())).toEqual([
      '2026-01-01',
      '2026-03-08',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-10-03',
      '2026-12-25',
      '2026-12-26',
    ]);
  });

  it('have the day that is free instead where one falls on a weekend, and every year that was asked for', () => {
    const lines = holidayLines({ place: 'US', from: 2026, to: 2027 }).join('\n');
    expect(pasted(lines)).toEqual(expect.arrayContaining(['2026-07-03', '2026-07-04', '2027-07-05', '2027-12-24']));
  });

  it('have every day of a feast that lasts for days', () =>
    expect(pasted(holidayLines({ place: 'AE', from: 2026, to: 2026 }).join('\n'))).toEqual(
      expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']),
    ));

  it('of a place that is not known are asked for again, with the places there are', () => {
    const asked = (place: string) => () => holidayLines({ place, from: 2026, to: 2026 });
    expect(asked('XX')).toThrow(/^expected a country \(AD, .*DE, .*\), found "XX"$/);
    expect(asked('DE-XX')).toThrow(/^expected a state of DE \(BB, BE, .*\), found "XX"$/);
  });
});
