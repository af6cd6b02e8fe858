import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvalRate, CONFIDENTIAL, nothingHappened, recurrenceRate, slaMet } from '../../src/core/report.ts';
import { changeOf, trendOf } from '../../src/core/trend.ts';
import { figures, share, totals } from '../support/figures.ts';

describe('a trend', () => {
  it.each([
    [12, 6, 'doubled'],
    [13, 7, null],
    [18, 6, 'tripled'],
    [5, 10, 'halved'],
    [6, 10, null],
    [6, 0, 'new'],
    [0, 6, 'gone'],
  ])('of %i after %i is %s', (asked, before, trend) => {
    expect(trendOf(asked, before)).toBe(trend);
  });

  it.each([
    [2, 1],
    [5, 1],
    [1, 5],
    [5, 0],
    [0, 0],
  ])('of %i after %i is none: so few prove nothing', (asked, before) => {
    expect(trendOf(asked, before)).toBeNull();
  });
});

describe('what a week is told for', () => {
  it('is the rule that moved by the most requests', () => {
    const week = figures({
      totals: totals({ asked: 31 }),
      before: totals({ asked: 30 }),
      byRule: [share('refund-window', 14, 7), share('discount', 11, 3), share('payment-terms', 6, 20)],
    });
    expect(changeOf(week)).toMatchObject({ rule: 'payment-terms', trend: 'halved', now: 6, before: 20 });
  });

  it('is the volume as a whole where no rule stands out', () => {
    const byRule = [share('refund-window', 5, 2), share('discount', 5, 3)];
    const week = figures({ totals: totals({ asked: 10 }), before: totals({ asked: 5 }), byRule });
    expect(changeOf(week)).toMatchObject({ of: 'asked', rule: null, trend: 'doubled', now: 10, before: 5 });
  });

  it('is nothing where it was like the week before', () => {
    const week = { totals: totals({ asked: 10 }), before: totals({ asked: 9 }), byRule: [share('discount', 10, 9)] };
    expect(changeOf(figures(week))).toBeNull();
  });

  it('is told against the mean of the weeks before, not against the last one alone', () => {
    const usual = { periods: 4, asked: 20, approved: 9, late: 1 };
    const byRule = [share('refund-window', 14, 13, { usually: 6.5 }), share('discount', 12, 4, { usually: 11 })];
    const week = figures({ totals: totals({ asked: 26 }), usual, byRule });
    expect(changeOf(week)).toMatchObject({ rule: 'refund-window', trend: 'doubled', before: 6.5, periods: 4 });
  });

  it('is what was late, where nothing else moved', () => {
    const before = totals({ asked: 20, late: 3 });
    const week = figures({ totals: totals({ asked: 20, late: 9 }), before });
    expect(changeOf(week)).toMatchObject({ of: 'late', trend: 'tripled', now: 9, before: 3 });
  });

  it('says that it is mostly one customer, from more than half and four on', () => {
    const driven = (asked: number, oneCustomer: number) =>
      changeOf(figures({ byRule: [share('discount', asked, 2, { oneCustomer })] }))?.oneCustomer;
    expect([driven(14, 8), driven(14, 7), driven(6, 4), driven(6, 3)]).toEqual([true, false, true, false]);
  });

  it('is never what confidential requests are about', () => {
    expect(changeOf(figures({ byRule: [share(CONFIDENTIAL, 20, 2)] }))).toBeNull();
  });

  it('is nothing where there is no record of any time before', () => {
    expect(changeOf(figures({ usual: null, byRule: [share('discount', 20, 0)] }))).toBeNull();
  });

  it('is nothing while the week still runs: half of it against a whole one would mislead', () => {
    const byRule = [share('discount', 2, 20)];
    expect(changeOf(figures({ byRule, now: '2026-11-17T09:00:00.000Z' }))).toBeNull();
  });
});

describe('the approval rate', () => {
  it('is of what was decided', () => {
    expect(approvalRate(totals({ asked: 9, approved: 3, rejected: 1, withdrawn: 4 }))).toBe(0.75);
  });

  it('does not exist where nothing was', () => {
    expect(approvalRate(totals({ asked: 9 }))).toBeNull();
  });
});

describe('the share that was in time', () => {
  it('is of what was decided and what should have been', () => {
    expect(slaMet(totals({ inTime: 6, late: 2 }))).toBe(0.75);
    expect(slaMet(totals({ asked: 3 }))).toBeNull();
  });
});

describe('the recurrence rate', () => {
  it('is of what was asked', () => {
    expect(recurrenceRate(totals({ asked: 8, again: 2 }))).toBe(0.25);
    expect(recurrenceRate(totals({}))).toBeNull();
  });
});

describe('every rate', () => {
  const n = fc.nat(1000);
  it('lies between none and all, whatever was counted', () => {
    fc.assert(
      fc.property(n, n, n, n, n, (approved, rejected, inTime, late, asked) => {
        const again = Math.min(asked, late);
        const counts = totals({ approved, rejected, inTime, late, asked, again });
        for (const rate of [approvalRate(counts), slaMet(counts), recurrenceRate(counts)])
          expect(rate === null || (rate >= 0 && rate <= 1)).toBe(true);
      }),
    );
  });
});

describe('a week in which nothing happened', () => {
  it('is one without requests, decisions and open work', () => {
    expect(nothingHappened(figures())).toBe(true);
    expect(nothingHappened(figures({ openNow: 1 }))).toBe(false);
    expect(nothingHappened(figures({ totals: totals({ withdrawn: 1 }) }))).toBe(false);
  });
});
