import type { Case, Figures, Share, Totals } from '../../src/core/report.ts';

const NOTHING: Totals = {
  ...{ asked: 0, approved: 0, rejected: 0, withdrawn: 0, late: 0, alreadyHappened: 0 },
  timeToDecision: null,
  byStage: { validation: null, authorization: null },
};
export const totals = (known: Partial<Totals>): Totals => ({ ...NOTHING, ...known });

export const share = <Id extends string>(id: Id, asked: number, askedBefore: number): Share<Id> => ({
  ...{ id, asked, askedBefore, approved: 0, rejected: 0, withdrawn: 0, late: 0 },
});

/** A week in which nothing happened, but for what is given. */
export const figures = (known: Partial<Figures> = {}): Figures => ({
  ...{ from: '2026-11-16T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z', now: '2026-11-23T09:00:00.000Z' },
  ...{ totals: NOTHING, before: NOTHING, openNow: 0, overdueNow: 0 },
  ...{ byTier: [], byRule: [], byCategory: [], escalations: [], recurring: [], recurringLeftOut: 0, openReviews: 0 },
  ...{ cases: [], casesLeftOut: 0, endings: { lapsed: 0, revoked: 0, soon: [], soonLeftOut: 0 } },
  ...known,
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
