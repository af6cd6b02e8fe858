/** What a view is drawn from, and the small questions that all views ask of it. */
import type { KnownBlock } from '@slack/types';
import { OTHER_RULE } from '../../core/events/content.ts';
import { type Rules, roleOf, ruleOf, type Wiring } from '../../core/policy.ts';
import type { RenewedBy } from '../../core/renewing.ts';
import {
  type Approval,
  type Approved,
  approvalOf,
  type ExceptionRequest,
  needsTier,
  openHolds,
  sameEscalation,
} from '../../core/request.ts';
import type { Instant, Stage } from '../../core/values.ts';
import type { Ref } from '../carried.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, date, type Inline, type Line, line, mention, said } from '../mrkdwn.ts';
import type { Marks } from '../wording/en/card.ts';
import { type Wording, wording } from '../wording/index.ts';
import type { Message } from './message.ts';
import { fitted } from './room.ts';

export type Drawn = {
  state: ExceptionRequest;
  /** The rules the request was made under. */
  rules: Rules;
  wiring: Wiring;
  /** Display names by Slack user id; who is absent is shown by a mention. */
  names: Readonly<Record<string, string>>;
  /** What renews it, and how often the policy lets it be renewed now. */
  renewing?: { by: RenewedBy | null; allowed: number } | undefined;
  /** Permalink of the card, if posted. */
  permalink?: string | null | undefined;
  locale?: string | undefined;
  /** Who is away of those whose turn it would be, until when, and who decides for them. */
  away?: readonly AwayPerson[] | undefined;
  /** Only those who may see the request get to open a modal, so there a confidential one shows what it says. */
  inModal?: boolean | undefined;
};
export type { Message };

type AwayPerson = { person: string; until: Instant; standIn: string | null };

/** Whether nothing is shown of what a confidential request says: number, tier, deadline and progress remain. */
export const isVeiled = ({ state, inModal }: Pick<Drawn, 'state' | 'inModal'>): boolean =>
  state.confidential && !inModal;

/** The same for a modal. */
export const unveiled = <D extends Drawn>(drawn: D): D => ({ ...drawn, inModal: true });

/** Code points of a customer's name where it is one of several things in a line. */
const CUSTOMER_IN_LINE = 75;

export const wordsOf = ({ locale }: Drawn): Wording => wording(locale);

/** Whoever asked, or answers for it: who that is tells much of a confidential request. */
const isAsking = ({ requester, beneficiary, owner, handovers }: ExceptionRequest, person: string): boolean =>
  [requester, beneficiary, owner, ...handovers.map(({ from }) => from)].includes(person);
const isHidden = (drawn: Drawn, person: string): boolean => isVeiled(drawn) && isAsking(drawn.state, person);

export const nameOf = (drawn: Drawn, person: string): Inline =>
  isHidden(drawn, person) ? wordsOf(drawn).names.theRequester : (drawn.names[person] ?? mention(person));

/** Who decided, and for whom where they stood in for somebody: `Tom for Bea`. */
export const decidedBy = (drawn: Drawn, { by, authority }: Pick<Approval, 'by' | 'authority'>): Inline => {
  const { onBehalfOf } = authority;
  if (onBehalfOf === null) return nameOf(drawn, by);
  return wordsOf(drawn).names.inPlaceOf(plainName(drawn, by), plainName(drawn, onBehalfOf));
};

/** As many of those who are away are named. */
const AWAY = 5;

/** `Away: Bea until …`; nothing where everybody is there. */
export function awayLine(drawn: Drawn): Line | null {
  const { away: say } = wordsOf(drawn);
  const named = (drawn.away ?? []).slice(0, AWAY).flatMap(({ person, until, standIn }, i): Line => {
    const one = say.awayUntil(nameOf(drawn, person), date(until), standIn && nameOf(drawn, standIn));
    return [...(i > 0 ? ['; '] : []), ...one];
  });
  return named.length > 0 ? say.awayLine(named) : null;
}

/** The same at the beginning of a sentence. */
export const nameFirst = (drawn: Drawn, person: string): Inline =>
  isHidden(drawn, person) ? wordsOf(drawn).names.theRequesterFirst : nameOf(drawn, person);

/** The same for plain text, where no mention can stand. */
export const plainName = (drawn: Drawn, person: string): string =>
  isHidden(drawn, person) ? wordsOf(drawn).names.theRequester : (drawn.names[person] ?? person);

export const role = (drawn: Drawn, which: Parameters<Wording['role']>[0]) => wordsOf(drawn).role(which, drawn);
export const whoseTurn = (drawn: Drawn, stage: Stage) => role(drawn, roleOf(stage, drawn.state.tier));

