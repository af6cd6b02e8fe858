import { describe, expect, it } from 'vitest';
import { LOOK, type Observation } from '../../../src/core/observations.ts';
import type { PeriodProblem, Span } from '../../../src/core/period.ts';
import { CONFIDENTIAL, type Figures } from '../../../src/core/report.ts';
import { problemsOfMessage, tooLong } from '../../../src/sandbox/blocks/surface.ts';
import { contentOf } from '../../../src/slack/digestContent.ts';
import { countedLines, questionsOf } from '../../../src/slack/report/observed.ts';
import { observationsMessage } from '../../../src/slack/views/observations.ts';
import { wording } from '../../../src/slack/wording/index.ts';
import { DEFAULT_RULES, figures, reportOf, share, totals } from '../../support/figures.ts';

const rules = DEFAULT_RULES;
const report = (known: Partial<Figures>) => reportOf(figures(known), { U0OLGA: 'Olga', U0LEE: 'Lee' });
const headline = (known: Partial<Figures>) => contentOf(report(known)).headline;
const field = (known: Partial<Figures>, label: string) =>
  contentOf(report(known)).fields.find((one) => one.label === label)?.value;
const part = (known: Partial<Figures>, title: string) =>
  contentOf(report(known)).parts.find((one) => one.title === title)?.lines;

const usually = (n: number, periods = 4) => ({ periods, asked: n, approved: n, late: 0 });
const DAY = 86_400_000;
const took = (median: number) => totals({ timeToDecision: { median, p90: 2 * median } });
/** A rule that went from so many a period to so many, among periods of a length. */
const moved = (now: number, before: number, span: Span, periods = 4, oneCustomer = 0) =>
  headline({
    ...{ span, totals: totals({ asked: 20 }), before: totals({ asked: 20 }), usual: usually(20, periods) },
    byRule: [share('refund-window', now, 0, { usually: before, oneCustomer })],
  }).replace('20 asked, none approved, none late; ', '');

describe('the headline', () => {
  const week: Span = { unit: 'week', n: 1 };
  it.each([
    [14, 7, week, 4, 'refund-window exceptions doubled against the last four weeks.'],
    [14, 7, week, 1, 'refund-window exceptions doubled against the week before.'],
    [3, 6, week, 2, 'refund-window exceptions halved against the last two weeks.'],
    [21, 7, { unit: 'quarter', n: 1 }, 4, 'refund-window exceptions tripled against the last four quarters.'],
    [21, 7, { unit: 'day', n: 90 }, 1, 'refund-window exceptions tripled against the 90 days before.'],
    [21, 7, { unit: 'day', n: 90 }, 4, 'refund-window exceptions tripled against what is usual in 90 days.'],
    [8, 0, week, 4, '8 refund-window exceptions after none in the last four weeks.'],
    [8, 0, { unit: 'day', n: 7 }, 4, '8 refund-window exceptions after none in the 28 days before.'],
    [0, 7.5, week, 4, 'no refund-window exceptions after 7.5 a week in the last four weeks.'],
    [0, 8, { unit: 'day', n: 90 }, 2, 'no refund-window exceptions after 16 in the 180 days before.'],
  ] as [number, number, Span, number, string][])(
    'of %d after %d among %j of %d',
    (now, before, span, periods, said) => {
      expect(moved(now, before, span, periods)).toBe(said);
    },
  );

  it('says whether it is mostly one customer, and names none', () => {
    expect(moved(14, 7, week, 4, 9)).toBe(
      'refund-window exceptions doubled against the last four weeks, most of them for one customer.',
    );
  });

  it('tells of all requests, and of late ones, where no rule stands out', () => {
    expect(headline({ totals: totals({ asked: 30 }), usual: usually(10) })).toBe(
      '30 asked, none approved, none late; requests tripled against the last four weeks.',
    );
    const late = { totals: totals({ asked: 10, late: 8 }), usual: { ...usually(10), late: 4 } };
    expect(headline(late)).toBe('10 asked, none approved, 8 late; late requests doubled against the last four weeks.');
  });

  it('compares nothing where there was no time before, and nothing with half a week', () => {
    const byRule = [share('refund-window', 20, 2)];
    const busy = { totals: totals({ asked: 20 }), byRule };
    expect(headline({ ...busy, usual: null })).toBe('20 asked, none approved, none late.');
    const running = { ...busy, now: '2026-11-19T00:00:00.000Z' };
    expect(headline(running)).toBe('20 asked, none approved, none late.');
    expect(contentOf(report(running)).note).toMatch(
      /^This week is not over: .* nothing is compared with whole weeks\.$/,
    );
    expect(part(running, 'By policy')).toEqual(['Refund window: 20 asked']);
  });
});

