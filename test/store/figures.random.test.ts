import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWords } from '../../src/app/content.ts';
import { isProblem, parsePeriod } from '../../src/core/period.ts';
import type { Figures } from '../../src/core/report.ts';
import { TIERS } from '../../src/core/values.ts';
import { periodFigures } from '../../src/store/figures.ts';
import { readHistory } from '../../src/store/history.ts';
import { readLooked } from '../../src/store/observations.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Ask, createHistory, type History, PEOPLE, TEAM } from '../support/history.ts';
import { naiveFigures, naiveLooked, told } from '../support/naiveFigures.ts';
import { readPolicy } from '../support/policy.ts';

const { rules } = readPolicy(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'));
/** Half of them in the last three weeks, of twenty. */
const HOURS = 20 * 7 * 24;
const START = Date.UTC(2026, 6, 6);
const NOW = new Date(START + HOURS * 3_600_000).toISOString();
const REQUESTS = 110;
const seed = Math.floor(Math.random() * 2 ** 31);

const of = fc.constantFrom;
const ask: fc.Arbitrary<Required<Ask>> = fc.record({
  rule: of('refund-window', 'refund-window', 'discount', 'payment-terms'),
  customer: of('ACME GmbH', 'acme  gmbh', 'Globex', 'Initech', 'Umbrella', null),
  deviation: of('5', '17.9', '18', '19.99', '19', '20', '22', '46.9', '47', '49.9', '50', '60', null),
  value: of('500', '4000', '6000', '9999', '10000', '60000', '100001'),
  happened: fc.boolean(),
  confidential: of(false, false, false, true),
  by: of('asker', 'asker', 'otherAsker'),
});
/** What becomes of it, step by step; hours from one to the next. */
const step = fc.record({
  after: of(0.001, 1, 5, 30, 100),
  does: of('approve', 'approve', 'approve', 'approve', 'reject', 'withdraw', 'hold', 'release', 'take_back', 'tick'),
  other: of(false, false, true),
  readMs: of(2000, 3000, 9999, 10_000, 60_000, undefined),
});
const request = fc.record({
  hour: fc.oneof(
    fc.nat(HOURS - 1),
    fc.nat(3 * 7 * 24).map((late) => HOURS - 1 - late),
  ),
  ask,
  steps: fc.array(step, { maxLength: 5 }),
});
/** What chance alone may leave out. */
const STORIES = [
  ['approve', 'take_back', 'approve', 'approve'],
  ['hold', 'release', 'approve', 'approve'],
  ['approve', 'hold', 'withdraw'],
  ['tick', 'reject'],
];
type Step = { after: number; does: string; other: boolean; readMs: number | undefined };

let database: TestDatabase;
let history: History;
let requests: ReturnType<typeof told>[];

beforeAll(async () => {
  database = await createTestDatabase();
  history = await createHistory(database.url);
  const [plans = []] = fc.sample(fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS }), { numRuns: 1, seed });
  requests = [];
  const stories = STORIES.map((story, i) => ({
    ...{ hour: HOURS - 200 + i, ask: {} },
    steps: story.map((does) => ({ does, after: 20, other: false, readMs: 5000 })),
  }));
  for (const plan of [...plans, ...stories].toSorted((a, b) => a.hour - b.hour)) {
    const number = await history.ask(at(plan.hour), plan.ask);
    await follow(number, plan.hour, plan.steps);
    requests.push(told(await readHistory(history.db, TEAM, number)));
  }
}, 120_000);
afterAll(async () => {
  await history.close();
  await database.drop();
});

const at = (hour: number) => new Date(START + Math.round(hour * 3_600_000)).toISOString();

async function follow(number: number, from: number, steps: Step[]): Promise<void> {
  let hour = from;
  for (const each of steps) {
    hour += each.after;
    if (at(hour) < NOW) await tried(() => act(number, at(hour), each));
  }
}

/** What the rules refuse did not happen. */
async function tried(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Error && /^(refused|EX-\d+ is not in review)/.test(error.message))) throw error;
  }
}

async function act(number: number, when: string, { does, other, readMs }: Step): Promise<unknown> {
  const state = told(await readHistory(history.db, TEAM, number)).state;
  const operator = other ? PEOPLE.otherOperator.id : PEOPLE.operator.id;
  const approvers = [other ? PEOPLE.otherLead : PEOPLE.lead, PEOPLE.manager, PEOPLE.executive];
  const confirming = state.status === 'in_review' && state.stage === 'validation';
  const decider = confirming ? operator : (approvers[TIERS.indexOf(state.tier)]?.id ?? '');
  switch (does) {
    case 'approve':
    case 'reject':
      return history.decide(does, decider, when, number, readMs);
    case 'withdraw':
      return history.withdraw(when, number);
    case 'hold': {
      const kind = other ? 'data_conflict' : 'data_unavailable';
      return history.order(operator, when, number, { type: 'place_hold', kind, source: null, words: toWords('Odd.') });
    }
    case 'release': {
      const hold = state.holds.length;
      const words = toWords('We go on without.');
      return history.order(operator, when, number, { type: 'release_hold', hold, outcome: 'waived', words });
    }
    case 'take_back':
      return history.order(operator, when, number, { type: 'take_back', reason: toWords('I was wrong.') });
    default:
      return history.tick(when, number);
  }
}

