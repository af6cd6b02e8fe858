/** What an edit or a correction changed: in a few words each, or with what was written before and after. */
import type { KnownBlock } from '@slack/types';
import type { Change } from '../../core/events/content.ts';
import { OTHER_RULE } from '../../core/events/content.ts';
import { categoryOf, ruleOf } from '../../core/policy.ts';
import { severity } from '../../core/values.ts';
import { truncate } from '../limits.ts';
import { line, said } from '../mrkdwn.ts';
import { context, says, saysAndQuotes } from './blocks.ts';
import { type Drawn, isVeiled, wordsOf } from './drawn.ts';

type Value = Change['before'];
const isText = (value: Value) => value !== null && typeof value === 'object';
const INPUT = 'inputs.';

/** Fields whose text is as short as a figure. */
const LINES = ['customer', 'component', 'errorType', 'otherRule'];
/** Code points of a short text, and of a longer one that is quoted. */
const IN_LINE = 40;
const IN_QUOTE = 200;
/** Further ones are counted. */
const BRIEF = 4;
const QUOTED = 4;

/** `value`, or the name of an input that the policy asks for. */
export function fieldName(drawn: Drawn, field: string): string {
  const input = field.startsWith(INPUT) ? field.slice(INPUT.length) : null;
  if (input === null) return wordsOf(drawn).changes.field(field);
  return drawn.rules.inputs.find(({ id }) => id === input)?.name ?? input;
}

/** What a field says, texts cut short. */
export function shownValue(drawn: Drawn, field: string, value: Value): string {
  const { changes, format, names } = wordsOf(drawn);
  if (value === null) return field === 'deviation' ? wordsOf(drawn).fact.unmeasured : changes.nothing;
  if (typeof value === 'object') return truncate(said(value, names.removed), IN_LINE);
  switch (field) {
    case 'value':
      return format.money(value, drawn.state.currency);
    case 'deviation':
      return format.percent(value);
    case 'rule':
      return value === OTHER_RULE ? names.otherRule(null) : (ruleOf(drawn.rules, value)?.name ?? value);
    case 'category':
      return categoryOf(drawn.rules, value)?.name ?? value;
    case 'severity':
      return severity.safeParse(value).success ? names.severity[severity.parse(value)].toLowerCase() : value;
    case 'neededBy':
      return format.day(value);
    default:
      return value;
  }
}

/** `value $9,000 → $12,500`, `rationale rewritten` */
export function changeBriefly(drawn: Drawn, { field, before, after }: Change): string {
  const { changes } = wordsOf(drawn);
  const name = fieldName(drawn, field);
  const long = (isText(before) || isText(after)) && !LINES.includes(field);
  if (!long) return changes.brief(name, shownValue(drawn, field, before), shownValue(drawn, field, after));
  if (before === null) return changes.added(name);
  return after === null ? changes.removed(name) : changes.rewritten(name);
}

/** The first of them in a few words each. */
export function changesBriefly(drawn: Drawn, all: Change[]): string[] {
  const left = all.length - BRIEF;
  const brief = all.slice(0, BRIEF).map((change) => changeBriefly(drawn, change));
  return left > 0 ? [...brief, wordsOf(drawn).changes.more(left)] : brief;
}

/** Several edits as one: what a field said first and says last. */
export function netChanges(edits: readonly { changes: Change[] }[]): Change[] {
  const net = new Map<string, Change>();
  for (const change of edits.flatMap(({ changes }) => changes)) {
    const before = net.get(change.field)?.before ?? change.before;
    net.set(change.field, net.has(change.field) ? { ...change, before } : change);
  }
  return [...net.values()].filter(({ before, after }) => keyOf(before) !== keyOf(after));
}
const keyOf = (value: Value) => (value && typeof value === 'object' ? value.content : value);

/** Each with what it said before and says now, longer texts as quotes; nothing of a confidential request. */
export function changesInFull(drawn: Drawn, all: Change[]): KnownBlock[] {
  if (isVeiled(drawn)) return [];
  const { changes } = wordsOf(drawn);
  const long = all.filter(({ field, before, after }) => (isText(before) || isText(after)) && !LINES.includes(field));
  const brief = all.filter((change) => !long.includes(change)).map((change) => changeBriefly(drawn, change));
  const left = long.length - QUOTED;
  return [
    ...(brief.length > 0 ? [says(line`${brief.join('\n')}`)] : []),
    ...long.slice(0, QUOTED).flatMap((change) => sideBySide(drawn, change)),
    ...(left > 0 ? [context(changes.more(left))] : []),
  ];
}

function sideBySide(drawn: Drawn, { field, before, after }: Change): KnownBlock[] {
  const { changes, names } = wordsOf(drawn);
  const name = fieldName(drawn, field);
  const text = (value: Value) => {
    if (value === null) return changes.nothing;
    return truncate(typeof value === 'object' ? said(value, names.removed) : value, IN_QUOTE);
  };
  return [
    saysAndQuotes(line`${changes.before(name)}`, text(before)),
    saysAndQuotes(line`${changes.after(name)}`, text(after)),
  ];
}
