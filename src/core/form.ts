/** The request form as it was typed -> what can be submitted, or what is to be said at which field. */
import Big from 'big.js';
import type { z } from 'zod';
import type { asksFor } from './events.ts';
import { type Figure, readMoney, readPercent, readQuantity } from './figures.ts';
import { categoryOf, deviationOf, type PolicyRule, type Rules, ruleOf, tierFor } from './policy.ts';
import { type Severity, severity, type Tier } from './values.ts';

/** What stands in each field, as typed; null where nothing does. */
export type Typed = {
  policy: string | null;
  asksFor: string | null;
  deviation: string | null;
  value: string | null;
  customer: string | null;
  rationale: string | null;
  impact: string | null;
  evidence: string | null;
  category: string | null;
  severity: string | null;
  alreadyHappened: boolean;
  urgent: boolean;
  neededBy: string | null;
  beneficiary: string | null;
};

export type Checked = {
  rule: string;
  category: string;
  deviation: string;
  asksFor: z.infer<typeof asksFor> | null;
  value: string;
  customer: string | null;
  rationale: string;
  impact: string;
  evidence: string | null;
  severity: Severity;
  alreadyHappened: boolean;
  urgent: boolean;
  neededBy: string | null;
  beneficiary: string | null;
};

/** What is wrong at one field. `wording` says it so that it helps. */
export type Problem = { field: keyof Typed } & (
  | { problem: 'missing' | 'not_a_figure' | 'negative' | 'unknown_choice' | 'unstorable' | 'too_long' | 'past' }
  | { problem: 'ambiguous'; readings: [string, string] }
  | { problem: 'other_currency'; currency: string; expected: string }
  | { problem: 'out_of_range'; from: string; to: string }
  | { problem: 'disagrees'; typed: string; computed: string; asked: string; standard: string; unit: string }
);

const DEVIATION_RANGE = { from: '0.1', to: '1000' } as const;
const VALUE_RANGE = { from: '0', to: '1000000000000' } as const;
export const LONGEST_TEXT = 3000;
const LONGEST_CUSTOMER = 200;

/** Postgres keeps neither NUL nor half a surrogate pair. */
const storable = (text: string) => text.isWellFormed() && !text.includes('\0');

/** @param today the date below which `Needed by` lies in the past, `2026-11-21` */
export function checkForm(typed: Typed, rules: Rules, today: string): { problems: Problem[] } | { checked: Checked } {
  const problems: Problem[] = [];
  const fail = (problem: Problem) => {
    problems.push(problem);
    return null;
  };
  const text = (field: 'customer' | 'rationale' | 'impact' | 'evidence', required: boolean, longest: number) => {
    const value = typed[field]?.trim() ?? '';
    if (value === '') return required ? fail({ field, problem: 'missing' }) : null;
    if (!storable(value)) return fail({ field, problem: 'unstorable' });
    return [...value].length > longest ? fail({ field, problem: 'too_long' }) : value;
  };

  const rule = ruleOf(rules, typed.policy ?? '');
  if (!rule) fail({ field: 'policy', problem: typed.policy ? 'unknown_choice' : 'missing' });
  const category = categoryOf(rules, typed.category ?? rules.default_category);
  if (!category) fail({ field: 'category', problem: 'unknown_choice' });
  const grade = severity.safeParse(typed.severity ?? 'minor');
  if (!grade.success) fail({ field: 'severity', problem: 'unknown_choice' });
  if (typed.neededBy !== null && typed.neededBy < today) fail({ field: 'neededBy', problem: 'past' });

  const measured = measure(typed, rule, fail);
  const value = inRange(readMoney(typed.value, rules.currency), 'value', VALUE_RANGE, rules.currency, fail);
  const customer = text('customer', category?.customer !== 'optional', LONGEST_CUSTOMER);
  const rationale = text('rationale', true, LONGEST_TEXT);
  const impact = text('impact', true, LONGEST_TEXT);
  const evidence = text('evidence', false, LONGEST_TEXT);
  const complete =
    rule && category && grade.success && measured && value !== null && rationale !== null && impact !== null;
  if (problems.length > 0 || !complete) return { problems };
  const { alreadyHappened, urgent, neededBy, beneficiary } = typed;
  const chosen = { rule: rule.id, category: category.id, severity: grade.data };
  const ticked = { alreadyHappened, urgent, neededBy, beneficiary };
  return { checked: { ...chosen, ...measured, value, customer, rationale, impact, evidence, ...ticked } };
}

type Fail = (problem: Problem) => null;

/** The deviation: as computed from what is asked for where the rule has a standard, else as typed. */
function measure(typed: Typed, rule: PolicyRule | undefined, fail: Fail) {
  const standard = rule?.standard;
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

/** What can already be said of a half-filled form: what is asked for, and the tier that leads to. */
export function preview(typed: Typed, rules: Rules): { asked: string | null; tier: Tier | null } {
  const measured = measure(typed, ruleOf(rules, typed.policy ?? ''), () => null);
  if (!measured) return { asked: null, tier: null };
  const value = readMoney(typed.value, rules.currency);
  return {
    asked: measured.asksFor?.value ?? null,
    tier: tierFor(rules, measured.deviation, value.ok ? value.value : '0'),
  };
}