describe('the figures', () => {
  it.each([
    ['Asked', { totals: totals({ asked: 1 }) }, '1 (0 the week before)'],
    ['Asked', { totals: totals({ asked: 1 }), usual: null }, '1'],
    [
      'Asked',
      { totals: totals({ asked: 31 }), before: totals({ asked: 28 }), usual: usually(15.5) },
      '31 (28 the week before, usually 16)',
    ],
    ['Approved', { totals: totals({ approved: 1 }) }, '1 (100 % of the decided)'],
    ['Approved', { totals: totals({ approved: 999, rejected: 1 }) }, '999 (over 99 % of the decided)'],
    ['Approved', { totals: totals({ approved: 1, rejected: 999 }) }, '1 (under 1 % of the decided)'],
    ['Approved', {}, '0'],
    ['Asked again', { totals: totals({ asked: 8, again: 2 }) }, '2 (25 % of the asked)'],
    ['In time', {}, 'nothing was due'],
    ['In time', { totals: totals({ inTime: 3, late: 1 }) }, '3 (75 %)'],
    ['Median time', {}, 'nothing decided'],
    ['Median time', { totals: took(5_400_000) }, '1 h 30 min'],
    ['Median time', { totals: took(5_400_000), before: took(60_000) }, '1 h 30 min (1 min the week before)'],
  ] as [string, Partial<Figures>, string][])('%s of %j: %s', (label, known, said) => {
    expect(field(known, label)).toBe(said);
  });

  it('say what the exceptions did to the policy', () => {
    const policy = {
      reviewsOpened: 2,
      reviewsClosed: { changed: 1, kept: 1, clarified: 0 },
      versions: 2,
      versionsByReview: 1,
    };
    expect(field({ policy }, 'Policy updates')).toBe('2 published, 1 with a review');
    expect(field({}, 'Policy updates')).toBe('none');
    expect(part({ policy }, 'What came of it for the policy')).toEqual([
      '2 reviews opened; 1 closed: the policy changed; 1 closed: kept as it is',
      '2 versions published; while a review was open, or after one that ended in a change: 1',
    ]);
  });

  it('say what waits, since when, and what for', () => {
    const oldest = [
      { number: 12, since: '2026-11-03T09:00:00.000Z', dueAt: '2026-11-05T09:00:00.000Z', stage: 'validation' },
      { number: 14, since: '2026-11-20T09:00:00.000Z', dueAt: '2026-11-24T09:00:00.000Z', stage: 'authorization' },
    ] as const;
    expect(part({ oldest: [...oldest] }, 'Waiting longest')).toEqual([
      'EX-12: since Tue 3 Nov, 09:00 UTC, at details, was due Thu 5 Nov, 09:00 UTC',
      'EX-14: since Fri 20 Nov, 09:00 UTC, at authorization, due Tue 24 Nov, 09:00 UTC',
    ]);
    const holds = [{ kind: 'regulatory', placed: 0, open: 2, length: 2 * DAY }] as const;
    expect(part({ holds: [...holds] }, 'Holds')).toEqual([
      'A regulation may apply: none placed, 2 open now, half of those released took under 2 d',
    ]);
  });

  it('count confidential requests beside the rules and categories, not under theirs', () => {
    const own = [share(CONFIDENTIAL, 3, 1)];
    expect(part({ byRule: own }, 'By policy')).toEqual(['Confidential: 3 asked (1 the week before)']);
    expect(part({ byCategory: own }, 'By category')).toEqual(['Confidential: 3 asked (1 the week before)']);
  });
});

