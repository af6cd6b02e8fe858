/** The report of a period. Everything here is plain text: it is read in Slack and in a terminal. */
import type { Span } from '../../../core/period.ts';
import type { Counts } from '../../../core/report.ts';
import type { Change, Trend } from '../../../core/trend.ts';
import { count, duration, mean, percent, some, were } from './count.ts';
import { list } from './digestList.ts';
import { parts } from './digestParts.ts';
import { format } from './names.ts';
import { against, during, period } from './period.ts';

/** `Refund window` as `refund-window exceptions`, `SLA credit` as `SLA-credit exceptions`; what is long is quoted. */
function exceptionsOf(rule: string): string {
  const words = rule.split(/\s+/);
  if (words.length > 3) return `exceptions from “${rule}”`;
  return `${words.map((word) => (/\p{Lu}.*\p{Lu}/u.test(word) ? word : word.toLowerCase())).join('-')} exceptions`;
}

const CHANGED: Record<Trend, (what: string, change: Change, span: Span) => string> = {
  tripled: (what, { periods }, span) => `${what} tripled against ${against(span, periods)}`,
  doubled: (what, { periods }, span) => `${what} doubled against ${against(span, periods)}`,
  halved: (what, { periods }, span) => `${what} halved against ${against(span, periods)}`,
  new: (what, { now, periods }, span) => `${count(now)} ${what} after none ${during(span, periods)}`,
  gone: (what, { before, periods }, span) => {
    const each = periods > 1 && span.n === 1 ? ` a ${span.unit}` : '';
    const all = span.n === 1 ? before : before * periods;
    return `no ${what} after ${mean(all)}${each} ${during(span, periods)}`;
  },
};
const ABOUT: Record<Exclude<Change['of'], 'rule'>, string> = { asked: 'requests', late: 'late requests' };

function changed(change: Change, name: string | null, span: Span): string {
  const what = change.of === 'rule' ? exceptionsOf(name ?? '') : ABOUT[change.of];
  const whose = change.oneCustomer ? ', most of them for one customer' : '';
  return `${CHANGED[change.trend](what, change, span)}${whose}`;
}

/** @param usual mean of several periods; null where it says no more than the period before */
function compared(n: number, span: Span, before: number | null, usual: number | null): string {
  if (before === null) return count(n);
  return `${count(n)} (${count(before)} ${period.before(span)}${usual === null ? '' : `, usually ${mean(usual)}`})`;
}

