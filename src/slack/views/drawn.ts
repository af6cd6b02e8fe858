/** What a view is drawn from, and the small questions that all views ask of it. */
import type { KnownBlock } from '@slack/types';
import type { Rules, Wiring } from '../../core/policy.ts';
import { roleOf, ruleOf } from '../../core/policy.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { sameEscalation } from '../../core/request.ts';
import type { Instant, Stage } from '../../core/values.ts';
import type { Ref } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, date, type Inline, type Line, line, mention, said } from '../mrkdwn.ts';
import { type Wording, wording } from '../wording/index.ts';
import type { Message } from './message.ts';

export type Drawn = {
  state: ExceptionRequest;
  /** The rules the request was made under. */
  rules: Rules;
  wiring: Wiring;
  /** Display names by Slack user id; who is absent is shown by a mention. */
  names: Readonly<Record<string, string>>;
  /** Permalink of the card, if posted. */
  permalink?: string | null | undefined;
  locale?: string | undefined;
};
export type { Message };

/** Code points of a customer's name where it is one of several things in a line. */
const CUSTOMER_IN_LINE = 75;

export const wordsOf = ({ locale }: Drawn): Wording => wording(locale);

export const nameOf = ({ names }: Drawn, person: string): Inline => names[person] ?? mention(person);

/** The same for plain text, where no mention can stand. */
export const plainName = ({ names }: Drawn, person: string): string => names[person] ?? person;

export const role = (drawn: Drawn, which: Parameters<Wording['role']>[0]) => wordsOf(drawn).role(which, drawn);
export const whoseTurn = (drawn: Drawn, stage: Stage) => role(drawn, roleOf(stage, drawn.state.tier));

export const ruleName = ({ rules, state }: Drawn): string => ruleOf(rules, state.rule)?.name ?? state.rule;

/** @param limit in code points */
export const customerOf = (drawn: Drawn, limit: number = CUSTOMER_IN_LINE): string | null =>
  drawn.state.customer && truncate(said(drawn.state.customer, wordsOf(drawn).names.removed), limit);

/** `ACME, Refund window` */
export const subjectOf = (drawn: Drawn): string =>
  [customerOf(drawn), ruleName(drawn)].filter((part) => part !== null).join(', ');

/** `50 %`, or that it cannot be told. */
export function deviationText(drawn: Drawn): string {
  const { format, fact } = wordsOf(drawn);
  return drawn.state.deviation === null ? fact.unmeasured : format.percent(drawn.state.deviation);
}

/** `ACME, Refund window, 50 %, $12,500` */
export function summaryOf(drawn: Drawn): string {
  const { format } = wordsOf(drawn);
  const { value, currency } = drawn.state;
  return `${subjectOf(drawn)}, ${deviationText(drawn)}, ${format.money(value, currency)}`;
}

/** Whether the deadline passed undecided; known by the escalation it raised, since a view has no clock. */
export const missedDeadline = ({ state }: Pick<Drawn, 'state'>): boolean =>
  state.escalations.some((e) => sameEscalation(e, { kind: 'sla_breached', deadline: state.dueAt }));

export const marksOf = (drawn: Drawn) => ({ urgent: drawn.state.urgent, overdue: missedDeadline(drawn) });

/** `waiting for operations, decide by …`, `approved by …` */
export function stateLine(drawn: Drawn): Line {
  const { state } = drawn;
  const { stateText } = wordsOf(drawn);
  if (state.status !== 'in_review') return stateText.over(state.status, nameOf(drawn, state.by), date(state.at));
  const say = missedDeadline(drawn) ? stateText.overdue : stateText.waiting;
  return say(state.stage, state.tier, date(state.dueAt));
}

const writer = (drawn: Drawn) => (at: Instant) => wordsOf(drawn).format.time(at, drawn.wiring.zone);

const messageOf = (drawn: Drawn, sentence: Line, blocks: KnownBlock[]): Message => ({
  text: truncate(asText(sentence, writer(drawn)), LIMIT.messageText),
  blocks,
});

/** A message whose `text` says the headline, then which request it is about and how it stands. */
export const message = (drawn: Drawn, headline: Line | string, blocks: KnownBlock[]): Message =>
  messageOf(drawn, line`${headline} ${summaryOf(drawn)}, ${stateLine(drawn)}.`, blocks);

/** The same where the headline itself says how it stands, and by when. */
export const messageInShort = (drawn: Drawn, headline: Line, blocks: KnownBlock[]): Message =>
  messageOf(drawn, line`${headline} ${summaryOf(drawn)}.`, blocks);

/** What a button about the request carries: round and stage it was drawn at. */
export const refOf = ({ state }: Drawn): Ref => ({
  v: 1,
  n: state.number,
  r: state.round,
  s: state.status === 'in_review' ? state.stage : null,
});