export function ruleName(drawn: Drawn): string {
  const { rules, state } = drawn;
  if (state.rule !== OTHER_RULE) return ruleOf(rules, state.rule)?.name ?? state.rule;
  const { names } = wordsOf(drawn);
  return names.otherRule(state.otherRule && truncate(said(state.otherRule, names.removed), CUSTOMER_IN_LINE));
}

/** @param limit in code points */
export const customerOf = (drawn: Drawn, limit: number = CUSTOMER_IN_LINE): string | null =>
  drawn.state.customer && truncate(said(drawn.state.customer, wordsOf(drawn).names.removed), limit);

/** `ACME, Refund window`; of a confidential request that it is one. */
export const subjectOf = (drawn: Drawn): string =>
  isVeiled(drawn)
    ? wordsOf(drawn).names.confidential
    : [customerOf(drawn), ruleName(drawn)].filter((part) => part !== null).join(', ');

/** `50 %`, or that it cannot be told. */
export function deviationText(drawn: Drawn): string {
  const { format, fact } = wordsOf(drawn);
  return drawn.state.deviation === null ? fact.unmeasured : format.percent(drawn.state.deviation);
}

/** `ACME, Refund window, 50 %, $12,500`; of a confidential request only the tier. */
export function summaryOf(drawn: Drawn): string {
  const { format, names } = wordsOf(drawn);
  if (isVeiled(drawn)) return `${subjectOf(drawn)}, ${names.tier[drawn.state.tier].toLowerCase()}`;
  const { value, currency } = drawn.state;
  return `${subjectOf(drawn)}, ${deviationText(drawn)}, ${format.money(value, currency)}`;
}

/** Whether the deadline passed undecided; known by the escalation it raised, since a view has no clock. */
export const missedDeadline = ({ state }: Pick<Drawn, 'state'>): boolean =>
  state.escalations.some((e) => sameEscalation(e, { kind: 'sla_breached', deadline: state.dueAt }));

export const marksOf = (drawn: Drawn): Marks => {
  const { state } = drawn;
  return {
    urgent: state.urgent && !isVeiled(drawn),
    overdue: missedDeadline(drawn),
    expedited: state.expedited !== null,
    complaint: state.complaints.length > 0,
    onHold: openHolds(state).length > 0,
    returned: state.status === 'in_review' && state.returned !== null,
    noTier: state.status === 'in_review' && needsTier(state),
  };
};

type Over = Exclude<ExceptionRequest, { status: 'in_review' }>;
/** Whose act ended the review. */
export function endedBy(drawn: Drawn, state: Over): Inline {
  const decision = state.status === 'rejected' ? state.rejection : approvalOf(state, 'authorization');
  return decision && decision.by === state.by ? decidedBy(drawn, decision) : nameOf(drawn, state.by);
}

/** `waiting for operations, decide by …`, `approved by …` */
export function stateLine(drawn: Drawn): Line {
  const { state } = drawn;
  const { stateText } = wordsOf(drawn);
  if (state.status === 'approved') return line`${approvedLine(drawn, state)}${howLong(drawn, state)}`;
  if (state.status !== 'in_review') return stateText.over(state.status, endedBy(drawn, state), date(state.at));
  const due = date(state.dueAt);
  if (missedDeadline(drawn)) return stateText.overdue(state.stage, state.tier, due);
  if (state.returned) return stateText.returned(due);
  return openHolds(state).length > 0 ? stateText.onHold(due) : stateText.waiting(state.stage, state.tier, due);
}

function approvedLine(drawn: Drawn, state: Approved): Line {
  const { at, closure } = state;
  const { stateText } = wordsOf(drawn);
  return closure
    ? stateText.closed(nameOf(drawn, closure.by), date(closure.at))
    : stateText.over('approved', endedBy(drawn, state), date(at));
}

/** `, good until 3 Mar 2027`, `, revoked by …` */
function howLong(drawn: Drawn, { ended, validity, at }: Approved): Line {
  const { endings } = wordsOf(drawn);
  if (ended) return line`, ${endings.endedAs[ended.how](date(ended.at), nameOf(drawn, ended.by))}`;
  return validity ? line`, ${endings.goodFor(validity, at)}` : line``;
}

/** `Approved`, `Lapsed` */
export function statusName(drawn: Drawn): string {
  const { state } = drawn;
  const { names, endings } = wordsOf(drawn);
  return state.status === 'approved' && state.ended ? endings.status[state.ended.how] : names.status[state.status];
}

const writer = (drawn: Drawn) => (at: Instant) => wordsOf(drawn).format.time(at, drawn.wiring.zone);

const messageOf = (drawn: Drawn, sentence: Line, blocks: KnownBlock[]): Message => ({
  text: truncate(asText(sentence, writer(drawn)), LIMIT.messageText),
  blocks: fitted(blocks),
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
