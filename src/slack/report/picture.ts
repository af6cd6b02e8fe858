/** What the report's picture shows, in words, and a text that says the same. */
import { type Figures, isFinished, type Share } from '../../core/report.ts';
import { MOST_ROWS, type Picture } from '../../picture/picture.ts';
import { LIMIT, truncate } from '../limits.ts';
import { daysOf, type Named, ruleName, shortName, words } from './names.ts';

type Pictured = Omit<Named, 'figures'> & { figures: Figures };
export type PictureAndWords = { picture: Picture; alt: string };

/** A step that is longer is a month, and called by its name. */
const LONGEST_WEEK = 27 * 86_400_000;

/** @param headline the sentence that stands above it, too */
export function pictureOf(report: Pictured, headline: string): PictureAndWords {
  const { digest } = words(report);
  const columns = columnsOf(report);
  const rows = rowsOf(report);
  const picture = { title: headline, subtitle: digest.title(daysOf(report)), columns, rows };
  return { picture, alt: truncate(digest.picture.alt(picture), LIMIT.altText) };
}

/** Null where there is nothing beside which something could stand. */
function columnsOf(report: Pictured): Picture['columns'] {
  const { figures, zone } = report;
  const { steps, span, from, to, usual } = figures;
  const { picture: said } = words(report).digest;
  if (steps.length < 2) return null;
  const isRunning = !isFinished(figures);
  const byMonth = steps.some((step) => Date.parse(step.to) - Date.parse(step.from) > LONGEST_WEEK);
  const options = byMonth
    ? ({ month: 'short', year: '2-digit' } as const)
    : ({ day: 'numeric', month: 'short' } as const);
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  // Each step is as long as the period, or the period is what they make together.
  const isOne = steps.at(-1)?.from === from;
  const each = isOne ? span : { unit: byMonth ? ('month' as const) : ('week' as const), n: 1 };
  const bars = steps.map((step, i) => ({
    label: isRunning && i === steps.length - 1 ? said.unfinished : format.format(new Date(step.from)),
    value: step.asked,
    strong: step.from >= from && step.from < to,
  }));
  const isUsual = isOne && !isRunning && usual !== null && usual.periods > 1;
  return {
    title: said.columns(each),
    bars,
    usual: isUsual ? { value: usual.asked, text: said.usual(usual.asked, usual.periods) } : null,
  };
}

function rowsOf(report: Pictured): Picture['rows'] {
  const { figures } = report;
  const { usual, byRule } = figures;
  const { picture: said } = words(report).digest;
  const periods = isFinished(figures) && usual ? usual.periods : 0;
  const size = ({ asked, askedUsually }: Share) => Math.max(asked, periods > 0 ? askedUsually : 0);
  const largest = byRule
    .filter((share) => size(share) >= 1)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, MOST_ROWS);
  if (largest.length === 0) return null;
  const bars = largest.map(({ id, asked, askedUsually }) => ({
    label: shortName(ruleName(report, id)),
    value: asked,
    text: said.row(asked, askedUsually, periods),
    usual: periods > 0 ? askedUsually : null,
  }));
  return { title: said.rows(periods), bars };
}
