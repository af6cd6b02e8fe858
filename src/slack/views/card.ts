/** The approval card: drawn whole from the state, working while in review and short once decided. */
import type { ActionsBlock, ContextBlock, KnownBlock, Option, RichTextBlock } from '@slack/types';
import { approvalOf, openQuestion } from '../../core/request.ts';
import { ACTION, encode } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { asText, date, line, link } from '../mrkdwn.ts';
import { actions, button, context, facts, header, plain, says, section } from './blocks.ts';
import {
  type Drawn,
  type Message,
  marksOf,
  message,
  missedDeadline,
  nameOf,
  plainName,
  refOf,
  subjectOf,
  summaryOf,
  whoseTurn,
  wordsOf,
} from './drawn.ts';
import { cardFacts } from './facts.ts';
import { QUOTE, quotedShort } from './quotes.ts';

export function approvalCard(drawn: Drawn): Message {
  const { state } = drawn;
  const { card, names } = wordsOf(drawn);
  if (state.status !== 'in_review')
    return message(drawn, `${names.status[state.status]}: EX-${state.number}.`, decidedBlocks(drawn));
  const marks = marksOf(drawn);
  return message(drawn, card.headline(state.number, state.stage, marks), [
    header(card.header(state.number, state.stage, state.tier, marks)),
    ...requestBlocks(drawn, 'cutShort'),
    decisionButtons(drawn, 'details'),
    context(card.onlyButtons),
  ]);
}

/** The card's content between its header and its buttons. */
export function requestBlocks(drawn: Drawn, rest: 'cutShort' | 'cutShortOpen'): KnownBlock[] {
  const { state } = drawn;
  return [
    asks(drawn),
    ...facts(cardFacts(drawn)),
    ...quotedShort(drawn, state.rationale, QUOTE.card, rest),
    ...notes(drawn),
    ...progress(drawn),
  ];
}

/** Who asks, for whom, and what about. */
export function asks(drawn: Drawn): RichTextBlock {
  const { requester, beneficiary } = drawn.state;
  const forWhom = beneficiary === null ? null : nameOf(drawn, beneficiary);
  return says(wordsOf(drawn).card.asks(nameOf(drawn, requester), forWhom, subjectOf(drawn)));
}

export function notes(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { card } = wordsOf(drawn);
  const all = [
    ...(state.alreadyHappened ? [card.notes.alreadyHappened] : []),
    ...(openQuestion(state) ? [card.notes.unanswered] : []),
    ...(state.conflicted.length > 0
      ? [card.notes.conflicted(state.conflicted.map((person) => plainName(drawn, person)))]
      : []),
  ];
  return all.length > 0 ? [section(card.note(all))] : [];
}

/** Both stages: by whom and when, or whose turn it is. */
export function progress(drawn: Drawn): ContextBlock[] {
  const { state } = drawn;
  const { card } = wordsOf(drawn);
  const confirmed = approvalOf(state, 'validation');
  const authorized = approvalOf(state, 'authorization');
  const authorizers = whoseTurn(drawn, 'authorization');
  if (state.status === 'rejected') {
    const say = state.stage === 'validation' ? card.rejectedDetails : card.authorization.rejected;
    const rejected = context(say(nameOf(drawn, state.by), date(state.at)));
    return [...(confirmed ? [detailsConfirmed(drawn, confirmed)] : []), rejected];
  }
  if (state.status === 'withdrawn') {
    const withdrawn = context(card.withdrawn(nameOf(drawn, state.by), date(state.at)));
    return [...(confirmed ? [detailsConfirmed(drawn, confirmed)] : []), withdrawn];
  }
  if (!confirmed)
    return [
      context(card.waiting.validation(whoseTurn(drawn, 'validation'))),
      context(card.authorization.next(authorizers)),
    ];
  const second = authorized
    ? card.authorization.done(nameOf(drawn, authorized.by), date(authorized.at))
    : line`${card.authorization.now(authorizers)}`;
  return [detailsConfirmed(drawn, confirmed), context(second)];
}

const detailsConfirmed = (drawn: Drawn, { by, at }: { by: string; at: string }) =>
  context(wordsOf(drawn).card.confirmed(nameOf(drawn, by), date(at)));

function decidedBlocks(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { button: name, card, ex, names } = wordsOf(drawn);
  return [
    section(`${ex(state.number)} · ${names.status[state.status]} · ${summaryOf(drawn)}`),
    ...progress(drawn),
    ...(missedDeadline(drawn) ? [context(card.late(date(state.dueAt)))] : []),
    actions(idOf(drawn, 'decided'), [button(ACTION.details, name.details, encode(refOf(drawn)))]),
  ];
}

/** New at every round and stage, so that Slack never shows a click on the stage before as still going on. */
export function idOf({ state }: Drawn, what: string): string {
  return `${what}-${state.number}-${state.round}-${state.status === 'in_review' ? state.stage : state.status}`;
}

/** Everything that whoever's turn it is can do; the last button opens the state as it is now. */
export function decisionButtons(drawn: Drawn, last: 'details' | 'open'): ActionsBlock {
  const { button: name } = wordsOf(drawn);
  const ref = refOf(drawn);
  const value = encode(ref);
  const conflict: Option = {
    text: plain(name.conflict, LIMIT.optionText),
    value: encode({ action: ACTION.conflict, ref }),
  };
  return actions(idOf(drawn, 'decide'), [
    button(ACTION.approve, name.approve, value, 'primary'),
    button(ACTION.reject, name.reject, value, 'danger'),
    button(ACTION.requestInfo, name.requestInfo, value),
    button(ACTION[last], name[last], value),
    { type: 'overflow', action_id: ACTION.more, options: [conflict] },
  ]);
}

/** What remains of a card that was left behind when the request moved to another channel. */
export function cardStub(drawn: Drawn, newCardPermalink: string | null): Message {
  const { card } = wordsOf(drawn);
  const moved = card.moved(drawn.state.number);
  const sentence = newCardPermalink ? line`${moved} ${link(newCardPermalink, card.movedLink)}` : line`${moved}`;
  return { text: asText(sentence, (at) => at), blocks: [says(sentence)] };
}