export const digest = {
  duration,
  ...parts,
  list,
  title: (days: string): string => `Exceptions, ${days}`,
  /** @param name of the rule that changed most */
  headline: (counts: Counts, span: Span, change: Change | null, name: string | null): string => {
    const { asked, approved, rejected, late } = counts;
    const refused = rejected > 0 && approved === 0 ? [`${count(rejected)} rejected`] : [];
    const said = [`${some(asked)} asked`, `${some(approved)} approved`, ...refused, `${some(late)} late`].join(', ');
    const sentence = said.charAt(0).toUpperCase() + said.slice(1);
    return change ? `${sentence}; ${changed(change, name, span)}.` : `${sentence}.`;
  },
  nothing: 'Nobody asked for an exception, nothing was decided, and nothing is open.',
  unfinished: (span: Span, at: string): string =>
    `${period.this(span)} is not over: these are the figures up to ${at}, and nothing is compared with whole ${span.unit}s.`,
  label: {
    asked: 'Asked',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    again: 'Asked again',
    happened: 'Already happened',
    median: 'Median time',
    p90: 'Nine in ten within',
    inTime: 'In time',
    late: 'Late',
    open: 'Open now',
    policy: 'Policy updates',
    needsYou: 'Needs you:',
    byTier: 'By tier',
    byRule: 'By policy',
    byCategory: 'By category',
    byCustomer: 'By customer',
    byStage: 'Time by stage',
    holds: 'Holds',
    escalations: 'Escalations',
    oldest: 'Waiting longest',
    policyFigures: 'What came of it for the policy',
    endings: 'Exceptions that end',
    recurring: 'Again for the same customer, within 90 days',
    cases: 'Decisions',
    chain: 'Audit chain',
  },
  count,
  compared,
  withRate: (n: number, rate: number | null, of: 'decided' | 'asked'): string =>
    rate === null ? count(n) : `${count(n)} (${percent(rate)} of the ${of})`,
  inTime: (n: number, rate: number | null): string =>
    rate === null ? 'nothing was due' : `${count(n)} (${percent(rate)})`,
  open: (open: number, overdue: number): string => `${count(open)}, ${some(overdue)} overdue`,
  /** @param before null where it is compared with nothing; milliseconds */
  took: (ms: number, span: Span, before: number | null): string =>
    before === null ? duration(ms) : `${duration(ms)} (${duration(before)} ${period.before(span)})`,
  undecided: 'nothing decided',
  /** Of versions, those that came with a review of the policy. */
  policyUpdates: (byReview: number, versions: number): string =>
    versions === 0 ? 'none' : `${count(versions)} published, ${some(byReview)} with a review`,
  andMore: (n: number): string => `and ${count(n)} more`,
  needs: {
    chain: 'The audit chain is broken: see below, and stop relying on the record until it is explained.',
    overdue: (n: number): string => `${were(n, 'request is', 'requests are')} overdue and still to be decided.`,
    unacknowledged: (n: number): string =>
      `${were(n, 'reminder about a deadline was', 'reminders about a deadline were')} never acknowledged.`,
    policy: (due: string): string =>
      `The policy was to be looked at again by ${format.day(due)}, and that was not done.`,
    reviews: (n: number): string =>
      `${were(n, 'policy review waits', 'policy reviews wait')} for an outcome: the same exception was asked for too often.`,
    happened: (n: number): string =>
      `${were(n, 'request was', 'requests were')} made after the fact: was there no time to ask before?`,
    recurring: (rule: string, customer: string, times: number): string =>
      `${rule} was asked for ${customer} ${count(times)} times in 90 days: is it the rule that should change?`,
  },
  chain: {
    verified: (at: string, events: number): string =>
      `Chain verified ${at}: ${were(events, 'event', 'events')}, nothing changed or missing.`,
    /** No look over the whole record was ever finished. */
    unverified:
      'Chain not verified yet: the first look over the whole record is under way. Run audit verify to do it now.',
    /** @param root as checkpoints write it */
    sealed: (at: string, events: number, root: string): string =>
      `Sealed ${at}: ${were(events, 'event', 'events')}, root ${root}`,
    unsealed: 'Not sealed yet.',
    broken: (at: string, where: string, faults: number): string =>
      `Chain BROKEN, checked ${at}: ${where}${faults > 1 ? ` and ${count(faults - 1)} more` : ''}. Run audit verify for what is wrong.`,
    event: (stream: string, seq: number | null): string => (seq === null ? stream : `${stream}, event ${count(seq)}`),
  },
  /** In the thread. */
  figures: {
    title: (page: number, pages: number): string => (pages > 1 ? `In figures, ${page} of ${pages}` : 'In figures'),
    sentence: (days: string, page: number, pages: number): string =>
      `The figures of ${days} by tier, policy, customer and stage${pages > 1 ? ` (${page} of ${pages})` : ''}.`,
  },
  case: {
    title: (first: number, last: number, all: number): string =>
      `Decisions ${count(first)} to ${count(last)} of ${count(all)}`,
    sentence: (title: string, days: string): string => `${title}, ${days}: who decided and when.`,
    outcome: { approved: 'approved', rejected: 'rejected' },
    by: {
      validation: { approved: 'details confirmed by', rejected: 'rejected by' },
      authorization: { approved: 'authorized by', rejected: 'rejected by' },
    },
    late: 'late',
    leftOut: (n: number): string =>
      `${were(n, 'more decision is', 'more decisions are')} counted above and not listed here.`,
  },
};
