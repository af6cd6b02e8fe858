/** What changed against the periods before, and which change is worth a headline. */
import { CONFIDENTIAL, type Figures, isFinished } from './report.ts';

/** Below this many on the larger side, and half as many on the smaller, "doubled" would make news of chance. */
const ENOUGH = 6;
/** From this share on a change is mostly one customer's; a third of nine is not. */
const MOSTLY = 0.5;
const MOSTLY_ENOUGH = 4;

export type Trend = 'tripled' | 'doubled' | 'halved' | 'new' | 'gone';
export type Change = {
  /** A rule's requests, all requests, or those that were late. */
  of: 'rule' | 'asked' | 'late';
  /** The rule's id; null for the others. */
  rule: string | null;
  trend: Trend;
  now: number;
  /** How many there were before: in the period before, or usually. */
  before: number;
  /** Periods that `before` is the mean of. */
  periods: number;
  /** Whether more than half of them are for one and the same customer. */
  oneCustomer: boolean;
};

/** @returns null where the two are alike, or too small to compare */
export function trendOf(asked: number, before: number): Trend | null {
  if (Math.max(asked, before) < ENOUGH) return null;
  if (before === 0) return 'new';
  if (asked === 0) return 'gone';
  if (asked >= 3 * before) return 'tripled';
  if (asked >= 2 * before) return 'doubled';
  return 2 * asked <= before ? 'halved' : null;
}

/**
 * The one change most worth a headline: the rule that moved by the most requests, else the volume as a whole, else what was
 * late. Null where nothing moved, where there is nothing to compare with, and while the period still runs.
 */
export function changeOf(figures: Figures): Change | null {
  const { totals, usual, byRule } = figures;
  if (!isFinished(figures) || !usual) return null;
  const { periods } = usual;
  const rules = byRule
    .filter(({ id }) => id !== CONFIDENTIAL)
    .flatMap((rule) => {
      const oneCustomer = rule.oneCustomer >= MOSTLY_ENOUGH && rule.oneCustomer > rule.asked * MOSTLY;
      return change({ of: 'rule', rule: rule.id, now: rule.asked, before: rule.askedUsually, periods, oneCustomer });
    })
    .sort((a, b) => size(b) - size(a));
  const all = (of: 'asked' | 'late') =>
    change({ of, rule: null, now: totals[of], before: usual[of], periods, oneCustomer: false });
  return [...rules, ...all('asked'), ...all('late')][0] ?? null;
}

const size = ({ now, before }: Change) => Math.abs(now - before);

function change(found: Omit<Change, 'trend'>): Change[] {
  const trend = trendOf(found.now, found.before);
  return trend ? [{ ...found, trend }] : [];
}
