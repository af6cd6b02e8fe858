/** Periods of a report, and those that they are compared with. */
import { LONGEST_DAYS, PERIOD_EXAMPLES, type PeriodProblem, type Span } from '../../../core/period.ts';
import { count } from './count.ts';
import { format } from './names.ts';

const WORD = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const;
const inWords = (n: number): string => WORD[n] ?? count(n);
/** `week`, `90 days` */
const length = ({ unit, n }: Span): string => (n === 1 ? unit : `${inWords(n)} ${unit}s`);

/** `the week before`, `the 90 days before`, `the last four weeks`, `what is usual in 90 days` */
export function against(span: Span, periods: number): string {
  if (periods === 1) return `the ${length(span)} before`;
  return span.n === 1 ? `the last ${inWords(periods)} ${span.unit}s` : `what is usual in ${length(span)}`;
}

/** `the week before`, `in the last four weeks`, `in the 360 days before` */
export function during(span: Span, periods: number): string {
  if (periods === 1) return span.n === 1 ? `the ${span.unit} before` : `in the ${length(span)} before`;
  if (span.n === 1) return `in the last ${inWords(periods)} ${span.unit}s`;
  return `in the ${inWords(periods * span.n)} ${span.unit}s before`;
}

const examples = PERIOD_EXAMPLES.filter((example) => example !== '7d').map((example) => `\`${example}\``);
const WRITE = `Write it like ${format.oneOf(examples)}.`;

export const period = {
  /** `This week`, `This period of 90 days` */
  this: (span: Span): string => (span.n === 1 ? `This ${span.unit}` : `This period of ${length(span)}`),
  before: (span: Span): string => `the ${length(span)} before`,
  refusal: ({ problem, text }: PeriodProblem): string => {
    switch (problem) {
      case 'unreadable':
        return text === '' ? `Which period? ${WRITE}` : `“${text}” is no period that I can read. ${WRITE}`;
      case 'not_begun':
        return `${text} has not begun yet, so there is nothing to report. ${WRITE}`;
      case 'backwards':
        return `${text} ends before it begins. Write the earlier day first, like \`2026-11-01..2026-11-15\`.`;
      case 'too_long':
        return `${text} is longer than a report can be: at most ${count(LONGEST_DAYS)} days. ${WRITE}`;
      default:
        return problem satisfies never;
    }
  },
};
