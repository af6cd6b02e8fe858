/** The request form between Slack and core: what stands in its fields, and what is wrong with them in words. */
import type { ViewStateValue } from '@slack/bolt';
import { type EvidenceFile, OTHER_RULE } from '../core/events/content.ts';
import { LONGEST_TEXT, type Problem, type Typed } from '../core/form.ts';
import { categoryOf, type Rules, ruleOf } from '../core/policy.ts';
import { severity } from '../core/values.ts';
import { FIELD, INPUT, inputField } from './ids.ts';
import { wording } from './wording/index.ts';

const { form, formErrors, label, names } = wording();

type Values = Record<string, Record<string, ViewStateValue>>;

/** What stands in each input by its action id: the ids of their blocks change when their content is replaced. */
export const byAction = (values: Values): Record<string, ViewStateValue> => Object.assign({}, ...Object.values(values));

/**
 * What stands in each field now, as typed. A field that Slack does not send holds nothing.
 * @param came the files that came with the form
 */
export function typedIn(values: Values, came: readonly EvidenceFile[] = []): Typed {
  const fields = byAction(values);
  const text = (field: string) => fields[field]?.value ?? null;
  const ticks = (field: string) => (fields[field]?.selected_options ?? []).map(({ value }) => value);
  const ticked = (field: string) => ticks(field).length > 0;
  const choice = (field: string) => fields[field]?.selected_option?.value ?? null;
  const kept = came.filter(({ id }) => ticks(FIELD.keptFiles).includes(id));
  return {
    policy: choice(FIELD.policy),
    otherRule: text(FIELD.otherRule),
    unmeasured: ticked(FIELD.unmeasured),
    component: text(FIELD.component),
    errorType: text(FIELD.errorType),
    confidential: ticked(FIELD.confidential),
    files: [...kept, ...uploaded(fields[FIELD.files])],
    inputs: inputsIn(fields),
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
    neededBy: fields[FIELD.neededBy]?.selected_date ?? null,
    beneficiary: fields[FIELD.beneficiary]?.selected_user ?? null,
  };
}

const inputsIn = (fields: Record<string, ViewStateValue>): Typed['inputs'] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([id, { value }]) =>
      id.startsWith(INPUT) ? [[id.slice(INPUT.length), value ?? null] as const] : [],
    ),
  );

const uploaded = (field: ViewStateValue | undefined): EvidenceFile[] => (field?.files ?? []).map(evidenceFile);

type SlackFile = { id: string; name?: string | null; title?: string | null; size?: number; mimetype?: string };
/** Of a file that somebody of another company shared, Slack tells the id alone. */
export const evidenceFile = ({ id, name, title, size, mimetype }: SlackFile): EvidenceFile => ({
  id,
  name: name ?? title ?? id,
  size: size ?? 0,
  type: mimetype ?? 'application/octet-stream',
});

/** What this form does not show now and was typed before: it comes back where a choice is taken back. */
export function withHidden(typed: Typed, before: Typed, shown: Record<string, ViewStateValue>): Typed {
  const kept = (field: 'otherRule' | 'asksFor') => (FIELD[field] in shown ? typed[field] : before[field]);
  const inputs = { ...before.inputs, ...typed.inputs };
  return { ...typed, inputs, otherRule: kept('otherRule'), asksFor: kept('asksFor') };
}

/** What Slack shows at the fields: the first problem of each. */
export function fieldErrors(problems: Problem[], typed: Typed, rules: Rules): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of problems) errors[fieldId(problem.field)] ??= sentence(problem, typed, rules);
  return errors;
}

type FieldName = Problem['field'];
const isInput = (field: FieldName): field is `inputs.${string}` => field.startsWith(INPUT);
const fieldId = (field: FieldName): string => (isInput(field) ? field : FIELD[field]);
const fieldLabel = (field: FieldName, rules: Rules): string =>
  isInput(field) ? (rules.inputs.find(({ id }) => field === inputField(id))?.name ?? field) : label[field];
/** A field as two forms have it, in words. */
export function fieldText(field: FieldName, before: Typed, after: Typed, rules: Rules) {
  const shown = (typed: Typed) => shownAt(field, typed, rules);
  return { field: fieldLabel(field, rules), before: shown(before), after: shown(after) };
}

function shownAt(field: FieldName, typed: Typed, rules: Rules): string | null {
  if (isInput(field)) return typed.inputs[field.slice(INPUT.length)] ?? null;
  const value = typed[field];
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? names.yes : names.no;
  if (Array.isArray(value)) return value.map(({ name }) => name).join(', ') || null;
  switch (field) {
    case 'policy':
      return value === OTHER_RULE ? form.otherRule : (ruleOf(rules, value)?.name ?? value);
    case 'category':
      return categoryOf(rules, value)?.name ?? value;
    case 'severity':
      return severity.safeParse(value).success ? names.severity[severity.parse(value)] : value;
    default:
      return value;
  }
}

const typedAt = (field: FieldName, typed: Typed): string =>
  String(isInput(field) ? typed.inputs[field.slice(INPUT.length)] : typed[field]);

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
    case 'contradicts':
      return formErrors.contradicts;
    case 'too_many':
      return formErrors.tooManyFiles(problem.most);
    case 'too_large':
      return formErrors.fileTooLarge(problem.name);
    case 'past':
      return formErrors.neededByPast;
    default:
      return problem satisfies never;
  }
}
