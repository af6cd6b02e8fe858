/** Every decision of a report as CSV, to be opened by a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { Decided } from '../store/figures/decisions.ts';
import { categoryName, type Named, nameOf, ruleName, words } from './report/names.ts';

type Naming = Pick<Named, 'rules' | 'names' | 'locale'>;

/**
 * Cells that a spreadsheet would take for a formula begin with an apostrophe: people type what stands in them. The mark at the
 * beginning tells it that the text is UTF-8.
 */
export function decisionList(naming: Naming, decided: Decided[]): Buffer {
  const { columns } = words(naming).digest.list;
  const records = decided.map((one) => recordOf(naming, one));
  const text = stringify(records, {
    ...{ header: true, columns: Object.entries(columns).map(([key, header]) => ({ key, header })) },
    ...{ escape_formulas: true, bom: true, record_delimiter: 'windows' },
  });
  return Buffer.from(text);
}

function recordOf(naming: Naming, { number, tier, told, outcome, late, decisions, ...times }: Decided) {
  const { ex, names, digest } = words(naming);
  const { yes, no, veiled } = digest.list;
  const by = (stage: 'validation' | 'authorization') => {
    const decision = decisions.find((one) => one.stage === stage);
    return { by: decision ? nameOf(naming, decision.by) : '', at: decision?.at ?? '' };
  };
  const [details, authorization] = [by('validation'), by('authorization')];
  return {
    ...{ request: ex(number), tier: names.tier[tier], outcome: digest.case.outcome[outcome] },
    confidential: told ? no : yes,
    policy: told ? ruleName(naming, told.rule) : veiled,
    category: told ? categoryName(naming, told.category) : veiled,
    customer: told ? (told.customer ?? '') : veiled,
    deviation: told ? (told.deviation ?? '') : veiled,
    value: told ? told.value : veiled,
    currency: told ? told.currency : veiled,
    happened: told ? (told.alreadyHappened ? yes : no) : veiled,
    ...{ asked: times.submittedAt, due: times.dueAt, decided: times.overAt, late: late ? yes : no },
    ...{ detailsBy: details.by, detailsAt: details.at },
    ...{ authorizationBy: authorization.by, authorizationAt: authorization.at },
  };
}