const ALL: Observation[] = [
  {
    ...{ kind: 'under_limit', tier: 'manager', below: '16', from: '18', limit: '20', above: '22' },
    ...{ cases: 12, beside: 2, numbers: [1, 4, 9] },
  },
  {
    ...{ kind: 'split', by: 'customer', rule: 'discount', who: 'nimbus', cases: 3, value: '12400' },
    ...{ tier: 'team_lead', authority: '10000', numbers: [4, 8, 11], confidential: false },
  },
  { kind: 'quick', person: 'U0OLGA', cases: 14, of: 20, numbers: [1, 2] },
  { kind: 'pair', people: ['U0OLGA', 'U0LEE'], cases: 22, of: [24, 22], numbers: [7] },
  { kind: 'carried', stage: 'authorization', tier: 'manager', person: 'U0LEE', cases: 19, of: 22, numbers: [7] },
  { kind: 'excepted', rule: 'refund-window', cases: 19, of: 20, numbers: [1] },
];

describe('what deserves a look', () => {
  it('reaches the channel as one question a kind with counts: no name, no request, no customer', () => {
    const lines = countedLines({ rules }, ALL);
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/\d.*\?$/);
    expect(lines.join('\n')).not.toMatch(/Olga|Lee|EX-|nimbus|U0/i);
    expect(contentOf(report({ observations: ALL })).observations).toEqual(lines);
  });

  it('reaches compliance with the names and the requests behind each, as questions too', () => {
    const questions = questionsOf(report({}), ALL);
    for (const { question, behind } of questions) {
      expect(question).toMatch(/\?$/);
      expect(behind).toMatch(/^EX-\d/);
    }
    const all = questions.map(({ question }) => question).join('\n');
    expect(all).toContain('Olga sent 14 of 20 approvals within 10 seconds');
    expect(all).toContain('3 requests under Discount, for the same customer and within 14 days, come to $12,400');
    expect(questions[0]?.behind).toBe('EX-1, EX-4, EX-9 and 9 more');
  });

  it('is a message that Slack takes, whatever people and rules are called', () => {
    const numbers = Array.from({ length: LOOK.listed }, (_, i) => 100_000 + i);
    const many = Array.from(
      { length: 40 },
      (_, i): Observation => ({ kind: 'quick', person: `U${i}`, cases: 90, of: 99, numbers }),
    );
    const names = Object.fromEntries(many.map((_, i) => [`U${i}`, `<!channel> ${'Ü&🦊'.repeat(26)}`]));
    const week = { from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };
    const questions = questionsOf({ rules, names }, many);
    const { blocks } = observationsMessage({ week, zone: 'UTC', questions });
    expect(problemsOfMessage(blocks)).toEqual([]);
    expect(tooLong(blocks)).toBe(false);
    expect(JSON.stringify(blocks)).toContain('25 more questions are not shown here.');
    const holding = blocks.filter((block) => JSON.stringify(block).includes('<!channel>'));
    expect(new Set(holding.map(({ type }) => type))).toEqual(new Set(['rich_text']));
  });
});

describe('a period that cannot be read', () => {
  it.each<[PeriodProblem['problem'], string, RegExp]>([
    [
      'unreadable',
      'last week',
      /^“last week” is no period that I can read\. Write it like `90d`, .* or `2026-11-01\.\.2026-11-15`\.$/,
    ],
    ['unreadable', '', /^Which period\? Write it like/],
    ['not_begun', '2027-Q1', /^2027-Q1 has not begun yet/],
    ['backwards', '2026-11-15..2026-11-01', /ends before it begins/],
    ['too_long', '99999d', /at most 3,660 days/],
  ])('%s: %j', (problem, text, said) => {
    expect(wording().period.refusal({ problem, text })).toMatch(said);
  });
});
