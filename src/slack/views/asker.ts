/** Direct messages to those who asked and to whoever answers for it, until it is decided: drawn with all they can do now. */
import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { SYSTEM } from '../../core/events.ts';
import { type Amendment, openHolds, openQuestion } from '../../core/request.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, says } from './blocks.ts';
import { choiceOf, deedButton, idOf } from './card.ts';
import { changesInFull } from './changes.ts';
import { type Drawn, isVeiled, type Message, message, nameFirst, nameOf, refOf, wordsOf } from './drawn.ts';
import { over } from './ended.ts';
import { held, missingInput } from './notes.ts';
import { about, open } from './parts.ts';
import { wrote } from './quotes.ts';

/** Missing inputs that are spelled out; the form has them all. */
const SPELLED_OUT = 8;

const isOwner = ({ state }: Drawn, person: string) => person === state.owner;

/** The correction that the owner can still object to. */
const objectable = ({ state }: Drawn): Amendment | undefined => {
  const last = state.amendments.findLast(({ as }) => as === 'validator');
  return last?.objection ? undefined : last;
};

/** What those who asked can do meanwhile. */
function askerButtons(drawn: Drawn, person: string): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const question = openQuestion(state);
  const value = encode(refOf(drawn));
  const correction = objectable(drawn);
  const own: Button[] = isOwner(drawn, person)
    ? [
        state.returned ? deedlike(drawn, name.complete, 'primary') : deedlike(drawn, name.change),
        ...(correction ? [deedButton(drawn, 'object', name.object, correction.round)] : []),
      ]
    : [];
  const mayWithdraw = isOwner(drawn, person) || person === state.requester;
  const rest = [
    ...(isOwner(drawn, person) ? [choiceOf(drawn, 'hand_over', name.handOver)] : []),
    choiceOf(drawn, 'complain', name.complaint),
  ];
  return actions(`${idOf(drawn, 'asked')}-${question?.id ?? 0}`, [
    ...(question
      ? [button(ACTION.answer, name.answer, encode({ v: 1, n: state.number, q: question.id }), 'primary')]
      : []),
    ...own,
    open(drawn),
    ...(mayWithdraw ? [button(ACTION.withdraw, name.withdraw, value)] : []),
    { type: 'overflow', action_id: ACTION.more, options: rest },
  ]);
}

/** The form again, with everything that was typed. */
const deedlike = (drawn: Drawn, text: string, style?: 'primary'): Button =>
  button(ACTION.amend, text, encode(refOf(drawn)), style);

/** A message to somebody who asked: why it was sent, whatever waits for them, how it stands, and what they can do. */
export function toAsker(drawn: Drawn, person: string, first: Line, why: KnownBlock[] = [says(first)]): Message {
  return message(drawn, first, [
    ...why,
    ...(isOwner(drawn, person) ? missing(drawn) : []),
    ...question(drawn),
    ...about(drawn),
    askerButtons(drawn, person),
  ]);
}

function question(drawn: Drawn): KnownBlock[] {
  const { dm } = wordsOf(drawn);
  const asked = openQuestion(drawn.state);
  if (!asked) return [];
  return [
    ...wrote(drawn, dm.asked(drawn.state.number, nameFirst(drawn, asked.by)), asked.words, 'cutShortOpen'),
    context(dm.askedWhy),
  ];
}

/** What is missing, why it is needed, and what would do. */
function missing(drawn: Drawn): KnownBlock[] {
  const { returned } = drawn.state;
  if (!returned) return [];
  const { told, card } = wordsOf(drawn);
  const left = returned.missing.length - SPELLED_OUT;
  const by = nameOf(drawn, returned.by);
  return [
    ...returned.missing.slice(0, SPELLED_OUT).map((id) => says(missingInput(drawn, id))),
    ...(left > 0 ? [context(card.more(left))] : []),
    ...(returned.words ? wrote(drawn, told.theyWrote(by, date(returned.at)), returned.words, 'cutShortOpen') : []),
    context(told.completeHow),
  ];
}

