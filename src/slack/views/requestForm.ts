/** The modal in which an exception is asked for. Block ids stay the same across updates, so nothing typed is lost. */
import type { KnownBlock, ModalView } from '@slack/types';
import { OTHER_RULE } from '../../core/events/content.ts';
import { LONGEST_CUSTOMER, LONGEST_LINE, type Typed } from '../../core/form.ts';
import { categoryOf, deviationOf, type PolicyRule, type Rules, ruleOf } from '../../core/policy.ts';
import { severity as severities } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { FIELD, VIEW } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { type Wording, wording } from '../wording/index.ts';
import { context, modal, section } from './blocks.ts';
import { formHead } from './formHead.ts';
import { categoryInputs, confidentialBlocks, fileBlocks, neededIn } from './formInputs.ts';
import type { FormModel } from './formModel.ts';
import { formRoute } from './formRoute.ts';
import { choosing, live, oneOfTwo, option, pickingDay, pickingPerson, ticking, typing } from './inputs.ts';

/** Code points of the short fields. */
const FIELD_LENGTH = { figure: 40, customer: LONGEST_CUSTOMER, text: LIMIT.inputLength } as const;

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
  const { amending, meta } = model;
  const view = modal({
    callback: VIEW.request,
    title: amending ? (amending.returned ? form.amend.titleReturned : form.amend.title) : form.title,
    submit: amending ? form.amend.submit : form.submit,
    close: form.close,
    metadata: encode(meta),
    blocks: [...formHead(model), ...fields(model), ...formRoute(model)].map((block) => asField(block, model)),
  });
  // Of a new request, what is typed is kept, and closing the form says so.
  return amending ? view : { ...view, notify_on_close: true };
}

/** The contract's order: what and how far, for whom, why, and last what is mostly left alone. */
const fields = (model: FormModel): KnownBlock[] => [
  ...policyBlocks(model),
  ...factBlocks(model),
  ...textBlocks(model),
  ...fileBlocks(model),
  ...classBlocks(model),
  ...choiceBlocks(model),
];

/** Changes after which the form says anew what the policy allows, where the request goes and who reads it. */
export const FOLLOWED: readonly string[] = [
  ...[FIELD.policy, FIELD.category, FIELD.asksFor, FIELD.deviation, FIELD.unmeasured, FIELD.value],
  FIELD.confidential,
];

/** Of a new request everything is told as it is typed, so that it is kept; else only what changes the form. */
function asField(block: KnownBlock, { meta, amending, rules }: FormModel): KnownBlock {
  if (block.type !== 'input') return block;
  const id = block.block_id ?? '';
  const followed = FOLLOWED.includes(id) || (id === FIELD.customer && rules.splitting !== undefined);
  const told = amending && !followed ? block : live(block);
  return meta.pass ? { ...told, block_id: `${id}~${meta.pass}` } : told;
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
      options: [...rules.policies.map(({ id, name }) => option(name, id)), option(form.otherRule, OTHER_RULE)],
      chosen: values.policy,
    }),
    ...(rule ? ruleText(rule, words) : []),
    ...(values.policy === OTHER_RULE ? otherRule(model, words) : []),
    ...askBlocks(model, rule, words),
  ];
}

const ruleText = ({ text, standard }: PolicyRule, { form }: Wording): KnownBlock[] => [
  section(text),
  ...(standard ? [context(form.policyAllows(standard.value, standard.unit))] : []),
];

const otherRule = ({ values }: FormModel, { label, form }: Wording): KnownBlock[] => [
  context(form.otherRuleText),
  typing(FIELD.otherRule, LONGEST_LINE, {
    label: label.otherRule,
    hint: form.hint.otherRule,
    initial: values.otherRule,
  }),
];

function askBlocks({ values, asked }: FormModel, rule: PolicyRule | undefined, { label, form }: Wording): KnownBlock[] {
  const standard = rule?.standard;
  const asksFor = standard && [
    typing(FIELD.asksFor, FIELD_LENGTH.figure, {
      label: label.asksFor,
      hint: form.hint.asksFor(standard.unit),
      initial: values.asksFor,
      optional: true,
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
      optional: standard !== undefined || values.unmeasured || values.policy === OTHER_RULE,
    }),
    ticking(FIELD.unmeasured, {
      label: label.unmeasured,
      hint: form.hint.unmeasured,
      option: option(form.unmeasured, 'unmeasured'),
      ticked: values.unmeasured,
    }),
  ];
}

function factBlocks(model: FormModel): KnownBlock[] {
  const { rules, values } = model;
  const { label, form } = wording(model.locale);
  const category = values.category === null ? undefined : categoryOf(rules, values.category);
  return [
    typing(FIELD.customer, FIELD_LENGTH.customer, {
      label: label.customer,
      hint: neededIn(model, 'customer').trim(),
      initial: values.customer,
      optional: category?.customer === 'optional',
    }),
    typing(FIELD.value, FIELD_LENGTH.figure, {
      label: label.value,
      hint: form.hint.value(rules.currency),
      initial: values.value,
    }),
  ];
}

function textBlocks(model: FormModel): KnownBlock[] {
  const { values, meta } = model;
  const { label, form } = wording(model.locale);
  const long = (id: 'rationale' | 'impact' | 'evidence', optional = false) =>
    typing(FIELD[id], FIELD_LENGTH.text, {
      label: label[id],
      hint: `${form.hint[id]}${neededIn(model, id)}`,
      initial: values[id],
      optional,
      element: { multiline: true },
    });
  const quoted = meta.origin === 'message_shortcut' ? [context(form.fromMessage)] : [];
  return [long('rationale'), long('impact'), long('evidence', true), ...quoted];
}

function classBlocks(model: FormModel): KnownBlock[] {
  const { rules, values } = model;
  const { label, form, names } = wording(model.locale);
  return [
    choosing(FIELD.category, {
      label: label.category,
      placeholder: form.choose,
      options: rules.categories.map(({ id, name }) => option(name, id)),
      chosen: values.category,
    }),
    ...categoryInputs(model),
    choosing(FIELD.severity, {
      label: label.severity,
      placeholder: form.choose,
      options: severities.options.map((severity) => option(names.severity[severity], severity)),
      chosen: values.severity,
    }),
  ];
}

function choiceBlocks(model: FormModel): KnownBlock[] {
  const { values, amending } = model;
  const { label, form, names } = wording(model.locale);
  const [yes, no] = [option(names.yes, 'yes'), option(names.no, 'no')];
  const line = (id: 'component' | 'errorType', hint?: string) =>
    typing(FIELD[id], LONGEST_LINE, {
      label: label[id],
      initial: values[id],
      optional: true,
      ...(hint ? { hint } : {}),
    });
  return [
    oneOfTwo(FIELD.alreadyHappened, {
      label: label.alreadyHappened,
      options: [yes, no],
      chosen: values.alreadyHappened ? yes : no,
    }),
    ticking(FIELD.urgent, { label: label.urgent, option: option(form.urgent, 'urgent'), ticked: values.urgent }),
    pickingDay(FIELD.neededBy, { label: label.neededBy, placeholder: form.pickDate, chosen: values.neededBy }),
    ...(amending ? [] : [beneficiary(model)]),
    line('component'),
    line('errorType', form.hint.errorType),
    ...confidentialBlocks(model),
  ];
}

function beneficiary({ values, locale }: FormModel): KnownBlock {
  const { label, form } = wording(locale);
  return pickingPerson(FIELD.beneficiary, {
    label: label.beneficiary,
    hint: form.hint.beneficiary,
    placeholder: form.pickPerson,
    chosen: values.beneficiary,
  });
}
