import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, type Report } from '../../../src/slack/digestContent.ts';
import { questionsOf } from '../../../src/slack/report/observed.ts';
import { periodFigures } from '../../../src/store/figures.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { DEFAULT_RULES, reportOf } from '../../support/figures.ts';
import { createHistory, type History, PEOPLE, TEAM } from '../../support/history.ts';

const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2026, 10, day, hour, minute)).toISOString();
const WEEK = { from: at(16, 0), to: at(23, 0), now: at(23, 9) };

let database: TestDatabase;
let history: History;
let report: Report;

/** Twelve confidential requests about one customer, of which everything deserves a look; two about others. */
beforeAll(async () => {
  database = await createTestDatabase();
  history = await createHistory(database.url);
  for (let i = 0; i < 12; i++) {
    const secret = { rule: 'vendor-approval', customer: 'Nimbus Holding', deviation: '19', value: '9000' };
    const number = await history.ask(at(17, 8, i), { ...secret, confidential: true, happened: true });
    await history.decide('approve', PEOPLE.operator.id, at(17, 9, i), number, 2000);
    await history.decide('approve', PEOPLE.lead.id, at(17, 10, i), number, 2000);
  }
  await history.ask(at(18, 8), { rule: 'discount', customer: 'ACME' });
  await history.ask(at(19, 8), { rule: 'vendor-approval', customer: 'Globex', confidential: true });
  const figures = await periodFigures(history.db, TEAM, { ...WEEK, zone: 'UTC', rules: DEFAULT_RULES });
  const names = Object.fromEntries(Object.values(PEOPLE).map(({ id, name }) => [id, name]));
  report = reportOf(figures, names);
});
afterAll(async () => {
  await history.close();
  await database.drop();
});

describe('confidential requests', () => {
  it('are told as counts: no customer, no rule, in no part of the report', () => {
    const said = JSON.stringify(contentOf(report));
    expect(said).toContain('ACME');
    expect(said).toContain('Confidential: 13 asked');
    expect(said).not.toMatch(/nimbus|globex|vendor/i);
  });

  it('count in the totals and in their tier all the same', () => {
    const { totals, byTier } = report.figures;
    expect(totals).toMatchObject({ asked: 14, approved: 12, alreadyHappened: 12, again: 11 });
    expect(byTier.map(({ id, asked }) => [id, asked])).toEqual([['team_lead', 14]]);
  });

  it('let nobody be named in what the channel is asked', () => {
    const { observations } = contentOf(report);
    expect(observations.length).toBeGreaterThan(3);
    expect(observations.join('\n')).not.toMatch(/Olga|Lee|EX-/);
  });

  it('are found where they deserve a look; compliance, who may read them, gets their numbers', () => {
    const kinds = new Set(report.figures.observations.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['under_limit', 'split', 'quick', 'pair', 'carried']));
    expect(kinds).not.toContain('excepted');
    const questions = questionsOf(report, report.figures.observations);
    expect(questions.some(({ question }) => question.includes('Olga Operator sent 12 of 12'))).toBe(true);
    expect(JSON.stringify(questions)).not.toMatch(/nimbus|vendor|108,000/i);
    expect(questions.map(({ question }) => question).join('\n')).toContain('some of them confidential');
  });
});
