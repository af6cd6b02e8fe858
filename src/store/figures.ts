/** A period in figures, counted in the database: some twenty statements over indexed ranges, whatever the number of requests. */
import { observationsOf } from '../core/observations.ts';
import { earlier, type Period, spanOf, stepsOf } from '../core/period.ts';
import type { Rules } from '../core/policy.ts';
import { type Figures, type Share, USUAL_PERIODS } from '../core/report.ts';
import { type Instant, TIERS, type Tier } from '../core/values.ts';
import { readCases } from './figures/cases.ts';
import {
  type Compared,
  type Counted,
  countHappened,
  countsIn,
  firstSubmission,
  meanIn,
  readFlows,
  readOverdue,
  sharesOf,
  stepIn,
} from './figures/counts.ts';
import { countAgain, mostForOneCustomer, readCustomers } from './figures/customers.ts';
import { readEndings } from './figures/endings.ts';
import { placesOf, type Spans, type Stretch, stretchOf } from './figures/periods.ts';
import { readPolicyFigures } from './figures/policy.ts';
import { readRecurring } from './figures/recurring.ts';
import { readSpreads } from './figures/spreads.ts';
import { readEscalations, readHolds, readOldest } from './figures/waiting.ts';
import { readLooked } from './observations.ts';
import { countOpenReviews } from './policyReviews.ts';
import type { Db } from './schema.ts';
import { readSideBySide } from './sideBySide.ts';

/** `from` up to but not including `to`; `now` is the business clock's, `zone` and `rules` are the policy's. */
export type ReportedPeriod = { from: Instant; to: Instant; now: Instant; zone: string; rules: Rules };

/**
 * All figures come from one moment of the database, so that they add up; those that take longest are read first. When the record
 * begins never changes once it has begun.
 */
export async function periodFigures(db: Db, teamId: string, { rules, ...asked }: ReportedPeriod): Promise<Figures> {
  const { from, now, zone } = asked;
  const { stretch, compared, steps, before } = plan(asked, await firstSubmission(db, teamId));
  const spans: Spans = { before: before.from, from, to: stretch.to };
  const { flows, late, spreads, oneCustomer, again, alreadyHappened, looked, ...read } = await readSideBySide(db, {
    flows: (side) => readFlows(side, teamId, stretch),
    late: (side) => readOverdue(side, teamId, stretch, now),
    oldest: (side) => readOldest(side, teamId),
    spreads: (side) => readSpreads(side, teamId, spans),
    looked: (side) => readLooked(side, teamId, spans, rules),
    recurring: (side) => readRecurring(side, teamId, spans),
    cases: (side) => readCases(side, teamId, spans),
    again: (side) => countAgain(side, teamId, spans),
    customers: (side) => readCustomers(side, teamId, spans),
    oneCustomer: (side) => mostForOneCustomer(side, teamId, spans),
    alreadyHappened: (side) => countHappened(side, teamId, spans),
    holds: (side) => readHolds(side, teamId, spans),
    escalations: (side) => readEscalations(side, teamId, spans),
    endings: (side) => readEndings(side, teamId, spans, now),
    policy: (side) => readPolicyFigures(side, teamId, spans),
    openReviews: (side) => countOpenReviews(side, teamId),
  });
  const { overdue, ...undecided } = late;
  const counted: Counted = { flows, overdue };
  const { customers, recurring, cases, ...rest } = read;
  return {
    ...{ from, to: asked.to, now, span: spanOf(asked, zone) },
    totals: { ...countsIn(counted, compared.current), ...spreads.current, again, alreadyHappened },
    before: { ...countsIn(counted, compared.before), ...spreads.before },
    usual: usualOf(counted, compared),
    steps: steps.map((step) => stepIn(counted, placesOf(stretch, step), step.from, step.to)),
    ...sharedOut(counted, compared, oneCustomer),
    ...{ ...undecided, ...customers, ...recurring, ...cases, ...rest },
    observations: observationsOf(looked),
  };
}

type Asked = Omit<ReportedPeriod, 'rules'>;

/**
 * Which time is counted, and where it is cut: by the period, by those that it is compared with, and by the steps of its picture.
 * What a picture shows of a time before the first request would be mere zeros, and no mean is made of it.
 */
function plan(asked: Asked, first: Instant | null) {
  const { zone, now } = asked;
  const to = now < asked.to ? now : asked.to;
  const current: Period = { from: asked.from, to };
  const past = Array.from({ length: USUAL_PERIODS }, (_, i) => ({
    from: earlier(asked, i + 1, zone).from,
    to: i === 0 ? asked.from : earlier(asked, i, zone).from,
  }));
  const before = past[0] ?? current;
  const isKnown = (period: Period) => first !== null && first < period.to;
  const steps = stepsOf(asked, zone)
    .filter((step) => step.from < to && (isKnown(step) || step.to === asked.to))
    .map((step) => ({ from: step.from, to: step.to < to ? step.to : to }));
  const periods = [...past, ...steps, current];
  const from = periods.reduce((earliest, period) => (period.from < earliest ? period.from : earliest), asked.from);
  const stretch: Stretch = stretchOf(periods, from, to);
  const places = (period: Period) => placesOf(stretch, period);
  const compared: Compared = {
    ...{ current: places(current), before: places(before) },
    usual: past.filter(isKnown).map(places),
  };
  return { stretch, compared, steps, before };
}

function usualOf(counted: Counted, { usual }: Compared): Figures['usual'] {
  if (usual.length === 0) return null;
  const mean = (count: 'asked' | 'approved' | 'late') => meanIn(counted, usual, count);
  return { periods: usual.length, asked: mean('asked'), approved: mean('approved'), late: mean('late') };
}

function sharedOut(
  counted: Counted,
  compared: Compared,
  oneCustomer: Map<string, number>,
): Pick<Figures, 'byTier' | 'byRule' | 'byCategory'> {
  const byTier = sharesOf(counted, 'tier', compared) as Share<Tier>[];
  const byRule = sharesOf(counted, 'rule', compared);
  return {
    byTier: TIERS.flatMap((tier) => byTier.filter(({ id }) => id === tier)),
    byRule: byVolume(byRule.map((share) => ({ ...share, oneCustomer: oneCustomer.get(share.id) ?? 0 }))),
    byCategory: byVolume(sharesOf(counted, 'category', compared)),
  };
}

const byVolume = (list: Share[]): Share[] =>
  list.toSorted((a, b) => b.asked - a.asked || b.askedBefore - a.askedBefore || (a.id < b.id ? -1 : 1));
