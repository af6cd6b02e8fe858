/** A week in figures, and what of it is worth saying. The words themselves are `wording`'s. */
import type { EscalationKind, Instant, Stage, Tier } from './values.ts';

/** Milliseconds from the start of something to its end: half took no longer than `median`, nine in ten than `p90`. */
export type Spread = { median: number; p90: number };

export type Counts = {
  asked: number;
  approved: number;
  rejected: number;
  withdrawn: number;
  /** Decided after the deadline, or still undecided past it at the end of the period (by now, if that is earlier). */
  late: number;
};
export type Totals = Counts & {
  /** Of those asked: what they ask to allow had been done before. */
  alreadyHappened: number;
  /** From submission to the decision that ended it; null where nothing was decided. Withdrawals do not count. */
  timeToDecision: Spread | null;
  /** From the start of a stage to its decision. */
  byStage: Record<Stage, Spread | null>;
};
/** The part of the counts that falls to one tier, rule or category. */
export type Share<Id extends string = string> = Counts & { id: Id; askedBefore: number };

export type EscalationFigures = {
  kind: EscalationKind;
  raised: number;
  acknowledged: number;
  /** Median time from raised to acknowledged, of those that were; milliseconds. */
  timeToAcknowledge: number | null;
};
/** Approved exceptions that ended in the period, and those that end soon. */
export type EndingFigures = {
  lapsed: number;
  revoked: number;
  /** Good for `ENDING_SOON_DAYS` at most from now on, the next to end first. */
  soon: { number: number; until: string; renewedBy: number | null }[];
  soonLeftOut: number;
};
export const ENDING_SOON_DAYS = 30;
/** The same rule set aside for the same customer at least twice within `RECURRENCE_DAYS`, the last time in the period. */
export type Recurring = { rule: string; customer: string; times: number; last: number };

export type CaseDecision = { stage: Stage; outcome: 'approved' | 'rejected'; by: string; at: Instant };
/** A request that was decided in the period, by whom and when. */
export type Case = {
  number: number;
  tier: Tier;
  /** Of a confidential request nothing is told but its number, its tier and what became of it. */
  confidential: boolean;
  rule: string;
  customer: string | null;
  /** Percent; null where it could not be told. */
  deviation: string | null;
  value: string;
  currency: string;
  outcome: 'approved' | 'rejected';
  late: boolean;
  decisions: CaseDecision[];
};

/** Of the period from `from` up to but not including `to`, as known at `now`. */
export type Figures = {
  from: Instant;
  to: Instant;
  now: Instant;
  totals: Totals;
  /** The same for a period as long, directly before. */
  before: Totals;
  /** At `now`. */
  openNow: number;
  overdueNow: number;
  byTier: Share<Tier>[];
  byRule: Share[];
  byCategory: Share[];
  escalations: EscalationFigures[];
  recurring: Recurring[];
  /** Further pairs of rule and customer, for which there was no room in `recurring`. */
  recurringLeftOut: number;
  endings: EndingFigures;
  /** Reviews of the policy that wait for an outcome, at `now`. */
  openReviews: number;
  cases: Case[];
  casesLeftOut: number;
};

export const RECURRENCE_DAYS = 90;
/** Below this many on the larger side, and half as many on the smaller, "doubled" would make news of chance. */
const ENOUGH = 6;

const decided = ({ approved, rejected }: Counts): number => approved + rejected;

/** 0 to 1, of what was decided; null where nothing was. */
export const approvalRate = (counts: Counts): number | null =>
  decided(counts) === 0 ? null : counts.approved / decided(counts);

export const nothingHappened = ({ totals, openNow }: Figures): boolean =>
  totals.asked + decided(totals) + totals.withdrawn + totals.late + openNow === 0;

export type Trend = 'tripled' | 'doubled' | 'halved' | 'new' | 'gone';
/** What changed against the period before; `rule` null: the volume as a whole. */
export type Change = { rule: string | null; trend: Trend; asked: number; before: number };

/** @returns null where the two are alike, or too small to compare */
export function trendOf(asked: number, before: number): Trend | null {
  if (Math.max(asked, before) < ENOUGH) return null;
  if (before === 0) return 'new';
  if (asked === 0) return 'gone';
  if (asked >= 3 * before) return 'tripled';
  if (asked >= 2 * before) return 'doubled';
  return 2 * asked <= before ? 'halved' : null;
}

/** The one change most worth a headline: the rule that moved by the most requests, else the volume as a whole. */
export function changeOf({ totals, before, byRule, ...figures }: Figures): Change | null {
  if (figures.now < figures.to) return null; // Half a week against a whole one would always look like fewer.
  const rules = byRule.map(({ id, asked, askedBefore }) => ({ rule: id, asked, before: askedBefore }));
  const changes = rules.flatMap((rule) => withTrend(rule)).sort((a, b) => size(b) - size(a));
  return changes[0] ?? withTrend({ rule: null, asked: totals.asked, before: before.asked })[0] ?? null;
}

const size = ({ asked, before }: Change) => Math.abs(asked - before);

function withTrend(counts: Omit<Change, 'trend'>): Change[] {
  const trend = trendOf(counts.asked, counts.before);
  return trend ? [{ ...counts, trend }] : [];
}
