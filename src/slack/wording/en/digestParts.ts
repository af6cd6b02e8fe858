/** The breakdowns of a report, a line each, and what its picture says. */
import type { Span } from '../../../core/period.ts';
import type {
  Counts,
  EndingFigures,
  EscalationFigures,
  HoldFigures,
  PolicyFigures,
  Recurring,
} from '../../../core/report.ts';
import type { Stage } from '../../../core/values.ts';
import type { Picture } from '../../../picture/picture.ts';
import { count, duration, mean, some, were } from './count.ts';
import { ex, format, names } from './names.ts';
import { period } from './period.ts';

const KINDS = ['approved', 'rejected', 'withdrawn', 'late'] as const;

const HOLD: Record<HoldFigures['kind'], string> = {
  data_unavailable: 'Data unavailable',
  data_conflict: 'Sources contradict each other',
  regulatory: 'A regulation may apply',
};
const REVIEWED = {
  changed: 'the policy changed',
  kept: 'kept as it is',
  clarified: 'only worded more clearly',
} as const;

export const parts = {
  /** @param before null where it is compared with nothing */
  share: (name: string, counts: Partial<Counts> & { asked: number }, before: number | null, span: Span): string => {
    const past = before === null ? '' : ` (${count(before)} ${period.before(span)})`;
    const rest = KINDS.flatMap((kind) => {
      const n = counts[kind] ?? 0;
      return n > 0 ? [`${count(n)} ${kind}`] : [];
    });
    return [`${name}: ${count(counts.asked)} asked${past}`, ...rest].join(', ');
  },
  /** What confidential requests are called where the others stand by rule or category. */
  confidential: 'Confidential',
  stage: (stage: Stage, median: number, p90: number): string =>
    `${names.stage[stage]}: median ${duration(median)}, nine in ten within ${duration(p90)}`,
  hold: ({ kind, placed, open, length }: HoldFigures): string => {
    const took = length === null ? [] : [`half of those released took under ${duration(length)}`];
    return `${HOLD[kind]}: ${[`${some(placed)} placed`, `${some(open)} open now`, ...took].join(', ')}`;
  },
  escalation: ({ kind, raised, acknowledged, timeToAcknowledge }: EscalationFigures): string => {
    const taken =
      timeToAcknowledge === null
        ? 'none acknowledged'
        : `${count(acknowledged)} acknowledged, median ${duration(timeToAcknowledge)}`;
    // Nobody is asked to acknowledge that a request climbed to the tier that may decide it.
    return `${names.escalation[kind]}: ${count(raised)}${kind === 'authority_exceeded' ? '' : `, ${taken}`}`;
  },
  /** @param since and `due`: as `time` of the format writes them */
  oldest: (number: number, stage: Stage, since: string, due: string, overdue: boolean): string =>
    `${ex(number)}: since ${since}, at ${names.stage[stage].toLowerCase()}, ${overdue ? 'was due' : 'due'} ${due}`,
  policyReviews: ({ reviewsOpened, reviewsClosed }: PolicyFigures): string => {
    const closed = (['changed', 'kept', 'clarified'] as const).flatMap((outcome) =>
      reviewsClosed[outcome] > 0 ? [`${count(reviewsClosed[outcome])} closed: ${REVIEWED[outcome]}`] : [],
    );
    return [`${were(reviewsOpened, 'review', 'reviews')} opened`, ...closed].join('; ');
  },
  policyVersions: ({ versions, versionsByReview }: PolicyFigures): string =>
    `${were(versions, 'version', 'versions')} published; while a review was open, or after one that ended in a change: ${some(versionsByReview)}`,
  recurring: (rule: string, customer: string, { times, last }: Recurring): string =>
    `${rule}, ${customer}: ${count(times)} times, last ${ex(last)}`,
  ended: (lapsed: number, revoked: number): string =>
    [...(lapsed > 0 ? [`${count(lapsed)} lapsed`] : []), ...(revoked > 0 ? [`${count(revoked)} revoked`] : [])].join(
      ', ',
    ),
  endsSoon: ({ number, until, renewedBy }: EndingFigures['soon'][number]): string =>
    `${ex(number)}: good until ${format.day(until)}${renewedBy === null ? '' : `, renewed by ${ex(renewedBy)}`}`,
  andMore: (n: number): string => `and ${count(n)} more`,
  picture: {
    columns: ({ unit, n }: Span): string => (n === 1 ? `Requests a ${unit}` : `Requests, ${count(n)} ${unit}s each`),
    /** Below the last column while the period still runs. */
    unfinished: 'so far',
    usual: (asked: number, periods: number): string =>
      `Dashed: ${mean(asked)}, the mean of the ${count(periods)} before`,
    /** @param periods that are compared with; 0 for none */
    rows: (periods: number): string => {
      if (periods === 0) return 'By policy';
      return `By policy; orange: ${periods > 1 ? 'usually' : 'before'}`;
    },
    row: (asked: number, before: number, periods: number): string => {
      if (periods === 0) return count(asked);
      return `${count(asked)}, ${periods > 1 ? 'usually' : 'before'} ${mean(before)}`;
    },
    /** Says what the picture shows. */
    alt: ({ title, columns, rows }: Picture): string => {
      const bars = columns?.bars.map(({ label, value }) => `${label} ${count(value)}`).join(', ');
      const usual = columns?.usual ? ` (${columns.usual.text.toLowerCase()})` : '';
      const said = rows?.bars.map(({ label, text }) => `${label} ${text}`).join('; ');
      return [
        title,
        ...(columns ? [`${columns.title}: ${bars}${usual}.`] : []),
        ...(rows ? [`By policy: ${said}.`] : []),
      ].join(' ');
    },
  },
};
