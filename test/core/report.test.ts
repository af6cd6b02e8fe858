import { describe, expect, it } from 'vitest';
import { approvalRate, changeOf, nothingHappened, trendOf } from '../../src/core/report.ts';
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
    expect(changeOf(week)).toEqual({ rule: 'payment-terms', trend: 'halved', asked: 6, before: 20 });
  });

  it('is the volume as a whole where no rule stands out', () => {
    const byRule = [share('refund-window', 5, 2), share('discount', 5, 3)];
    const week = figures({ totals: totals({ asked: 10 }), before: totals({ asked: 5 }), byRule });
    expect(changeOf(week)).toEqual({ rule: null, trend: 'doubled', asked: 10, before: 5 });
  });

  it('is nothing where it was like the week before', () => {
    const week = { totals: totals({ asked: 10 }), before: totals({ asked: 9 }), byRule: [share('discount', 10, 9)] };
    expect(changeOf(figures(week))).toBeNull();
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

describe('a week in which nothing happened', () => {
  it('is one without requests, decisions and open work', () => {
    expect(nothingHappened(figures())).toBe(true);
    expect(nothingHappened(figures({ openNow: 1 }))).toBe(false);
    expect(nothingHappened(figures({ totals: totals({ withdrawn: 1 }) }))).toBe(false);
  });
});