export function received(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status !== 'in_review') return over(drawn, person);
  const own = person === state.requester || isOwner(drawn, person);
  const first = own
    ? line`${dm.received(state.number)}`
    : dm.receivedFor(state.number, nameFirst(drawn, state.requester));
  return toAsker(drawn, person, first);
}

export function asked(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status !== 'in_review') return over(drawn, person);
  const open = openQuestion(state);
  // The question itself says it, below.
  if (open) return toAsker(drawn, person, dm.asked(state.number, nameFirst(drawn, open.by)), []);
  const answer = state.questions.at(-1)?.answer;
  const first = answer
    ? dm.answeredByNow(state.number, nameOf(drawn, answer.by), date(answer.at))
    : line`${dm.noQuestion(state.number)}`;
  return toAsker(drawn, person, first);
}

/** Sent back with what is missing; once it is complete, that it is. */
export function returned(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  if (state.status !== 'in_review') return over(drawn, person);
  if (!state.returned) return toAsker(drawn, person, line`${told.complete(state.number)}`);
  const by = state.returned.by === SYSTEM ? null : nameOf(drawn, state.returned.by);
  return toAsker(drawn, person, told.returned(state.number, by));
}

/** A validator set figures right: what, why, and how to object. */
export function corrected(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  const last = state.amendments.findLast(({ as }) => as === 'validator');
  if (state.status !== 'in_review' || !last) return received(drawn, person);
  const first = told.corrected(state.number, nameFirst(drawn, last.by));
  return toAsker(drawn, person, first, [
    says(first),
    ...changesInFull(drawn, last.changes),
    ...(last.reason ? wrote(drawn, line`${told.correctedWhy}`, last.reason, 'cutShortOpen') : []),
    ...(last.objection
      ? wrote(drawn, line`${told.objected}`, last.objection.words, 'cutShortOpen')
      : [context(told.mayObject)]),
  ]);
}

/** Theirs to answer for; once it is somebody else's, that it is. */
export function handedOver(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  const handover = state.handovers.findLast(({ to }) => to === person);
  if (state.status !== 'in_review' || !handover) return over(drawn, person);
  if (!isOwner(drawn, person))
    return toAsker(drawn, person, told.handedOn(state.number, nameFirst(drawn, state.owner)));
  const by = handover.by === SYSTEM ? wordsOf(drawn).names.program : nameFirst(drawn, handover.by);
  const first = told.handedOver(state.number, by, nameFirst(drawn, state.requester));
  const reason = handover.reason ? wrote(drawn, line`${told.correctedWhy}`, handover.reason, 'cutShortOpen') : [];
  return toAsker(drawn, person, first, [says(first), ...reason]);
}

/** Approvals wait: for what, and how the owner can help. */
export function onHold(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told, button: name } = wordsOf(drawn);
  if (state.status !== 'in_review') return over(drawn, person);
  const open = openHolds(state);
  if (open.length === 0) return released(drawn, person);
  const first = told.holdForOwner(state.number);
  const kinds = [...new Set(open.map(({ kind }) => kind))];
  const edit = state.returned ? name.complete : name.change;
  return toAsker(drawn, person, first, [
    says(first),
    ...open.slice(0, SPELLED_OUT).flatMap((hold) => held(drawn, hold)),
    ...(isVeiled(drawn) ? [] : kinds.map((kind) => context(told.supply[kind](edit)))),
  ]);
}

export function released(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  if (state.status !== 'in_review') return over(drawn, person);
  if (openHolds(state).length > 0) return onHold(drawn, person);
  const last = lastReleased(drawn);
  if (!last) return toAsker(drawn, person, line`${told.noHold(state.number)}`);
  const by = last.by === SYSTEM ? null : nameFirst(drawn, last.by);
  const first = told.released(state.number, by, last.outcome);
  // What a source said when it answered is not what anybody wrote.
  const why = last.outcome === 'answered' ? [says(first)] : wrote(drawn, first, last.words, 'cutShortOpen');
  return toAsker(drawn, person, first, why);
}

export const lastReleased = ({ state }: Drawn) =>
  state.holds
    .flatMap(({ released }) => released ?? [])
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
