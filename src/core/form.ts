/** The request form as it was typed -> what can be submitted, or what is to be said at which field. */

import { type Content, type EvidenceFile, OTHER_RULE, unmeasured } from './events/content.ts';
import type { Exposure } from './events/submission.ts';
import { together } from './exposure.ts';
import { readMoney } from './figures.ts';
import { type Fail, inRange, measure, VALUE_RANGE } from './formFigures.ts';
import { categoryOf, placeOf, type Rules, ruleOf } from './policy.ts';
import { severity, type Tier } from './values.ts';

/** What stands in each field, as typed; null where nothing does. */
export type Typed = {
  policy: string | null;
  /** Which rule it is, where the policy does not list it. */
  otherRule: string | null;
  asksFor: string | null;
  deviation: string | null;
  /** Ticked where no percentage can be given, so that operations picks the tier. */
  unmeasured: boolean;
  value: string | null;
  customer: string | null;
  rationale: string | null;
  impact: string | null;
  evidence: string | null;
  files: EvidenceFile[];
  category: string | null;
  component: string | null;
  errorType: string | null;
  /** Further inputs that the policy asks for in the category, by their id. */
  inputs: Record<string, string | null>;
  severity: string | null;
  alreadyHappened: boolean;
  urgent: boolean;
  confidential: boolean;
  neededBy: string | null;
  beneficiary: string | null;
};

/** The texts among what is submitted, before they become words of the record. */
type Texts = 'otherRule' | 'component' | 'errorType' | 'customer' | 'evidence';
/** A form that can be submitted. */
export type Checked = Omit<Content, Texts | 'rationale' | 'impact' | 'inputs'> &
  Record<Texts, string | null> & {
    rationale: string;
    impact: string;
    inputs: Record<string, string>;
    beneficiary: string | null;
  };

/** What is wrong at one field. `wording` says it so that it helps. */
export type Problem = { field: Exclude<keyof Typed, 'inputs'> | `inputs.${string}` } & (
  | { problem: 'missing' | 'not_a_figure' | 'negative' | 'unknown_choice' | 'unstorable' | 'too_long' | 'past' }
  /** A figure, and a tick that there is none. */
  | { problem: 'contradicts' }
  | { problem: 'too_many'; most: number }
  | { problem: 'too_large'; name: string }
  | { problem: 'ambiguous'; readings: [string, string] }
  | { problem: 'other_currency'; currency: string; expected: string }
  | { problem: 'out_of_range'; from: string; to: string }
  | { problem: 'disagrees'; typed: string; computed: string; asked: string; standard: string; unit: string }
);

export const LONGEST_TEXT = 3000;
export const LONGEST_CUSTOMER = 200;
export const MOST_FILES = 10;
/** Bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024;
/** Of what fits a line: a component, an error code, the name of a rule. */
export const LONGEST_LINE = 200;

type TextField = 'otherRule' | 'customer' | 'rationale' | 'impact' | 'evidence' | 'component' | 'errorType';

/** Postgres keeps neither NUL nor half a surrogate pair. */
const storable = (text: string) => text.isWellFormed() && !text.includes('\0');

