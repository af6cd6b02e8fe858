/** What was asked for, and what the policy said of it at the time. */
import { OTHER_RULE } from '../../core/events/content.ts';
import { categoryOf, roleOf, ruleOf } from '../../core/policy.ts';
import { type Stage, TIERS, type Tier, type Words } from '../../core/values.ts';
import { tierText } from '../../slack/views/facts.ts';
import { wording } from '../../slack/wording/index.ts';
import { type Html, html } from '../html.ts';
import { drawnOf, type ReportModel } from './model.ts';
import { facts, format, hash, names, quote, section, table, when, who, wrote } from './parts.ts';

const { fact, label } = wording();
const yesNo = (value: boolean): string => (value ? names.yes : names.no);

export function asked(model: ReportModel): Html | null {
  const { state } = model.record;
  const { rules } = model;
  const text = (title: string, words: Words | null) => words && html`<h3>${title}</h3>${quote(model, words)}`;
  const line = (words: Words | null) => words && wrote(model, words);
  const inputs = Object.entries(state.inputs).map(([id, words]) =>
    text(rules.inputs.find((input) => input.id === id)?.name ?? id, words),
  );
  const { asksFor, renews } = state;
  return section('asked', 'What was asked for', [
    facts([
      [fact.requester, who(model, state.requester)],
      [label.beneficiary, state.beneficiary && who(model, state.beneficiary)],
      ['Answers for it now', state.owner === state.requester ? null : who(model, state.owner)],
      [fact.asked, html`${when(model, state.submittedAt)}, ${ORIGIN[state.origin]}`],
      [label.customer, line(state.customer)],
      [
        label.policy,
        state.rule === OTHER_RULE ? line(state.otherRule) : (ruleOf(rules, state.rule)?.name ?? state.rule),
      ],
      [label.category, categoryOf(rules, state.category)?.name ?? state.category],
      [label.component, line(state.component)],
      [label.errorType, line(state.errorType)],
      [fact.asksFor, asksFor && fact.asksForText(asksFor.value, asksFor.standard, asksFor.unit)],
      [label.deviation, state.deviation === null ? fact.notMeasured : format.percent(state.deviation)],
      [label.value, format.money(state.value, state.currency)],
      [fact.severity, names.severity[state.severity]],
      [fact.urgent, yesNo(state.urgent)],
      [fact.alreadyHappened, yesNo(state.alreadyHappened)],
      [label.confidential, yesNo(state.confidential)],
      [fact.neededBy, state.neededBy && format.day(state.neededBy)],
      ['Renews', renews && `EX-${renews.number} (renewal ${renews.times})`],
      ['Asked again after', state.askedBefore === null ? null : `EX-${state.askedBefore}`],
    ]),
    text(label.rationale, state.rationale),
    text(label.impact, state.impact),
    text(label.evidence, state.evidence),
    ...inputs,
  ]);
}

const ORIGIN: Record<ReportModel['record']['state']['origin'], string> = {
  slash_command: 'by the command /exception',
  shortcut: 'by a shortcut',
  message_shortcut: 'from a message',
  home: 'from the Home tab',
  alert: 'by a system’s alert',
};

/** The rule and who could decide: of the version that the request was made under, whatever the policy says today. */
export function policyThen(model: ReportModel): Html | null {
  const { rules, policy, policyFiles } = model;
  const { state } = model.record;
  const rule = ruleOf(rules, state.rule);
  const file = policyFiles.get(policy.version);
  const exposure = state.exposure;
  return section('policy', 'What the policy said', [
    html`<p>Version ${policy.version}, published ${when(model, policy.publishedAt)}${
      file ? html` (<a href="${file}">${file.replace(/^.*\//, '')}</a>)` : null
    }. Its SHA-256 is ${hash(policy.sha256)}, as the event says with which it was published.</p>`,
    rule
      ? html`<h3>${rule.name}</h3><p class="rule">${rule.text}</p>`
      : html`<p>The policy did not list the rule that was to be deviated from.</p>`,
    html`<h3>Who could decide</h3><p>Two different people agree: somebody of ${group(model, 'validation', state.tier)} confirms the details, then
one of the tier authorizes it. Neither may have asked for it.</p>`,
    tiers(model),
    html`<p>Tier: ${tierText(drawnOf(model))}. To be decided by ${when(model, state.dueAt)}.</p>`,
    exposure &&
      html`<p>It counted together with ${exposure.numbers.map((number) => `EX-${number}`).join(', ')}: ${format.percent(
        exposure.deviation,
      )} and ${format.money(exposure.value, state.currency)} in all.</p>`,
  ]);
}

function tiers(model: ReportModel): Html {
  const { rules } = model;
  const { state } = model.record;
  const rows = TIERS.map((tier) => {
    const { from, authority, sla } = rules.tiers[tier];
    const its = tier === state.tier;
    return [
      its ? html`<strong>${names.tier[tier]} (this request)</strong>` : names.tier[tier],
      `from ${format.percent(from)}`,
      authority === null ? 'no limit' : format.money(authority, rules.currency),
      format.duration(sla),
      group(model, 'authorization', tier),
    ];
  });
  return table(['Tier', 'Deviation', 'Authority', 'Time to decide', 'Group'], rows);
}

/** The group that the policy named for a stage when it was asked for. */
function group(model: ReportModel, stage: Stage, tier: Tier): string {
  const role = roleOf(stage, tier);
  const wired = model.wiring.groups[role];
  const listed = Array.isArray(wired) ? wired.map((id) => who(model, id)).join(', ') : wired;
  return `${names.role[role]} (${listed})`;
}
