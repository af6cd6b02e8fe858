/** The breakdowns below a report's figures. */
import { type Figures, isFinished, type Share } from '../../core/report.ts';
import type { Report } from '../digestContent.ts';
import { categoryName, ruleName, shortName, words } from './names.ts';

export type Part = { title: string; lines: string[] };

/** Rows of a breakdown; what is less is counted. */
const ROWS = 10;

/** Those without a line are left out. */
export function partsOf(report: Report): Part[] {
  const { figures } = report;
  const { digest, names } = words(report);
  const { label } = digest;
  const again = (one: Figures['recurring'][number]) =>
    digest.recurring(ruleName(report, one.rule), shortName(one.customer), one);
  const parts = [
    { title: label.byTier, lines: shares(report, figures.byTier, (tier) => names.tier[tier]) },
    { title: label.byRule, lines: shares(report, figures.byRule, (id) => ruleName(report, id)) },
    { title: label.byCategory, lines: shares(report, figures.byCategory, (id) => categoryName(report, id)) },
    { title: label.byCustomer, lines: customers(report) },
    { title: label.byStage, lines: stages(report) },
    { title: label.oldest, lines: oldest(report) },
    { title: label.holds, lines: figures.holds.map(digest.hold) },
    { title: label.escalations, lines: figures.escalations.map(digest.escalation) },
    { title: label.endings, lines: endings(report) },
    { title: label.policyFigures, lines: policy(report) },
    { title: label.recurring, lines: rows(figures.recurring, again, figures.recurringLeftOut, digest.andMore) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

function shares<Id extends string>(report: Report, list: Share<Id>[], nameOf: (id: Id) => string): string[] {
  const { digest } = words(report);
  const { span } = report.figures;
  const line = (share: Share<Id>) => digest.share(nameOf(share.id), share, past(report, share.askedBefore), span);
  return rows(list, line, 0, digest.andMore);
}

function customers(report: Report): string[] {
  const { byCustomer, customersLeftOut, span } = report.figures;
  const { digest } = words(report);
  return rows(
    byCustomer,
    (one) => digest.share(shortName(one.customer), one, past(report, one.askedBefore), span),
    customersLeftOut,
    digest.andMore,
  );
}

/** Null where a comparison would mislead: half a period with a whole one. */
const past = ({ figures }: Report, before: number): number | null => (isFinished(figures) ? before : null);

function stages(report: Report): string[] {
  const { digest } = words(report);
  return (['validation', 'authorization'] as const).flatMap((stage) => {
    const spread = report.figures.totals.byStage[stage];
    return spread ? [digest.stage(stage, spread.median, spread.p90)] : [];
  });
}

function oldest(report: Report): string[] {
  const { figures, zone } = report;
  const { digest, format } = words(report);
  return figures.oldest.map(({ number, stage, since, dueAt }) =>
    digest.oldest(number, stage, format.time(since, zone), format.time(dueAt, zone), dueAt < figures.now),
  );
}

function policy(report: Report): string[] {
  const { digest } = words(report);
  const { policy: figures } = report.figures;
  const { changed, kept, clarified } = figures.reviewsClosed;
  return [
    ...(figures.reviewsOpened + changed + kept + clarified > 0 ? [digest.policyReviews(figures)] : []),
    ...(figures.versions > 0 ? [digest.policyVersions(figures)] : []),
  ];
}

function endings(report: Report): string[] {
  const { lapsed, revoked, soon, soonLeftOut } = report.figures.endings;
  const { digest } = words(report);
  return [
    ...(lapsed + revoked > 0 ? [digest.ended(lapsed, revoked)] : []),
    ...rows(soon, digest.endsSoon, soonLeftOut, digest.andMore),
  ];
}

function rows<T>(list: T[], say: (one: T) => string, leftOut: number, andMore: (n: number) => string): string[] {
  const rest = Math.max(0, list.length - ROWS) + leftOut;
  return [...list.slice(0, ROWS).map(say), ...(rest > 0 ? [andMore(rest)] : [])];
}