/** A period of the past, one that runs, one over a change of the clocks, and those of other lengths. */
const PERIODS: [text: string, zone: string][] = [
  ['2026-W46', 'UTC'],
  ['2026-W47', 'UTC'],
  ['2026-W44', 'Europe/Berlin'],
  ['7d', 'UTC'],
  ['90d', 'Europe/Berlin'],
  ['2026-10', 'America/New_York'],
  ['2026-Q3', 'UTC'],
  ['2026', 'Asia/Kolkata'],
  ['2026-07-06..2026-07-07', 'UTC'],
];
const given = (text: string, zone: string, now = NOW) => {
  const period = parsePeriod(text, now, zone);
  if (isProblem(period)) throw new Error(`${text}: ${period.problem}`);
  return { ...period, now, zone, rules };
};

/** Rounded, since a mean of the database and one of JavaScript differ in the last digit. */
const round = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'number' ? Math.round(each * 1000) / 1000 : each)));
const sorted = <T extends object>(list: T[]) =>
  list.map((each) => JSON.stringify(round(Object.fromEntries(Object.entries(each).toSorted())))).toSorted();
const without = <T extends object, K extends keyof T>(one: T, ...keys: K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(one).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;

describe(`the figures of random requests (seed ${seed})`, () => {
  it('come from a history in which every kind of thing happens', () => {
    const statuses = new Set(requests.map(({ state }) => state.status));
    expect([...statuses].sort()).toEqual(['approved', 'in_review', 'rejected', 'withdrawn']);
    expect(requests.some(({ state }) => state.round > 1)).toBe(true);
    expect(requests.some(({ state }) => state.holds.some(({ released }) => released))).toBe(true);
    expect(requests.some(({ state, over }) => over !== null && over > state.dueAt)).toBe(true);
  });

  describe.each(PERIODS)('of %s in %s', (text, zone) => {
    let figures: Figures;
    const expected = () => naiveFigures(requests, given(text, zone));
    beforeAll(async () => {
      figures = await periodFigures(history.db, TEAM, given(text, zone));
    });

    it('are what the events say, in total and against the periods before', () => {
      const { totals, before, usual, steps, openNow, overdueNow, oldest } = figures;
      const found = { totals, before, usual, steps, openNow, overdueNow, oldest: oldest.map(({ number }) => number) };
      const { byTier, byRule, byCategory, byCustomer, holds, ...plain } = expected();
      expect(round(found)).toEqual(round(plain));
    });

    it('are what the events say by tier, rule, category and customer', () => {
      const naive = expected();
      const counted = (list: Figures['byRule']) =>
        list
          .filter(
            ({ asked, approved, rejected, withdrawn, late }) => asked + approved + rejected + withdrawn + late > 0,
          )
          .map((share) => without(share, 'askedBefore'));
      expect(sorted(counted(figures.byRule))).toEqual(sorted(naive.byRule));
      expect(sorted(counted(figures.byTier).map((one) => without(one, 'oneCustomer')))).toEqual(sorted(naive.byTier));
      expect(sorted(counted(figures.byCategory).map((one) => without(one, 'oneCustomer')))).toEqual(
        sorted(naive.byCategory),
      );
      const customers = figures.byCustomer.map(({ customer, asked, approved, rejected, askedBefore }) => ({
        ...{ key: customer.toLowerCase().replaceAll(/\s+/g, ' '), asked, approved, rejected, askedBefore },
      }));
      expect(customers).toEqual(naive.byCustomer);
    });

    it('are what the events say of holds', () => {
      expect(sorted(figures.holds)).toEqual(sorted(expected().holds));
    });

    it('add up: each breakdown to the total', () => {
      for (const count of ['asked', 'approved', 'rejected', 'withdrawn', 'late', 'inTime'] as const)
        for (const list of [figures.byTier, figures.byRule, figures.byCategory])
          expect(list.reduce((sum, share) => sum + share[count], 0)).toBe(figures.totals[count]);
    });

    it('find what deserves a look where the events do', async () => {
      const found = await readLooked(history.db, TEAM, figures, rules);
      const naive = naiveLooked(requests, { from: figures.from, to: figures.to < NOW ? figures.to : NOW }, rules);
      expect(sorted(found.bands)).toEqual(sorted(naive.bands));
      expect(sorted(found.quick)).toEqual(sorted(naive.quick));
      expect(sorted(found.pairs)).toEqual(sorted(naive.pairs));
      expect(sorted(found.carried)).toEqual(sorted(naive.carried));
      expect(sorted(found.splits)).toEqual(sorted(naive.splits));
      expect(sorted(found.rules)).toEqual(sorted(naive.rules));
    });
  });
});
