/** The weekly report. Everything here is plain text: it is read in Slack and in a terminal. */
import type { Change, Counts, EndingFigures, EscalationFigures, Recurring, Trend } from '../../../core/report.ts';
import type { Stage } from '../../../core/values.ts';
import { ex, format, names } from './names.ts';

const count = (n: number): string => format.number(String(n));
const some = (n: number): string => (n === 0 ? 'none' : count(n));
const were = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

/** `Refund window` as `refund-window exceptions`, `SLA credit` as `SLA-credit exceptions`; what is long is quoted. */
function exceptionsOf(rule: string): string {
  const words = rule.split(/\s+/);
  if (words.length > 3) return `exceptions from “${rule}”`;
  return `${words.map((word) => (/\p{Lu}.*\p{Lu}/u.test(word) ? word : word.toLowerCase())).join('-')} exceptions`;
}

const CHANGED: Record<Trend, (what: string, change: Change) => string> = {
  tripled: (what) => `${what} tripled`,
  doubled: (what) => `${what} doubled`,
  halved: (what) => `${what} halved`,
  new: (what, { asked }) => `${count(asked)} ${what} after none the week before`,
  gone: (what, { before }) => `no ${what} after ${count(before)} the week before`,
};

const MINUTE = 60_000;

/** `45 min`, `3 h 20 min`, `2 d 4 h`: two units at most. */
function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes === 0) return 'under a minute';
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .flatMap(([n, unit]) => (n > 0 ? [`${n} ${unit}`] : []))
    .join(' ');
}

export const digest = {
  duration,
  title: (days: string): string => `Exceptions, ${days}`,
  /** @param rule the name of the rule that changed most */
  headline: (counts: Counts, change: (Change & { name: string | null }) | null): string => {
    const { asked, approved, rejected, late } = counts;
    const refused = rejected > 0 && approved === 0 ? [`${count(rejected)} rejected`] : [];
    const said = [`${some(asked)} asked`, `${some(approved)} approved`, ...refused, `${some(late)} late`].join(', ');
    const sentence = said.charAt(0).toUpperCase() + said.slice(1);
    if (!change) return `${sentence}.`;
    const what = change.name === null ? 'exceptions' : exceptionsOf(change.name);
    return `${sentence}; ${CHANGED[change.trend](what, change)}.`;
  },
  nothing: 'Nobody asked for an exception, nothing was decided, and nothing is open.',
  unfinished: (at: string): string => `This week is not over: these are the figures up to ${at}.`,
  label: {
    asked: 'Asked',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    late: 'Late',
    open: 'Open now',
    median: 'Median time',
    p90: 'Nine in ten within',
    happened: 'Already happened',
    needsYou: 'Needs you:',
    byTier: 'By tier',
    byRule: 'By policy',
    byCategory: 'By category',
    byStage: 'Time by stage',
    escalations: 'Escalations',
    endings: 'Exceptions that end',
    recurring: 'Again for the same customer, within 90 days',
    cases: 'Decisions',
    chain: 'Audit chain',
  },
  count,
  withBefore: (n: number, before: number): string => `${count(n)} (${count(before)} the week before)`,
  withRate: (n: number, rate: number | null): string =>
    rate === null ? count(n) : `${count(n)} (${format.percent(String(Math.round(rate * 100)))} of the decided)`,
  open: (open: number, overdue: number): string => `${count(open)}, ${some(overdue)} overdue`,
  undecided: 'nothing decided',
  share: (name: string, { asked, askedBefore, ...counts }: Counts & { askedBefore: number }): string => {
    const rest = (['approved', 'rejected', 'withdrawn', 'late'] as const)
      .filter((kind) => counts[kind] > 0)
      .map((kind) => `${count(counts[kind])} ${kind}`);
    return [`${name}: ${count(asked)} asked (${count(askedBefore)} the week before)`, ...rest].join(', ');
  },
  stage: (stage: Stage, median: number, p90: number): string =>
    `${names.stage[stage]}: median ${duration(median)}, nine in ten within ${duration(p90)}`,
  escalation: ({ kind, raised, acknowledged, timeToAcknowledge }: EscalationFigures): string => {
    const taken =
      timeToAcknowledge === null
        ? 'none acknowledged'
        : `${count(acknowledged)} acknowledged, median ${duration(timeToAcknowledge)}`;
    // Nobody is asked to acknowledge that a request climbed to the tier that may decide it.
    return `${names.escalation[kind]}: ${count(raised)}${kind === 'authority_exceeded' ? '' : `, ${taken}`}`;
  },
  recurring: (rule: string, customer: string, { times, last }: Recurring): string =>
    `${rule}, ${customer}: ${count(times)} times, last ${ex(last)}`,
  ended: (lapsed: number, revoked: number): string =>
    [...(lapsed > 0 ? [`${count(lapsed)} lapsed`] : []), ...(revoked > 0 ? [`${count(revoked)} revoked`] : [])].join(
      ', ',
    ),
  endsSoon: ({ number, until, renewedBy }: EndingFigures['soon'][number]): string =>
    `${ex(number)}: good until ${format.day(until)}${renewedBy === null ? '' : `, renewed by ${ex(renewedBy)}`}`,
  none: 'None',
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
    broken: (at: string, where: string, faults: number): string =>
      `Chain BROKEN, checked ${at}: ${where}${faults > 1 ? ` and ${count(faults - 1)} more` : ''}. Run audit verify for what is wrong.`,
    event: (stream: string, seq: number | null): string => (seq === null ? stream : `${stream}, event ${count(seq)}`),
  },
  case: {
    title: (first: number, last: number, all: number): string =>
      `Decisions ${count(first)} to ${count(last)} of ${count(all)}`,
    sentence: (title: string, days: string): string => `${title} in the week ${days}, with who decided and when.`,
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
