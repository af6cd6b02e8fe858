/** The facts of a request as fields: the few of a card, and all that an approval is given to. */
import type { TextObject } from '@slack/types';
import { unmeasured } from '../../core/events/content.ts';
import { categoryOf, tierByDeviation } from '../../core/policy.ts';
import { needsTier } from '../../core/request.ts';
import { stillSince } from '../../core/sla.ts';
import { TIERS, type Words } from '../../core/values.ts';
import { LIMIT } from '../limits.ts';
import { date, type Line, line, said } from '../mrkdwn.ts';
import { field, typedField } from './blocks.ts';
import {
  customerOf,
  type Drawn,
  deviationText,
  isVeiled,
  missedDeadline,
  plainName,
  ruleName,
  wordsOf,
} from './drawn.ts';

/** `Executive, since the deviation is 50 % or more` */
export function tierText(drawn: Drawn): string {
  const { rules, state } = drawn;
  const { tierBecause, format, names } = wordsOf(drawn);
  const { tier, exposure } = state;
  if (needsTier(state)) return tierBecause.unpicked;
  // Why it is this tier would tell how far it deviates, or what it is worth.
  if (isVeiled(drawn)) return names.tier[tier];
  const below = TIERS[TIERS.indexOf(tier) - 1];
  const limit = below && rules.tiers[below].authority;
  if (tier !== state.tierByDeviation && below && limit)
    return tierBecause.authorityExceeded(tier, below, format.money(limit, state.currency));
  if (unmeasured(state) && state.tierPicked) return tierBecause.picked(tier);
  if (exposure && tierByDeviation(rules, state.deviation) !== state.tierByDeviation)
    return tierBecause.together(tier, exposure.deviation);
  return tier === 'team_lead'
    ? tierBecause.below(tier, rules.tiers.manager.from)
    : tierBecause.from(tier, rules.tiers[tier].from);
}

function deadline(drawn: Drawn): TextObject {
  const { fact } = wordsOf(drawn);
  const at = date(drawn.state.dueAt);
  if (drawn.state.status !== 'in_review') return field(fact.wasDueBy, [at]);
  if (missedDeadline(drawn)) return field(fact.decideBy, fact.overdue(at));
  return field(fact.decideBy, stillSince(drawn.state) ? fact.still(at) : [at]);
}

const asksFor = (drawn: Drawn): TextObject[] => {
  const { fact } = wordsOf(drawn);
  const asked = drawn.state.asksFor;
  return asked ? [field(fact.asksFor, fact.asksForText(asked.value, asked.standard, asked.unit))] : [];
};

const neededBy = (drawn: Drawn): TextObject[] => {
  const { fact, format } = wordsOf(drawn);
  return drawn.state.neededBy ? [field(fact.neededBy, format.day(drawn.state.neededBy))] : [];
};

/** What a card shows beside policy and customer. */
export function cardFacts(drawn: Drawn): TextObject[] {
  const { state } = drawn;
  const { fact, format, names } = wordsOf(drawn);
  if (isVeiled(drawn)) return [deadline(drawn), field(fact.tier, tierText(drawn))];
  return [
    ...asksFor(drawn),
    field(fact.deviation, state.deviation === null ? fact.notMeasured : deviationText(drawn)),
    field(fact.value, format.money(state.value, state.currency)),
    deadline(drawn),
    field(fact.tier, tierText(drawn)),
    ...neededBy(drawn),
    ...(state.severity === 'minor' ? [] : [field(fact.severity, names.severity[state.severity])]),
  ];
}

/** What else is known of it, longer texts apart. */
export function otherFacts(drawn: Drawn): TextObject[] {
  const { state, rules } = drawn;
  const { fact, label, names, endings } = wordsOf(drawn);
  const customer = customerOf(drawn, LIMIT.fieldText);
  const typedLine = (title: string, words: Words | null) =>
    words ? [typedField(title, said(words, names.removed))] : [];
  const yesNo = (value: boolean): Line => line`${value ? names.yes : names.no}`;
  return [
    typedField(fact.requester, plainName(drawn, state.requester)),
    ...(state.beneficiary ? [typedField(label.beneficiary, plainName(drawn, state.beneficiary))] : []),
    ...(customer === null ? [] : [typedField(label.customer, customer)]),
    typedField(label.policy, ruleName(drawn)),
    typedField(label.category, categoryOf(rules, state.category)?.name ?? state.category),
    ...typedLine(label.component, state.component),
    ...typedLine(label.errorType, state.errorType),
    ...(state.severity === 'minor' ? [field(fact.severity, names.severity.minor)] : []),
    field(fact.urgent, yesNo(state.urgent)),
    field(fact.alreadyHappened, yesNo(state.alreadyHappened)),
    ...(state.confidential ? [field(label.confidential, yesNo(true))] : []),
    field(fact.asked, [date(state.submittedAt)]),
    ...(state.renews && state.status !== 'approved'
      ? [field(fact.renewal, endings.renews(state.renews.number, state.renews.times))]
      : []),
  ];
}
