/** A period in figures, counted in the database: some twenty statements over indexed ranges, whatever the number of requests. */
import { observationsOf } from '../core/observations.ts';
import { earlier, spanOf, stepsOf } from '../core/period.ts';
import type { Rules } from '../core/policy.ts';
import { type Figures, type Share, USUAL_PERIODS } from '../core/report.ts';
import { type Instant, TIERS, type Tier } from '../core/values.ts';
import { readCases } from './figures/cases.ts';
import {
  type Compared,
  countGroups,
  countHappened,
  countsOf,
  firstSubmission,
  type Group,
  meanOf,
  sharesOf,
  stepsFrom,
} from './figures/counts.ts';
import { countAgain, mostForOneCustomer, readCustomers } from './figures/customers.ts';
import { readEndings } from './figures/endings.ts';
import type { Spans, Stretch } from './figures/periods.ts';
import { readPolicyFigures } from './figures/policy.ts';
import { readRecurring } from './figures/recurring.ts';
import { readSpreads } from './figures/spreads.ts';
import { readEscalations, readHolds, readOpen } from './figures/waiting.ts';
import { readLooked } from './observations.ts';
import { countOpenReviews } from './policyReviews.ts';
import type { Db } from './schema.ts';

/** `from` up to but not including `to`; `now` is the business clock's, `zone` and `rules` are the policy's. */
export type ReportedPeriod = { from: Instant; to: Instant; now: Instant; zone: string; rules: Rules };

/** All figures come from one snapshot of the database, so that they add up. */
export function periodFigures(db: Db, teamId: string, period: ReportedPeriod): Promise<Figures> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => readFigures(trx, teamId, period));
}

async function readFigures(db: Db, teamId: string, { rules, ...period }: ReportedPeriod): Promise<Figures> {
  const { from, now, zone } = period;
  const { stretch, compared } = await comparedWith(db, teamId, period);
  const spans: Spans = { before: earlier(period, 1, zone).from, from, to: stretch.to };
  const groups = await countGroups(db, teamId, stretch);
  const spreads = await readSpreads(db, teamId, spans);
  const again = await countAgain(db, teamId, spans);
  return {
    ...{ from, to: period.to, now, span: spanOf(period, zone) },
    totals: {
      ...countsOf(groups, compared.current),
      ...{ again: again.current, ...spreads.current },
      alreadyHappened: await countHappened(db, teamId, from, spans.to),
    },
    before: { ...countsOf(groups, compared.current - 1), again: again.before, ...spreads.before },
    usual: usualOf(groups, compared),
    steps: await readSteps(db, teamId, period),
    ...(await readOpen(db, teamId, now)),
    ...sharedOut(groups, compared, await mostForOneCustomer(db, teamId, spans)),
    ...(await readCustomers(db, teamId, spans)),
    holds: await readHolds(db, teamId, spans),
    escalations: await readEscalations(db, teamId, spans),
    endings: await readEndings(db, teamId, spans, now),
    policy: await readPolicyFigures(db, teamId, spans),
    openReviews: await countOpenReviews(db, teamId),
    observations: observationsOf(await readLooked(db, teamId, spans, rules)),
    ...(await readRecurring(db, teamId, spans)),
    ...(await readCases(db, teamId, spans)),
  };
}

type Asked = Omit<ReportedPeriod, 'rules'>;
const endOf = ({ to, now }: Pick<Asked, 'to' | 'now'>): Instant => (now < to ? now : to);

/** The period and those before it; as usual count those of which there is a record. */
async function comparedWith(db: Db, teamId: string, period: Asked): Promise<{ stretch: Stretch; compared: Compared }> {
  const first = await firstSubmission(db, teamId);
  const back = Array.from({ length: USUAL_PERIODS }, (_, i) => earlier(period, USUAL_PERIODS - i, period.zone).from);
  const starts: Stretch['starts'] = [back[0] ?? period.from, ...back.slice(1), period.from];
  const known = back.map((_, i) => i + 1).filter((place) => first !== null && first < (starts[place] ?? period.from));
  return { stretch: { starts, to: endOf(period) }, compared: { current: starts.length, usual: known } };
}

function usualOf(groups: Group[], compared: Compared): Figures['usual'] {
  if (compared.usual.length === 0) return null;
  const mean = (count: 'asked' | 'approved' | 'late') => meanOf(groups, compared, count);
  return { periods: compared.usual.length, asked: mean('asked'), approved: mean('approved'), late: mean('late') };
}

/** What a picture shows of a time before the first request would be mere zeros. */
async function readSteps(db: Db, teamId: string, period: Asked): Promise<Figures['steps']> {
  const to = endOf(period);
  const first = await firstSubmission(db, teamId);
  const known = stepsOf(period, period.zone).filter(
    (step) => step.from < to && ((first !== null && step.to > first) || step.to === period.to),
  );
  const stretch: Stretch = { starts: known.map(({ from }) => from) as Stretch['starts'], to };
  return known.length === 0 ? [] : stepsFrom(await countGroups(db, teamId, stretch), stretch);
}

function sharedOut(
  groups: Group[],
  compared: Compared,
  oneCustomer: Map<string, number>,
): Pick<Figures, 'byTier' | 'byRule' | 'byCategory'> {
  const byTier = sharesOf(groups, 'tier', compared) as Share<Tier>[];
  const byRule = sharesOf(groups, 'rule', compared);
  return {
    byTier: TIERS.flatMap((tier) => byTier.filter(({ id }) => id === tier)),
    byRule: byVolume(byRule.map((share) => ({ ...share, oneCustomer: oneCustomer.get(share.id) ?? 0 }))),
    byCategory: byVolume(sharesOf(groups, 'category', compared)),
  };
}

const byVolume = (list: Share[]): Share[] =>
  list.toSorted((a, b) => b.asked - a.asked || b.askedBefore - a.askedBefore || (a.id < b.id ? -1 : 1));
