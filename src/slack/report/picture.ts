/** What the report's picture shows, in words: its bars with their labels, and a text that says the same. */
import { picturedFigures, type Step } from '../../core/report.ts';
import type { Report } from '../digestContent.ts';
import { words } from './names.ts';

export type Bar = Pick<Step, 'asked' | 'approved' | 'late'> & { label: string };
export type Picture = {
  /** The oldest first; the last one is the period itself, or its last part. */
  steps: Bar[];
  tiers: Bar[];
  /** Whether the last step still runs. */
  finished: boolean;
  words: { asked: string; approved: string; late: string; byTier: string; unfinished: string };
  alt: string;
};

/** A step that is longer is a month, and called by its name. */
const LONGEST_WEEK = 27 * 86_400_000;

export function pictureOf(report: Report): Picture {
  const { steps, byTier, finished } = picturedFigures(report.figures);
  const { digest, names } = words(report);
  const { alt, ...said } = digest.picture;
  const byMonth = steps.length > 1 && steps.some(({ from, to }) => Date.parse(to) - Date.parse(from) > LONGEST_WEEK);
  const options = byMonth
    ? ({ month: 'short', year: '2-digit' } as const)
    : ({ day: 'numeric', month: 'short' } as const);
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: report.zone, ...options });
  const bars = steps.map(({ from, to: _, ...counts }) => ({ label: format.format(new Date(from)), ...counts }));
  const tiers = byTier.map(({ id, asked, approved, late }) => ({ label: names.tier[id], asked, approved, late }));
  return { steps: bars, tiers, finished, words: said, alt: alt(bars, tiers) };
}
