import { readFileSync } from 'node:fs';
import type { Case, Figures, Share, Totals } from '../../src/core/report.ts';
import type { Report } from '../../src/slack/digestContent.ts';
import { readPolicy } from './policy.ts';

const NOTHING: Totals = {
  ...{ asked: 0, approved: 0, rejected: 0, withdrawn: 0, late: 0, inTime: 0, alreadyHappened: 0, again: 0 },
  timeToDecision: null,
  byStage: { validation: null, authorization: null },
};
export const totals = (known: Partial<Totals>): Totals => ({ ...NOTHING, ...known });

/** As many were asked as `before` in the period before, and as `usually` in the mean of several. */
export const share = <Id extends string>(
  id: Id,
  asked: number,
  before: number,
  { usually = before, oneCustomer = 0 } = {},
): Share<Id> => ({
  ...{ id, asked, askedBefore: before, askedUsually: usually, oneCustomer },
  ...{ approved: 0, rejected: 0, withdrawn: 0, late: 0, inTime: 0 },
});

/** A week in which nothing happened after one of which there is a record, but for what is given. */
export function figures(known: Partial<Figures> = {}): Figures {
  const { before = NOTHING } = known;
  return {
    ...{ from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', now: '2026-11-23T09:00:00.000Z' },
    ...{ span: { unit: 'week', n: 1 }, totals: NOTHING, before, steps: [] },
    usual: { periods: 1, asked: before.asked, approved: before.approved, late: before.late },
    ...{ openNow: 0, overdueNow: 0, oldest: [], byTier: [], byRule: [], byCategory: [] },
    ...{ byCustomer: [], customersLeftOut: 0, holds: [], escalations: [], recurring: [], recurringLeftOut: 0 },
    endings: { lapsed: 0, revoked: 0, soon: [], soonLeftOut: 0 },
    policy: {
      ...{ reviewsOpened: 0, reviewsClosed: { changed: 0, kept: 0, clarified: 0 }, versions: 0, versionsByReview: 0 },
    },
    ...{ openReviews: 0, observations: [], cases: [], casesLeftOut: 0 },
    ...known,
  };
}

/** Of the default policy. */
export const { rules: DEFAULT_RULES } = readPolicy(readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8'));
export const reportOf = (of: Figures, names: Report['names'] = {}): Report => ({
  ...{ figures: of, rules: DEFAULT_RULES, zone: 'UTC', names },
  ...{ chain: { verified: null, sealed: null }, policyOverdueSince: null, unsigned: [] },
});

export const decidedCase = (number: number, known: Partial<Case> = {}): Case => ({
  ...{
    number,
    tier: 'team_lead',
    confidential: false,
    rule: 'refund-window',
    customer: 'ACME',
    deviation: '10',
    value: '500',
  },
  ...{ currency: 'USD', outcome: 'approved', late: false },
  decisions: [
    { stage: 'validation', outcome: 'approved', by: 'U0OLGA', at: '2026-11-17T10:42:00.000Z' },
    { stage: 'authorization', outcome: 'approved', by: 'U0LEE', at: '2026-11-17T14:05:00.000Z' },
  ],
  ...known,
});
