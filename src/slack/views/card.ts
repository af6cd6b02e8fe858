/** The approval card: drawn whole from the state, working while in review and short once decided. */
import type { ActionsBlock, Button, KnownBlock, PlainTextOption, RichTextBlock } from '@slack/types';
import { needsTier, openHolds } from '../../core/request.ts';
import { type Choice, encode } from '../carried.ts';
import { ACTION, type DeedName } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { date, line } from '../mrkdwn.ts';
import { actions, button, context, facts, header, plain, says, section } from './blocks.ts';
import {
  type Drawn,
  isVeiled,
  type Message,
  marksOf,
  message,
  missedDeadline,
  nameFirst,
  nameOf,
  refOf,
  statusName,
  subjectOf,
  summaryOf,
  wordsOf,
} from './drawn.ts';
import { cardFacts } from './facts.ts';
import { erased, notes, snapshotFacts, standstill } from './notes.ts';
import { conditions, progress } from './progress.ts';
import { QUOTE, quotedShort } from './quotes.ts';

export function approvalCard(drawn: Drawn): Message {
  const { state } = drawn;
  const { card } = wordsOf(drawn);
  if (state.status !== 'in_review')
    return message(drawn, `${statusName(drawn)}: EX-${state.number}.`, decidedBlocks(drawn));
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
    isVeiled(drawn) ? says(line`${wordsOf(drawn).card.confidential}`) : asks(drawn),
    ...facts(cardFacts(drawn)),
    ...quotedShort(drawn, state.rationale, QUOTE.card, rest),
    ...snapshotFacts(drawn),
    ...standstill(drawn),
    ...notes(drawn),
    ...conditions(drawn),
    ...progress(drawn),
  ];
}

/** Who asks, for whom, and what about. */
export function asks(drawn: Drawn): RichTextBlock {
  const { requester, beneficiary } = drawn.state;
  const forWhom = beneficiary === null ? null : nameOf(drawn, beneficiary);
  return says(wordsOf(drawn).card.asks(nameFirst(drawn, requester), forWhom, subjectOf(drawn)));
}

function decidedBlocks(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { button: name, card, ex } = wordsOf(drawn);
  return [
    section(`${ex(state.number)} · ${statusName(drawn)} · ${summaryOf(drawn)}`),
    ...conditions(drawn),
    ...progress(drawn),
    ...(missedDeadline(drawn) ? [context(card.late(date(state.dueAt)))] : []),
    ...erased(drawn),
    actions(idOf(drawn, 'decided'), [button(ACTION.details, name.details, encode(refOf(drawn)))]),
  ];
}

/** New at every round and stage, so that Slack never shows a click on the stage before as still going on. */
export function idOf({ state }: Drawn, what: string): string {
  return `${what}-${state.number}-${state.round}-${state.status === 'in_review' ? state.stage : state.status}`;
}

/** The button of a deed. @param i which hold, condition, question or round it is done to */
export const deedButton = (
  { state }: Drawn,
  name: DeedName,
  text: string,
  i?: number,
  style?: 'primary' | 'danger',
): Button => button(name, text, encode({ v: 1, n: state.number, ...(i ? { i } : {}) }), style);

/** An entry of an overflow; Slack shows at most five. */
export const choiceOf = (drawn: Drawn, action: Choice['action'], text: string): PlainTextOption => ({
  text: plain(text, LIMIT.optionText),
  value: encode({ action, ref: refOf(drawn) }),
});

/** Everything that whoever's turn it is can do; the last button opens the state as it is now. */
export function decisionButtons(drawn: Drawn, last: 'details' | 'open'): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const value = encode(refOf(drawn));
  const validating = state.status === 'in_review' && state.stage === 'validation';
  const [hold] = openHolds(state);
  return actions(idOf(drawn, 'decide'), [
    ...(state.returned && last === 'details' ? [button(ACTION.amend, name.complete, value, 'primary')] : []),
    button(ACTION.approve, name.approve, value, state.returned ? undefined : 'primary'),
    button(ACTION.reject, name.reject, value, 'danger'),
    button(ACTION.requestInfo, name.requestInfo, value),
    button(ACTION[last], name[last], value),
    ...(needsTier(state) ? [deedButton(drawn, 'pick_tier', name.pickTier)] : []),
    ...(hold ? [deedButton(drawn, 'release_hold', name.release, hold.id)] : []),
    {
      type: 'overflow',
      action_id: ACTION.more,
      options: [
        choiceOf(drawn, 'take', name.take),
        ...(state.returned ? [] : [choiceOf(drawn, 'return', name.sendBack)]),
        ...(validating ? [choiceOf(drawn, 'correct', name.correct)] : []),
        choiceOf(drawn, 'place_hold', name.placeHold),
        choiceOf(drawn, ACTION.conflict, name.conflict),
      ],
    },
  ]);
}
