import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalRate, type Figures } from '../../src/core/report.ts';
import { periodFigures } from '../../src/store/figures.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createHistory, type History, PEOPLE, TEAM } from '../support/history.ts';
import { readPolicy } from '../support/policy.ts';

const HOUR = 3_600_000;
const WEEK = { from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };
const MONDAY = '2026-11-23T09:00:00.000Z';

let database: TestDatabase;
let history: History;
let figures: Figures;
const { rules } = readPolicy(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'));
const figuresOf = (teamId: string, period: { from: string; to: string; now: string }) =>
  periodFigures(history.db, teamId, { ...period, zone: 'UTC', rules });
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

beforeAll(async () => {
  database = await createTestDatabase();
  history = await createHistory(database.url);
  const { ask, confirm, approve, reject, withdraw, tick, order } = history;
  // The week before: two asked, one of them decided in it; the other one is still undecided past its deadline.
  const early = await ask(at(10, 9), { customer: 'ACME GmbH' });
  await confirm(at(10, 10), early);
  await approve(at(10, 12), early);
  const stuck = await ask(at(11, 9), { customer: 'Globex', rule: 'discount' });
  // The week itself.
  const smooth = await ask(at(16, 9), { customer: 'acme  gmbh' });
  await confirm(at(16, 10), smooth);
  await approve(at(16, 13), smooth);
  const tardy = await ask(at(17, 9), { customer: 'Initech', rule: 'discount', happened: true });
  await tick(at(18, 7), tardy);
  await tick(at(18, 9), tardy);
  await order(PEOPLE.supervisor.id, at(18, 8), tardy, {
    type: 'acknowledge',
    kind: 'sla_imminent',
    deadline: at(18, 9),
  });
  await confirm(at(18, 10), tardy);
  await approve(at(18, 11), tardy);
  const refused = await ask(at(18, 9), { customer: 'Initech', rule: 'discount', deviation: '60', value: '12500' });
  await reject(at(18, 11), refused);
  const dropped = await ask(at(19, 9));
  await withdraw(at(19, 10), dropped);
  await ask(at(22, 20), { customer: 'Umbrella', deviation: '25' });
  // After the week: neither asked nor decided in it.
  await ask(at(23, 1));
  await confirm(at(23, 2), stuck);
  await reject(at(23, 3), stuck, 'lead');
  figures = await figuresOf(TEAM, { ...WEEK, now: MONDAY });
});
afterAll(async () => {
  await history.close();
  await database.drop();
});

describe('the figures of a week', () => {
  it('count what was asked, decided and withdrawn in it, and nothing else', () => {
    expect(figures.totals).toMatchObject({ asked: 5, approved: 2, rejected: 1, withdrawn: 1, alreadyHappened: 1 });
    expect(figures.before).toMatchObject({ asked: 2, approved: 1, rejected: 0, withdrawn: 0 });
  });

  it('call late what was decided after its deadline and what was undecided past it at the end', () => {
    expect(figures.totals.late).toBe(2);
    expect(figures.before.late).toBe(1);
  });

  it('leave withdrawals out of the approval rate', () => {
    expect(approvalRate(figures.totals)).toBeCloseTo(2 / 3);
  });

  it('measure the time to decision from the request, and each stage from its own start', () => {
    expect(figures.totals.timeToDecision).toEqual({ median: 4 * HOUR, p90: expect.closeTo(21.6 * HOUR, 0) });
    expect(figures.totals.byStage.authorization).toEqual({ median: 2 * HOUR, p90: expect.closeTo(2.8 * HOUR, 0) });
    expect(figures.totals.byStage.validation?.median).toBe(2 * HOUR);
  });

  it('tell what is open and overdue now, not at the end of the week', () => {
    expect([figures.openNow, figures.overdueNow]).toEqual([2, 0]);
  });

  it('break down by tier from the lowest up, and by rule with the most asked first', () => {
    expect(figures.byTier.map(({ id, asked }) => [id, asked])).toEqual([
      ['team_lead', 3],
      ['manager', 1],
      ['executive', 1],
    ]);
    expect(figures.byRule.map(({ id, asked, askedBefore }) => [id, asked, askedBefore])).toEqual([
      ['refund-window', 3, 1],
      ['discount', 2, 1],
    ]);
    expect(figures.byCategory.map(({ id, asked }) => [id, asked])).toEqual([['customer-retention', 5]]);
  });

  it('tell how soon escalations were acknowledged', () => {
    expect(figures.escalations).toEqual([
      { kind: 'sla_imminent', raised: 1, acknowledged: 1, timeToAcknowledge: HOUR },
      { kind: 'sla_breached', raised: 1, acknowledged: 0, timeToAcknowledge: null },
    ]);
  });

  it('see one customer in two spellings, and name the rule set aside again with the latest spelling', () => {
    expect(figures.recurring.map(({ rule, customer, times }) => [rule, customer, times])).toEqual([
      ['discount', 'Initech', 2],
      ['refund-window', 'acme  gmbh', 2],
    ]);
    expect(figures.recurringLeftOut).toBe(0);
  });

  it('list the decided requests with who decided each stage and when, the highest tier first', () => {
    expect(figures.cases.map(({ tier, customer, outcome, late }) => [tier, customer, outcome, late])).toEqual([
      ['executive', 'Initech', 'rejected', false],
      ['team_lead', 'acme  gmbh', 'approved', false],
      ['team_lead', 'Initech', 'approved', true],
    ]);
    expect(figures.cases[1]?.decisions).toEqual([
      { stage: 'validation', outcome: 'approved', by: PEOPLE.operator.id, at: at(16, 10) },
      { stage: 'authorization', outcome: 'approved', by: PEOPLE.lead.id, at: at(16, 13) },
    ]);
  });

  it('of a week that is not over count only what is overdue by now', async () => {
    const lateAt = async (now: string) => (await figuresOf(TEAM, { ...WEEK, now })).totals.late;
    expect(await lateAt(at(18, 8))).toBe(1);
    expect(await lateAt(at(18, 10))).toBe(2);
  });

  it('of a week in which nothing happened are all zero', async () => {
    const empty = await figuresOf(TEAM, { from: at(1, 0), to: at(8, 0), now: MONDAY });
    expect(empty.totals).toMatchObject({ asked: 0, approved: 0, late: 0, timeToDecision: null });
    expect([empty.byRule, empty.cases, empty.recurring, empty.escalations]).toEqual([[], [], [], []]);
  });

  it('belong to one workspace', async () => {
    const other = await figuresOf('T0OTHER', { ...WEEK, now: MONDAY });
    expect(other.totals.asked + other.openNow + other.cases.length).toBe(0);
  });
});

describe('what exceptions did to the policy', () => {
  const document = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');
  const april = (day: number) => new Date(Date.UTC(2026, 3, day)).toISOString();
  const publish = (day: number) => publishPolicy(history, TEAM, `${document}\n# ${day}\n`, april(day));
  type Review = { opened: number; closed?: number; outcome?: 'changed' | 'kept' };
  const reviewed = ({ opened, closed, outcome }: Review, review: number) =>
    history.db
      .insertInto('policy_reviews')
      .values({
        ...{ team_id: TEAM, review, rule: 'discount', same_key: `rule=${review}`, policy_version: 1, requests: [1] },
        ...{ opened_at: april(opened), closed_at: closed ? april(closed) : null, closed_by: null },
        ...{ outcome: outcome ?? null, content_id: null },
      })
      .execute();

  it('is what was reviewed since the same was asked for too often, and versions that came with a review', async () => {
    await publish(2); // Before anybody looked at anything.
    await reviewed({ opened: 6, closed: 10, outcome: 'changed' }, 1);
    await publish(8); // While it was open.
    await publish(13); // The first one after it had ended in a change.
    await publish(15); // The change was made by then.
    await reviewed({ opened: 16, closed: 17, outcome: 'kept' }, 2);
    await publish(20); // Nothing was to be changed.
    await reviewed({ opened: 27 }, 3);
    await publish(28); // While that one is open.
    const policyIn = async (from: number, to: number) =>
      (await figuresOf(TEAM, { from: april(from), to: april(to), now: MONDAY })).policy;
    expect(await policyIn(1, 31)).toEqual({
      ...{ reviewsOpened: 3, reviewsClosed: { changed: 1, kept: 1, clarified: 0 } },
      ...{ versions: 6, versionsByReview: 3 },
    });
    expect(await policyIn(12, 21)).toMatchObject({ reviewsOpened: 1, versions: 3, versionsByReview: 1 });
    expect(await policyIn(3, 5)).toMatchObject({ reviewsOpened: 0, versions: 0, versionsByReview: 0 });
  });
});

describe('more than fifty decisions', () => {
  it('are shown as fifty, and the rest is counted', async () => {
    const june = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour)).toISOString();
    for (let i = 0; i < 53; i++) await history.reject(june(3), await history.ask(june(2)));
    const many = await figuresOf(TEAM, { from: june(0), to: june(7 * 24), now: MONDAY });
    expect([many.cases.length, many.casesLeftOut]).toEqual([50, 3]);
  });
});
