/** The request form as it was typed -> what can be submitted, or what is to be said at which field. */
import Big from 'big.js';
import type { z } from 'zod';
import { together } from './commands/submission.ts';
import { type asksFor, type Content, type EvidenceFile, OTHER_RULE, unmeasured } from './events/content.ts';
import type { Exposure } from './events/submission.ts';
import { type Figure, readMoney, readPercent, readQuantity } from './figures.ts';
import { categoryOf, deviationOf, type PolicyRule, placeOf, type Rules, ruleOf } from './policy.ts';
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

const DEVIATION_RANGE = { from: '0.1', to: '1000' } as const;
const VALUE_RANGE = { from: '0', to: '1000000000000' } as const;
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

/** What a validator may set right, as typed. */
export type Figured = Pick<Typed, 'policy' | 'category' | 'asksFor' | 'deviation' | 'unmeasured'>;
type Figures = Pick<Content, 'rule' | 'category' | 'deviation' | 'asksFor'>;

/** The same checks for these fields alone. */
export function checkFigures(typed: Figured, rules: Rules): { problems: Problem[] } | { figures: Figures } {
  const problems: Problem[] = [];
  const fail = (problem: Problem) => {
    problems.push(problem);
    return null;
  };
  const rule = ruleOf(rules, typed.policy ?? '');
  if (!rule && typed.policy !== OTHER_RULE)
    fail({ field: 'policy', problem: typed.policy ? 'unknown_choice' : 'missing' });
  const category = categoryOf(rules, typed.category ?? rules.default_category);
  if (!category) fail({ field: 'category', problem: 'unknown_choice' });
  const measured = measure(typed, rule, fail);
  if (problems.length > 0 || !category || !measured) return { problems };
  return { figures: { rule: rule?.id ?? OTHER_RULE, category: category.id, ...measured } };
}

type Fail = (problem: Problem) => null;
type Measured = { deviation: string | null; asksFor: z.infer<typeof asksFor> | null };

/** The deviation: as computed from what is asked for where the rule has a standard, else as typed; null where it cannot be told. */
function measure(typed: Figured, rule: PolicyRule | undefined, fail: Fail): Measured | null {
  const standard = rule?.standard;
  const blank = !typed.deviation?.trim() && !(standard && typed.asksFor?.trim());
  if (blank && (typed.unmeasured || typed.policy === OTHER_RULE)) return { deviation: null, asksFor: null };
  if (typed.unmeasured) return fail({ field: 'unmeasured', problem: 'contradicts' });
  if (!standard || !typed.asksFor?.trim()) {
    const deviation = inRange(readPercent(typed.deviation), 'deviation', DEVIATION_RANGE, '', fail);
    return deviation === null ? null : { deviation, asksFor: null };
  }
  const { unit } = standard;
  const asked = inRange(readQuantity(typed.asksFor, unit), 'asksFor', VALUE_RANGE, '', fail);
  if (asked === null) return null;
  const computed = deviationOf(asked, standard.value);
  if (!within(computed, DEVIATION_RANGE))
    return fail({ field: 'asksFor', problem: 'out_of_range', ...DEVIATION_RANGE });
  const asksFor = { value: asked, standard: standard.value, unit };
  if (!typed.deviation?.trim()) return { deviation: computed, asksFor };
  const figure = inRange(readPercent(typed.deviation), 'deviation', DEVIATION_RANGE, '', fail);
  if (figure === null) return null;
  if (agrees(figure, computed)) return { deviation: computed, asksFor };
  return fail({
    field: 'deviation',
    problem: 'disagrees',
    typed: figure,
    computed,
    asked,
    standard: standard.value,
    unit,
  });
}

/** 33, 33.3 and 33.3333 all stand for 33.33, to whose two places a third is computed. */
function agrees(typed: string, computed: string): boolean {
  const places = Math.min(typed.split('.')[1]?.length ?? 0, 2);
  return new Big(computed).round(places).eq(new Big(typed).round(places));
}

const within = (value: string, { from, to }: { from: string; to: string }) =>
  new Big(value).gte(from) && new Big(value).lte(to);

function inRange(
  figure: Figure,
  field: 'asksFor' | 'deviation' | 'value',
  range: { from: string; to: string },
  currency: string,
  fail: Fail,
): string | null {
  if (figure.ok) return within(figure.value, range) ? figure.value : fail({ field, problem: 'out_of_range', ...range });
  if (figure.problem === 'ambiguous') return fail({ field, problem: 'ambiguous', readings: figure.readings });
  if (figure.problem === 'other_currency')
    return fail({ field, problem: 'other_currency', currency: figure.currency, expected: currency });
  return fail({ field, problem: figure.problem });
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

/** @param others what counts together with it, summed without its own */
export function preview(typed: Typed, rules: Rules, others: Exposure | null): Preview {
  const measured = measure(typed, ruleOf(rules, typed.policy ?? ''), () => null);
  if (!measured) return { asked: null, tier: null, picked: false };
  const { deviation, asksFor } = measured;
  const read = readMoney(typed.value, rules.currency);
  const figures = { deviation, value: read.ok ? read.value : '0' };
  return {
    asked: asksFor?.value ?? null,
    tier: placeOf(rules, { ...figures, exposure: together(others, figures) }).tier,
    picked: unmeasured({ deviation, rule: typed.policy ?? '' }),
  };
}
