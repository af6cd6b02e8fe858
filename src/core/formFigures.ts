/** The figures of the request form: how far it deviates, and what it is worth. */
import Big from 'big.js';
import type { z } from 'zod';
import { type asksFor, type Content, OTHER_RULE } from './events/content.ts';
import { type Figure, readPercent, readQuantity } from './figures.ts';
import type { Problem, Typed } from './form.ts';
import { categoryOf, deviationOf, type PolicyRule, type Rules, ruleOf } from './policy.ts';

const DEVIATION_RANGE = { from: '0.1', to: '1000' } as const;
export const VALUE_RANGE = { from: '0', to: '1000000000000' } as const;

/** Notes what is wrong. */
export type Fail = (problem: Problem) => null;
type Measured = { deviation: string | null; asksFor: z.infer<typeof asksFor> | null };

/** The deviation: as computed from what is asked for where the rule has a standard, else as typed; null where it cannot be told. */
export function measure(typed: Figured, rule: PolicyRule | undefined, fail: Fail): Measured | null {
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

export function inRange(
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
