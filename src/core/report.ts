/** A period in figures, and what of it is worth saying. The words themselves are `wording`'s. */
import type { Observation } from './observations.ts';
import type { Span } from './period.ts';
import type { ReviewOutcome } from './policyReview.ts';
import type { EscalationKind, HoldKind, Instant, Stage, Tier } from './values.ts';

/** Milliseconds from the start of something to its end: half took no longer than `median`, nine in ten than `p90`. */
export type Spread = { median: number; p90: number };

export type Counts = {
  asked: number;
  approved: number;
  rejected: number;
  withdrawn: number;
  /** Decided after the deadline, or still undecided past it at the end of the period (by now, if that is earlier). */
  late: number;
  /** Decided by the deadline. */
  inTime: number;
};
export type Totals = Counts & {
  /** Of those asked: what they ask to allow had been done before. */
  alreadyHappened: number;
  /**
   * Of those asked: the same rule was to be set aside for the same customer within `RECURRENCE_DAYS` before, whatever became of
   * it then.
   */
  again: number;
  /** From submission to the decision that ended it; null where nothing was decided. Withdrawals do not count. */
  timeToDecision: Spread | null;
  /** From the start of a stage to its decision. */
  byStage: Record<Stage, Spread | null>;
};
/** The mean of the periods before, each as long: of four, or of as many as there is a record of. */
type Usual = Pick<Counts, 'asked' | 'approved' | 'late'> & { periods: number };
export const USUAL_PERIODS = 4;

/** The part of the counts that falls to one tier, rule or category. */
export type Share<Id extends string = string> = Counts & {
  id: Id;
  /** In the period directly before. */
  askedBefore: number;
  /** Mean of the periods before, of which `usual` of the figures says how many; 0 where there are none. */
  askedUsually: number;
  /** Of those asked: as many were for one and the same customer; 0 where none is named. */
  oneCustomer: number;
};
/**
 * What confidential requests count as in a breakdown by rule or category: beside the others, or a group of one would say what
 * each is about. No rule and no category can have this id.
 */
export const CONFIDENTIAL = '*confidential';

/** By customer as the latest request spells it. Confidential requests are left out altogether. */
export type CustomerShare = Pick<Counts, 'asked' | 'approved' | 'rejected'> & { customer: string; askedBefore: number };

/** What a picture shows of one step of time. */
export type Step = { from: Instant; to: Instant; asked: number; approved: number; late: number };

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
/** What made approvals wait. */
export type HoldFigures = {
  kind: HoldKind;
  /** In the period. */
  placed: number;
  /** At `now`, whenever they were placed. */
  open: number;
  /** Median time that those took which were released in the period; milliseconds. */
  length: number | null;
};
/**
 * What the exceptions did to the policy. A published version counts as brought about by them where a review of the policy was
 * open at that moment, or one had been closed as `changed` since the version before: why a version was published is not
 * written anywhere, so this says that they coincide.
 */
export type PolicyFigures = {
  /** Reviews that were opened in the period, since the same was asked for too often. */
  reviewsOpened: number;
  /** Reviews that were closed in it, by what came of them. */
  reviewsClosed: Record<ReviewOutcome, number>;
  versions: number;
  versionsByReview: number;
};
/** The same rule set aside for the same customer at least twice within `RECURRENCE_DAYS`, the last time in the period. */
export type Recurring = { rule: string; customer: string; times: number; last: number };
/** A request that waits to be decided. */
export type Waiting = { number: number; since: Instant; dueAt: Instant; stage: Stage };

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
  span: Span;
  totals: Totals;
  /** The same for a period as long, directly before. */
  before: Omit<Totals, 'alreadyHappened' | 'again'>;
  /** Null where there is no record of any time before. */
  usual: Usual | null;
  /** Side by side, the oldest first: see `stepsOf`. */
  steps: Step[];
  /** At `now`. */
  openNow: number;
  overdueNow: number;
  /** Those that have waited longest to be decided, at `now`. */
  oldest: Waiting[];
  byTier: Share<Tier>[];
  byRule: Share[];
  byCategory: Share[];
  byCustomer: CustomerShare[];
  customersLeftOut: number;
  holds: HoldFigures[];
  escalations: EscalationFigures[];
  recurring: Recurring[];
  /** Further pairs of rule and customer, for which there was no room in `recurring`. */
  recurringLeftOut: number;
  endings: EndingFigures;
  policy: PolicyFigures;
  /** Reviews of the policy that wait for an outcome, at `now`. */
  openReviews: number;
  /** What deserves a look. It may name people: what a channel may see of it, `wording` knows. */
  observations: Observation[];
  cases: Case[];
  casesLeftOut: number;
};

export const RECURRENCE_DAYS = 90;

const decided = ({ approved, rejected }: Counts): number => approved + rejected;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** 0 to 1, of what was decided; null where nothing was. */
export const approvalRate = (counts: Counts): number | null => share(counts.approved, decided(counts));

/** 0 to 1: of what was decided or should have been, what was decided by its deadline; null where nothing was due. */
export const slaMet = ({ inTime, late }: Counts): number | null => share(inTime, inTime + late);

/** 0 to 1, of what was asked; null where nothing was. */
export const recurrenceRate = ({ again, asked }: Pick<Totals, 'again' | 'asked'>): number | null => share(again, asked);

export const nothingHappened = ({ totals, openNow }: Figures): boolean =>
  totals.asked + decided(totals) + totals.withdrawn + totals.late + openNow === 0;

/** Half a period against a whole one would always look like less. */
export const isFinished = ({ now, to }: Pick<Figures, 'now' | 'to'>): boolean => now >= to;
