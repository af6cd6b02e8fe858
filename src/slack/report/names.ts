/** What the report calls rules, categories, people and days. */
import { OTHER_RULE } from '../../core/events/content.ts';
import { categoryOf, type Rules, ruleOf } from '../../core/policy.ts';
import { CONFIDENTIAL, type Figures } from '../../core/report.ts';
import { truncate } from '../limits.ts';
import { type Wording, wording } from '../wording/index.ts';

/** The parts of a report that name things. */
export type Named = {
  figures: Pick<Figures, 'from' | 'to'>;
  /** The current ones, for what rules and categories are called. */
  rules: Rules;
  /** IANA zone of the days. */
  zone: string;
  /** Display names by Slack user id. */
  names: Readonly<Record<string, string>>;
  locale?: string | undefined;
};

/** Code points of a customer's name in a line. */
const CUSTOMER = 75;

export const words = ({ locale }: Pick<Named, 'locale'>): Wording => wording(locale);
export const shortName = (customer: string): string => truncate(customer, CUSTOMER);
export const nameOf = ({ names }: Pick<Named, 'names'>, person: string): string => names[person] ?? person;

export function ruleName(report: Pick<Named, 'rules' | 'locale'>, id: string): string {
  if (id === OTHER_RULE) return words(report).names.otherRule(null);
  if (id === CONFIDENTIAL) return words(report).digest.confidential;
  return ruleOf(report.rules, id)?.name ?? id;
}

export const categoryName = (report: Pick<Named, 'rules' | 'locale'>, id: string): string =>
  id === CONFIDENTIAL ? words(report).digest.confidential : (categoryOf(report.rules, id)?.name ?? id);

/** `16–22 Nov 2026`, `30 Nov – 6 Dec 2026`, `24 Nov 2026` */
export function daysOf({ figures, zone }: Pick<Named, 'figures' | 'zone'>): string {
  const last = new Date(Date.parse(figures.to) - 1);
  const options = { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' } as const;
  const range = new Intl.DateTimeFormat('en-GB', options).formatRange(new Date(figures.from), last);
  // Which blanks stand around the dash changes between versions of ICU.
  return range.replace(/\s+/gu, ' ').replace(/^(\d+) ?– ?(\d+ )/u, '$1–$2');
}
