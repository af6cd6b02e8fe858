/** What the report says, as plain text: the message in Slack and the page in a terminal show the same. */
import {
  approvalRate,
  type Case,
  type Figures,
  isFinished,
  nothingHappened,
  recurrenceRate,
  type Spread,
  slaMet,
} from '../core/report.ts';
import { changeOf } from '../core/trend.ts';
import type { Instant } from '../core/values.ts';
import { daysOf, type Named, nameOf, ruleName, shortName, words } from './report/names.ts';
import { countedLines } from './report/observed.ts';
import { type Part, partsOf } from './report/parts.ts';
import { type PictureAndWords, pictureOf } from './report/picture.ts';

export { daysOf, nameOf, type Part };

/** What proves the record. */
type Chain = {
  /** What the last look over all of it found; null where none was finished yet. */
  verified: {
    at: Instant;
    events: number;
    /** The first place where it is broken, and how many there are; null for none. */
    broken: { stream: string; seq: number | null; faults: number } | null;
  } | null;
  /** The last checkpoint; `root` as it is published. */
  sealed: { at: Instant; events: number; root: string } | null;
};

export type Report = Omit<Named, 'figures'> & {
  figures: Figures;
  chain: Chain;
  /** The day by which the policy was to be looked at again; null where that has not passed. */
  policyOverdueSince: string | null;
  /** The days of earlier reports that were to be signed off and were not, the oldest first: `16–22 Nov 2026`. */
  unsigned: string[];
};

export type Content = {
  title: string;
  /** One sentence. */
  headline: string;
  /** That the period still runs; null where it is over. */
  note: string | null;
  picture: PictureAndWords;
  fields: { label: string; value: string }[];
  needsYou: string[];
  parts: Part[];
  /** What deserves a look: counts alone, nobody is named. */
  observations: string[];
  /** How far the record was proved, and what it was sealed with: a line each. */
  chain: string[];
};

const NEEDS = 3;

export function contentOf(report: Report): Content {
  const { figures, zone } = report;
  const { digest, format } = words(report);
  const change = changeOf(figures);
  const name = change?.rule ? ruleName(report, change.rule) : null;
  const { totals, span } = figures;
  const headline = nothingHappened(figures) ? digest.nothing : digest.headline(totals, span, change, name);
  return {
    title: digest.title(daysOf(report)),
    headline,
    note: isFinished(figures) ? null : digest.unfinished(span, format.time(figures.now, zone)),
    picture: pictureOf(report, headline),
    fields: fieldsOf(report),
    needsYou: needsOf(report).slice(0, NEEDS),
    parts: partsOf(report),
    observations: countedLines(report, figures.observations),
    chain: chainLines(report),
  };
}

function fieldsOf(report: Report) {
  const { figures } = report;
  const { totals, before, usual, span, openNow, overdueNow, policy } = figures;
  const { digest } = words(report);
  const { label } = digest;
  const time = (part: keyof Spread) => {
    const then = isFinished(figures) ? (before.timeToDecision?.[part] ?? null) : null;
    return totals.timeToDecision ? digest.took(totals.timeToDecision[part], span, then) : digest.undecided;
  };
  const compared = (what: 'asked' | 'late') => {
    const comparable = isFinished(figures) && usual !== null;
    const mean = usual && usual.periods > 1 ? usual[what] : null;
    return digest.compared(totals[what], span, comparable ? before[what] : null, mean);
  };
  return [
    { label: label.asked, value: compared('asked') },
    { label: label.approved, value: digest.withRate(totals.approved, approvalRate(totals), 'decided') },
    { label: label.median, value: time('median') },
    { label: label.late, value: compared('late') },
    { label: label.open, value: digest.open(openNow, overdueNow) },
    { label: label.happened, value: digest.count(totals.alreadyHappened) },
    { label: label.again, value: digest.withRate(totals.again, recurrenceRate(totals), 'asked') },
    { label: label.policy, value: digest.policyUpdates(policy.versionsByReview, policy.versions) },
    { label: label.inTime, value: digest.inTime(totals.inTime, slaMet(totals)) },
    { label: label.p90, value: time('p90') },
    { label: label.rejected, value: digest.count(totals.rejected) },
    { label: label.withdrawn, value: digest.count(totals.withdrawn) },
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
    ...(chain.verified?.broken ? [needs.chain] : []),
    ...(figures.overdueNow > 0 ? [needs.overdue(figures.overdueNow)] : []),
    ...(missed > 0 ? [needs.unacknowledged(missed)] : []),
    ...(report.unsigned.length > 0 ? [words(report).signOff.unsigned(report.unsigned)] : []),
    ...(report.policyOverdueSince ? [needs.policy(report.policyOverdueSince)] : []),
    ...(figures.openReviews > 0 ? [needs.reviews(figures.openReviews)] : []),
    ...(again && again.times > 2
      ? [needs.recurring(ruleName(report, again.rule), shortName(again.customer), again.times)]
      : []),
    ...(figures.totals.alreadyHappened > 0 ? [needs.happened(figures.totals.alreadyHappened)] : []),
  ];
}

function chainLines({ zone, ...report }: Report): string[] {
  const { digest, format } = words(report);
  const { chain } = digest;
  const { verified, sealed } = report.chain;
  const says = () => {
    if (!verified) return chain.unverified;
    const { broken, events } = verified;
    const at = format.time(verified.at, zone);
    return broken
      ? chain.broken(at, chain.event(broken.stream, broken.seq), broken.faults)
      : chain.verified(at, events);
  };
  return [says(), sealed ? chain.sealed(format.time(sealed.at, zone), sealed.events, sealed.root) : chain.unsealed];
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
