/** How long an approved exception is good for, how it ended and what that means, and what renews it. */
import type { Button, KnownBlock } from '@slack/types';
import { conditionsEnd } from '../../core/endings.ts';
import { renewable } from '../../core/renewing.ts';
import { type Approved, askers } from '../../core/request.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, facts, says } from './blocks.ts';
import { deedButton, idOf } from './card.ts';
import { type Drawn, type Message, message, nameFirst, refOf, role, subjectOf, wordsOf } from './drawn.ts';
import { cardFacts } from './facts.ts';
import { open } from './parts.ts';
import { progress } from './progress.ts';
import { wrote } from './quotes.ts';

const isRenewable = ({ state, renewing }: Drawn): boolean =>
  renewing !== undefined && renewable(state, renewing.allowed, renewing.by) === null;

const renewButton = (drawn: Drawn): Button =>
  button(ACTION.renew, wordsOf(drawn).endings.renewIt, encode(refOf(drawn)), 'primary');

const body = (drawn: Drawn, buttons: Button[]): KnownBlock[] => [
  says(line`${subjectOf(drawn)}`),
  ...facts(cardFacts(drawn)),
  ...progress(drawn).slice(2),
  actions(idOf(drawn, 'ending'), [...buttons, open(drawn)]),
];

/** To its owner while it is good; once it has ended, that it has. */
export function nearEnd(drawn: Drawn, state: Approved, person: string): Message {
  if (state.ended || !state.validity) return hasEnded(drawn, state, person);
  const { endings, format } = wordsOf(drawn);
  const first = endings.near(state.number, format.day(state.validity.until));
  const may = isRenewable(drawn);
  return message(drawn, first, [
    says(first),
    context(endings.nearWhy),
    ...goingOn(drawn, endings.mayRenew),
    ...body(drawn, may ? [renewButton(drawn)] : []),
  ]);
}

/** What becomes of it: that it may be renewed, that it is, or why not. */
function goingOn(drawn: Drawn, howTo: string): KnownBlock[] {
  const { state, renewing } = drawn;
  const { endings } = wordsOf(drawn);
  if (!renewing) return [];
  const no = renewable(state, renewing.allowed, renewing.by);
  if (no === null) return [context(howTo)];
  if (no.why === 'renewals_used_up') return [context(endings.noMore(no.allowed))];
  if (!renewing.by) return [context(endings.askNew)];
  const say = renewing.by.status === 'approved' ? endings.goesOn : endings.onItsWay;
  return [context(say(renewing.by.number))];
}

/** How it ended, in a sentence. */
export function endedSentence(drawn: Drawn, { number, ended, validity }: Approved): Line {
  const { endings, format } = wordsOf(drawn);
  if (ended?.how === 'revoked') return endings.over.revoked(number, nameFirst(drawn, ended.by));
  if (ended?.how === 'condition' || !validity) return endings.over.condition(number);
  return endings.over.expired(number, format.day(validity.until));
}

const why = (drawn: Drawn, state: Approved): KnownBlock[] => {
  const sentence = endedSentence(drawn, state);
  return state.ended?.words ? wrote(drawn, sentence, state.ended.words, 'cutShortOpen') : [says(sentence)];
};

/** To everybody who had a part in it: whoever asked may go on with it, nothing is asked of the others. */
export function hasEnded(drawn: Drawn, state: Approved, person: string): Message {
  const { endings } = wordsOf(drawn);
  const own = askers(state).includes(person);
  const mayRenew = person === state.owner || person === state.requester;
  const means = own ? endings.means : endings.forOthers(role(drawn, 'operations'));
  return message(drawn, endedSentence(drawn, state), [
    ...why(drawn, state),
    context(means),
    ...(mayRenew ? goingOn(drawn, endings.askAnew) : []),
    ...body(drawn, mayRenew && isRenewable(drawn) ? [renewButton(drawn)] : []),
  ]);
}

/** To operations: see to it that it stops, and close the record. */
export function toUndo(drawn: Drawn, state: Approved): Message {
  const { endings, button: name } = wordsOf(drawn);
  return message(drawn, endedSentence(drawn, state), [
    ...why(drawn, state),
    context(endings.means),
    says(line`${state.closure ? endings.undoClosed : endings.undo}`),
    ...body(drawn, [
      ...(state.closure ? [] : [deedButton(drawn, 'close', name.close, undefined, 'primary')]),
      ...(isRenewable(drawn) ? [button(ACTION.renew, endings.renewIt, encode(refOf(drawn)))] : []),
    ]),
  ]);
}

/** What the owner of an overdue condition must know; null while none of theirs is. */
export function conditionWarning(drawn: Drawn, state: Approved, person: string): Line | null {
  const end = state.ended ? null : conditionsEnd(state, drawn.rules, person);
  return end === null ? null : wordsOf(drawn).endings.conditionLate(state.number, date(end));
}