/** @param today the date below which `Needed by` lies in the past, `2026-11-21` */
export function checkForm(typed: Typed, rules: Rules, today: string): { problems: Problem[] } | { checked: Checked } {
  const problems: Problem[] = [];
  const fail = (problem: Problem) => {
    problems.push(problem);
    return null;
  };
  const text = (field: TextField, required: boolean, longest: number) =>
    textIn(typed[field], field, required, longest, fail);

  const other = typed.policy === OTHER_RULE;
  const rule = ruleOf(rules, typed.policy ?? '');
  if (!rule && !other) fail({ field: 'policy', problem: typed.policy ? 'unknown_choice' : 'missing' });
  const category = categoryOf(rules, typed.category ?? rules.default_category);
  if (!category) fail({ field: 'category', problem: 'unknown_choice' });
  const grade = severity.safeParse(typed.severity ?? 'minor');
  if (!grade.success) fail({ field: 'severity', problem: 'unknown_choice' });
  if (typed.neededBy !== null && typed.neededBy < today) fail({ field: 'neededBy', problem: 'past' });

  const measured = measure(typed, rule, fail);
  const value = inRange(readMoney(typed.value, rules.currency), 'value', VALUE_RANGE, rules.currency, fail);
  const customer = text('customer', category?.customer !== 'optional', LONGEST_CUSTOMER);
  const otherRule = other ? text('otherRule', true, LONGEST_LINE) : null;
  const rationale = text('rationale', true, LONGEST_TEXT);
  const impact = text('impact', true, LONGEST_TEXT);
  const evidence = text('evidence', false, LONGEST_TEXT);
  const component = text('component', false, LONGEST_LINE);
  const errorType = text('errorType', false, LONGEST_LINE);
  const inputs = inputsIn(typed.inputs, fail);
  checkFiles(typed.files, fail);
  const complete = category && grade.success && measured && value !== null && rationale !== null && impact !== null;
  if (problems.length > 0 || !complete) return { problems };
  const { files, alreadyHappened, urgent, neededBy, beneficiary } = typed;
  const chosen = { rule: rule?.id ?? OTHER_RULE, category: category.id, severity: grade.data };
  const ticked = { alreadyHappened, urgent, confidential: typed.confidential || category.confidential };
  const texts = { otherRule, customer, rationale, impact, evidence, component, errorType, inputs };
  return { checked: { ...chosen, ...measured, value, files, ...texts, ...ticked, neededBy, beneficiary } };
}

function textIn(
  typed: string | null,
  field: Problem['field'],
  required: boolean,
  longest: number,
  fail: Fail,
): string | null {
  const value = typed?.trim() ?? '';
  if (value === '') return required ? fail({ field, problem: 'missing' }) : null;
  if (!storable(value)) return fail({ field, problem: 'unstorable' });
  return [...value].length > longest ? fail({ field, problem: 'too_long' }) : value;
}

/** What was typed for the category's further inputs; what is missing is told after submission, with an example. */
function inputsIn(typed: Typed['inputs'], fail: Fail): Record<string, string> {
  const given = Object.entries(typed).flatMap(([id, value]) => {
    const text = textIn(value, `inputs.${id}`, false, LONGEST_TEXT, fail);
    return text === null ? [] : [[id, text] as const];
  });
  return Object.fromEntries(given);
}

function checkFiles(files: EvidenceFile[], fail: Fail): void {
  if (files.length > MOST_FILES) fail({ field: 'files', problem: 'too_many', most: MOST_FILES });
  for (const { name, size } of files) if (size > LARGEST_FILE) fail({ field: 'files', problem: 'too_large', name });
}

/** What can already be said of a half-filled form. */
export type Preview = {
  /** What is asked for, read as a decimal. */
  asked: string | null;
  /** The tier that the figures lead to; null while they are missing. */
  tier: Tier | null;
  /** Whether operations picks the tier, since the figures cannot tell it. */
  picked: boolean;
};

/**
 * @param others what counts together with it, summed without its own
 * @param tierPicked what operations picked for it already; that stands as long as the figures cannot tell
 */
export function preview(typed: Typed, rules: Rules, others: Exposure | null, tierPicked: Tier | null = null): Preview {
  const measured = measure(typed, ruleOf(rules, typed.policy ?? ''), () => null);
  if (!measured) return { asked: null, tier: null, picked: false };
  const { deviation, asksFor } = measured;
  const read = readMoney(typed.value, rules.currency);
  const figures = { deviation, value: read.ok ? read.value : '0' };
  const isUnmeasured = unmeasured({ deviation, rule: typed.policy ?? '' });
  const picked = isUnmeasured ? tierPicked : null;
  return {
    asked: asksFor?.value ?? null,
    tier: placeOf(rules, { ...figures, exposure: together(others, figures), picked }).tier,
    picked: isUnmeasured && tierPicked === null,
  };
}
