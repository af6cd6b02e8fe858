/** The modal in which an exception is asked for. Block ids stay the same across updates, so nothing typed is lost. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Typed } from '../../core/form.ts';
import {
  categoryOf,
  deviationOf,
  type PolicyRule,
  type Rules,
  roleOf,
  ruleOf,
  type Wiring,
} from '../../core/policy.ts';
import { type Instant, severity as severities, type Tier } from '../../core/values.ts';
import { encode, FIELD, type FormMeta, VIEW } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { date } from '../mrkdwn.ts';
import { type Wording, wording } from '../wording/index.ts';
import { context, modal, section } from './blocks.ts';
import { choosing, oneOfTwo, option, pickingDay, pickingPerson, ticking, typing } from './inputs.ts';

/** Where the request would go as filled in so far. */
type FormRoute = {
  /** Null while deviation or value are missing. */
  tier: Tier | null;
  /** How many people can read it there; null while unknown. */
  readers: number | null;
  /** `#exceptions-manager`; null where it goes by direct message. */
  channel: string | null;
  /** When it would have to be decided if sent now. */
  dueAt: Instant | null;
};

export type FormModel = {
  rules: Rules;
  wiring: Wiring;
  names: Readonly<Record<string, string>>;
  meta: FormMeta;
  /** What stands in each field, as typed. */
  values: Typed;
  /** What was typed under `You ask for`, read as a decimal; null where it cannot be read. */
  asked: string | null;
  route: FormRoute;
  locale?: string | undefined;
};

/** Code points of the short fields. */
const FIELD_LENGTH = { figure: 40, customer: 200, text: LIMIT.inputLength } as const;

/** The form before anything was typed. A policy of one rule has it chosen. */
export function emptyForm(rules: Rules): Typed {
  const [only, ...others] = rules.policies;
  return {
    policy: only && others.length === 0 ? only.id : null,
    ...{ asksFor: null, deviation: null, value: null, customer: null, rationale: null, impact: null, evidence: null },
    ...{ category: rules.default_category, severity: 'minor', alreadyHappened: false, urgent: false },
    ...{ neededBy: null, beneficiary: null, otherRule: null, unmeasured: false, files: [], inputs: {} },
    ...{ component: null, errorType: null, confidential: false },
  };
}

export function requestForm(model: FormModel): ModalView {
  const { form } = wording(model.locale);
  return modal({
    callback: VIEW.request,
    title: form.title,
    submit: form.submit,
    close: form.close,
    metadata: encode(model.meta),
    blocks: [
      ...policyBlocks(model),
      ...factBlocks(model),
      ...textBlocks(model),
      ...choiceBlocks(model),
      ...routeBlocks(model),
    ],
  });
}

const chosenRule = ({ rules, values }: FormModel): PolicyRule | undefined =>
  values.policy === null ? undefined : ruleOf(rules, values.policy);

function policyBlocks(model: FormModel): KnownBlock[] {
  const { rules, values } = model;
  const words = wording(model.locale);
  const { label, form } = words;
  const rule = chosenRule(model);
  return [
    choosing(FIELD.policy, {
      label: label.policy,
      placeholder: form.choose,
      options: rules.policies.map(({ id, name }) => option(name, id)),
      chosen: values.policy,
      live: true,
    }),
    ...(rule ? ruleText(rule, words) : []),
    ...askBlocks(model, rule, words),
  ];
}

const ruleText = ({ text, standard }: PolicyRule, { form }: Wording): KnownBlock[] => [
  section(text),
  ...(standard ? [context(form.policyAllows(standard.value, standard.unit))] : []),
];

function askBlocks({ values, asked }: FormModel, rule: PolicyRule | undefined, { label, form }: Wording): KnownBlock[] {
  const standard = rule?.standard;
  const asksFor = standard && [
    typing(FIELD.asksFor, FIELD_LENGTH.figure, {
      label: label.asksFor,
      hint: form.hint.asksFor(standard.unit),
      initial: values.asksFor,
      optional: true,
      live: true,
    }),
    ...(asked === null
      ? []
      : [context(form.computed(asked, standard.value, standard.unit, deviationOf(asked, standard.value)))]),
  ];
  return [
    ...(asksFor ?? []),
    typing(FIELD.deviation, FIELD_LENGTH.figure, {
      label: label.deviation,
      hint: standard ? `${form.hint.deviation} ${form.hint.deviationComputed}` : form.hint.deviation,
      initial: values.deviation,
      optional: standard !== undefined,
      live: true,
    }),
  ];
}

function factBlocks({ rules, values, locale }: FormModel): KnownBlock[] {
  const { label, form } = wording(locale);
  const category = values.category === null ? undefined : categoryOf(rules, values.category);
  return [
    typing(FIELD.customer, FIELD_LENGTH.customer, {
      label: label.customer,
      initial: values.customer,
      optional: category?.customer === 'optional',
    }),
    typing(FIELD.value, FIELD_LENGTH.figure, {
      label: label.value,
      hint: form.hint.value(rules.currency),
      initial: values.value,
      live: true,
    }),
  ];
}

function textBlocks({ values, locale }: FormModel): KnownBlock[] {
  const { label, form } = wording(locale);
  const long = (id: 'rationale' | 'impact' | 'evidence', optional = false) =>
    typing(FIELD[id], FIELD_LENGTH.text, {
      label: label[id],
      hint: form.hint[id],
      initial: values[id],
      optional,
      element: { multiline: true },
    });
  return [long('rationale'), long('impact'), long('evidence', true)];
}

function choiceBlocks({ rules, values, locale }: FormModel): KnownBlock[] {
  const { label, form, names } = wording(locale);
  const [yes, no] = [option(names.yes, 'yes'), option(names.no, 'no')];
  return [
    choosing(FIELD.category, {
      label: label.category,
      placeholder: form.choose,
      options: rules.categories.map(({ id, name }) => option(name, id)),
      chosen: values.category,
      live: true,
    }),
    choosing(FIELD.severity, {
      label: label.severity,
      placeholder: form.choose,
      options: severities.options.map((severity) => option(names.severity[severity], severity)),
      chosen: values.severity,
    }),
    oneOfTwo(FIELD.alreadyHappened, {
      label: label.alreadyHappened,
      options: [yes, no],
      chosen: values.alreadyHappened ? yes : no,
    }),
    ticking(FIELD.urgent, { label: label.urgent, option: option(form.urgent, 'urgent'), ticked: values.urgent }),
    pickingDay(FIELD.neededBy, { label: label.neededBy, placeholder: form.pickDate, chosen: values.neededBy }),
    pickingPerson(FIELD.beneficiary, {
      label: label.beneficiary,
      hint: form.hint.beneficiary,
      placeholder: form.pickPerson,
      chosen: values.beneficiary,
    }),
  ];
}

/** Where it goes and who reads it, so that nobody learns that only afterwards. */
function routeBlocks({ route, ...model }: FormModel): KnownBlock[] {
  const { form, role } = wording(model.locale);
  const { tier, dueAt } = route;
  if (tier === null) return [context(form.goes.unknown)];
  const first = role(roleOf('validation', tier), model).group;
  const second = role(roleOf('authorization', tier), model).oneOf;
  return [
    context(`${form.goes.toWhom(first, second)} ${whereTo(route, form)}`),
    ...(dueAt ? [context(form.goes.due(date(dueAt)))] : []),
  ];
}

function whereTo({ channel, readers }: FormRoute, { goes }: Wording['form']): string {
  if (channel === null) return goes.direct;
  return readers === null ? goes.channel(channel) : goes.readers(readers, channel);
}
