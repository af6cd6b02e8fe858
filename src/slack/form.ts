/** The request form between Slack and core: what stands in its fields, and what is wrong with them in words. */
import type { ViewStateValue } from '@slack/bolt';
import { LONGEST_TEXT, type Problem, type Typed } from '../core/form.ts';
import { type Rules, ruleOf } from '../core/policy.ts';
import { FIELD } from './ids.ts';
import { wording } from './wording/index.ts';

const { formErrors, label } = wording();

type Values = Record<string, Record<string, ViewStateValue>>;

/** What stands in each field now, as typed. A field that Slack does not send holds nothing. */
export function typedIn(values: Values): Typed {
  const at = (field: string) => values[field]?.[field];
  const text = (field: string) => at(field)?.value ?? null;
  const ticked = (field: string) => (at(field)?.selected_options?.length ?? 0) > 0;
  const choice = (field: string) => at(field)?.selected_option?.value ?? null;
  return {
    policy: choice(FIELD.policy),
    otherRule: text(FIELD.otherRule),
    unmeasured: ticked(FIELD.unmeasured),
    component: text(FIELD.component),
    errorType: text(FIELD.errorType),
    confidential: ticked(FIELD.confidential),
    files: [],
    inputs: {},
    asksFor: text(FIELD.asksFor),
    deviation: text(FIELD.deviation),
    value: text(FIELD.value),
    customer: text(FIELD.customer),
    rationale: text(FIELD.rationale),
    impact: text(FIELD.impact),
    evidence: text(FIELD.evidence),
    category: choice(FIELD.category),
    severity: choice(FIELD.severity),
    alreadyHappened: choice(FIELD.alreadyHappened) === 'yes',
    urgent: ticked(FIELD.urgent),
    neededBy: at(FIELD.neededBy)?.selected_date ?? null,
    beneficiary: at(FIELD.beneficiary)?.selected_user ?? null,
  };
}

/** What Slack shows at the fields: the first problem of each. */
export function fieldErrors(problems: Problem[], typed: Typed, rules: Rules): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of problems) errors[fieldId(problem.field)] ??= sentence(problem, typed, rules);
  return errors;
}

type FieldName = Problem['field'];
const isInput = (field: FieldName): field is `inputs.${string}` => field.startsWith('inputs.');
const fieldId = (field: FieldName): string => (isInput(field) ? field : FIELD[field]);
const fieldLabel = (field: FieldName, rules: Rules): string =>
  isInput(field) ? (rules.inputs.find(({ id }) => field === `inputs.${id}`)?.name ?? field) : label[field];
const typedAt = (field: FieldName, typed: Typed): string =>
  String(isInput(field) ? typed.inputs[field.slice('inputs.'.length)] : typed[field]);

function sentence(problem: Problem, typed: Typed, rules: Rules): string {
  const { field } = problem;
  const standard = ruleOf(rules, typed.policy ?? '')?.standard;
  switch (problem.problem) {
    case 'missing':
      if (field === 'deviation' && standard) return formErrors.deviationOrAsk;
      return field === 'policy' ? formErrors.choose(label[field]) : formErrors.required(fieldLabel(field, rules));
    case 'not_a_figure':
    case 'out_of_range':
      if (field === 'deviation') return formErrors.deviationRange;
      if (field === 'value') return formErrors.valueNumber(rules.currency);
      return problem.problem === 'out_of_range'
        ? formErrors.asksForStandard
        : formErrors.asksForNumber(standard?.unit ?? '');
    case 'negative':
      return field === 'deviation' ? formErrors.deviationRange : formErrors.negative(fieldLabel(field, rules));
    case 'ambiguous':
      return formErrors.ambiguous(typedAt(field, typed), problem.readings);
    case 'other_currency':
      return formErrors.otherCurrency(problem.currency, rules.currency);
    case 'disagrees':
      return formErrors.deviationDisagrees(problem.computed, problem.typed);
    case 'unknown_choice':
      return formErrors.noSuchChoice;
    case 'too_long':
      return formErrors.tooLong(fieldLabel(field, rules), LONGEST_TEXT);
    case 'unstorable':
      return formErrors.unreadable;
    case 'past':
      return formErrors.neededByPast;
    default:
      return problem satisfies never;
  }
}
