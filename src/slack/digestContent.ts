/** What the weekly report says, as plain text: the message in Slack and the page in a terminal show the same. */
import { OTHER_RULE } from '../core/events/content.ts';
import { type Rules, ruleOf } from '../core/policy.ts';
import {
  approvalRate,
  type Case,
  changeOf,
  type Figures,
  nothingHappened,
  type Share,
  type Spread,
} from '../core/report.ts';
import type { Instant } from '../core/values.ts';
import { truncate } from './limits.ts';
import { wording } from './wording/index.ts';

type Chain = {
  at: Instant;
  events: number;
  /** The first place where it is broken, and how many there are; null for none. */
  broken: { stream: string; seq: number | null; faults: number } | null;
};

export type Report = {
  figures: Figures;
  /** The current ones, for what rules and categories are called. */
  rules: Rules;
  /** IANA zone of the week. */
  zone: string;
  /** Display names by Slack user id. */
  names: Readonly<Record<string, string>>;
  chain: Chain;
  /** The day by which the policy was to be looked at again; null where that has not passed. */
  policyOverdueSince: string | null;
  locale?: string | undefined;
};

export type Part = { title: string; lines: string[] };
export type Content = {
  title: string;
  headline: string;
  note: string | null;
  fields: { label: string; value: string }[];
  needsYou: string[];
  parts: Part[];
  chain: string;
};

/** Rows of a breakdown; what is less is counted. */
const ROWS = 10;
const NEEDS = 3;
/** Code points of a customer's name in a line. */
const CUSTOMER = 75;

const words = ({ locale }: Report) => wording(locale);
const shortName = (customer: string): string => truncate(customer, CUSTOMER);
function ruleName(report: Report, id: string): string {
  if (id === OTHER_RULE) return words(report).names.otherRule(null);
  return ruleOf(report.rules, id)?.name ?? id;
}

/** `16–22 Nov 2026`, `30 Nov – 6 Dec 2026` */
export function daysOf({ figures, zone }: Report): string {
  const last = new Date(Date.parse(figures.to) - 1);
  const options = { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' } as const;
  const range = new Intl.DateTimeFormat('en-GB', options).formatRange(new Date(figures.from), last);
  // Which blanks stand around the dash changes between versions of ICU.
  return range.replace(/\s+/gu, ' ').replace(/^(\d+) ?– ?(\d+ )/u, '$1–$2');
}

export function contentOf(report: Report): Content {
  const { figures, zone, chain } = report;
  const { digest, format } = words(report);
  const change = changeOf(figures);
  const named = change && { ...change, name: change.rule === null ? null : ruleName(report, change.rule) };
  return {
    title: digest.title(daysOf(report)),
    headline: nothingHappened(figures) ? digest.nothing : digest.headline(figures.totals, named),
    note: figures.now < figures.to ? digest.unfinished(format.time(figures.now, zone)) : null,
    fields: fieldsOf(report),
    needsYou: needsOf(report).slice(0, NEEDS),
    parts: partsOf(report).filter(({ lines }) => lines.length > 0),
    chain: chainLine(report, format.time(chain.at, zone)),
  };
}

function fieldsOf(report: Report) {
  const { totals, before, openNow, overdueNow } = report.figures;
  const { digest } = words(report);
  const { label } = digest;
  const time = (part: keyof Spread) =>
    totals.timeToDecision ? digest.duration(totals.timeToDecision[part]) : digest.undecided;
  return [
    { label: label.asked, value: digest.withBefore(totals.asked, before.asked) },
    { label: label.approved, value: digest.withRate(totals.approved, approvalRate(totals)) },
    { label: label.rejected, value: digest.count(totals.rejected) },
    { label: label.withdrawn, value: digest.count(totals.withdrawn) },
    { label: label.median, value: time('median') },
    { label: label.p90, value: time('p90') },
    { label: label.late, value: digest.withBefore(totals.late, before.late) },
    { label: label.open, value: digest.open(openNow, overdueNow) },
    { label: label.happened, value: digest.count(totals.alreadyHappened) },
  ];
}

/** Chased reminders that nobody took on; a request that climbed a tier asks nobody to. */
const unacknowledged = ({ escalations }: Figures): number =>
  escalations
    .filter(({ kind }) => kind !== 'authority_exceeded')
    .reduce((sum, { raised, acknowledged }) => sum + raised - acknowledged, 0);

function needsOf(report: Report): string[] {
  const { figures, chain } = report;
  const { needs } = words(report).digest;
  const [again] = figures.recurring;
  const missed = unacknowledged(figures);
  return [
    ...(chain.broken ? [needs.chain] : []),
    ...(figures.overdueNow > 0 ? [needs.overdue(figures.overdueNow)] : []),
    ...(missed > 0 ? [needs.unacknowledged(missed)] : []),
    ...(report.policyOverdueSince ? [needs.policy(report.policyOverdueSince)] : []),
    ...(figures.openReviews > 0 ? [needs.reviews(figures.openReviews)] : []),
    ...(again && again.times > 2
      ? [needs.recurring(ruleName(report, again.rule), shortName(again.customer), again.times)]
      : []),
    ...(figures.totals.alreadyHappened > 0 ? [needs.happened(figures.totals.alreadyHappened)] : []),
  ];
}

function partsOf(report: Report): Part[] {
  const { figures, rules } = report;
  const { digest, names } = words(report);
  const { label } = digest;
  const category = (id: string) => rules.categories.find((one) => one.id === id)?.name ?? id;
  const shares = <Id extends string>(list: Share<Id>[], nameOf: (id: Id) => string): string[] =>
    rows(list, (share) => digest.share(nameOf(share.id), share), 0, digest.andMore);
  const stages = (['validation', 'authorization'] as const).flatMap((stage) => {
    const spread = figures.totals.byStage[stage];
    return spread ? [digest.stage(stage, spread.median, spread.p90)] : [];
  });
  const again = (one: Figures['recurring'][number]) =>
    digest.recurring(ruleName(report, one.rule), shortName(one.customer), one);
  return [
    { title: label.byTier, lines: shares(figures.byTier, (tier) => names.tier[tier]) },
    { title: label.byRule, lines: shares(figures.byRule, (id) => ruleName(report, id)) },
    { title: label.byCategory, lines: shares(figures.byCategory, category) },
    { title: label.byStage, lines: stages },
    { title: label.escalations, lines: figures.escalations.map(digest.escalation) },
    { title: label.endings, lines: endings(report) },
    { title: label.recurring, lines: rows(figures.recurring, again, figures.recurringLeftOut, digest.andMore) },
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

function chainLine(report: Report, at: string): string {
  const { chain } = words(report).digest;
  const { broken, events } = report.chain;
  if (!broken) return chain.verified(at, events);
  return chain.broken(at, chain.event(broken.stream, broken.seq), broken.faults);
}

/** `EX-12 approved: ACME, Refund window, 50 %, $12,500` */
export function caseTitle(report: Report, one: Case): string {
  const { ex, digest, format, names, fact } = words(report);
  const customer = one.customer === null ? [] : [shortName(one.customer)];
  const deviation = one.deviation === null ? fact.unmeasured : format.percent(one.deviation);
  const what = [...customer, ruleName(report, one.rule), deviation, format.money(one.value, one.currency)];
  const about = one.confidential ? [names.confidential.toLowerCase()] : what;
  const late = one.late ? `, ${digest.case.late}` : '';
  const outcome = `${digest.case.outcome[one.outcome]}${late}`;
  return `${ex(one.number)} ${outcome}: ${about.join(', ')}`;
}

export const nameOf = ({ names }: Report, person: string): string => names[person] ?? person;
