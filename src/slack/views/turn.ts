/** Direct messages to those who decide or clear up: it is their turn, they are nudged or asked, or what they did is undone. */
import type { KnownBlock } from '@slack/types';
import { SYSTEM } from '../../core/events.ts';
import { approvalOf, type InReview, openHolds, type Question } from '../../core/request.ts';
import type { Stage } from '../../core/values.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { lastReleased } from './asker.ts';
import { actions, context, header, says } from './blocks.ts';
import { decisionButtons, deedButton, idOf, requestBlocks } from './card.ts';
import { changesInFull, netChanges } from './changes.ts';
import {
  type Drawn,
  isVeiled,
  type Message,
  marksOf,
  message,
  nameFirst,
  nameOf,
  stateLine,
  whoseTurn,
  wordsOf,
} from './drawn.ts';
import { held } from './notes.ts';
import { about, onlyOpen, settled } from './parts.ts';
import { wrote } from './quotes.ts';

/** What the message was sent for, as far as the state cannot tell. */
export type Occasion = {
  /** The stage whose turn it was: of `your_turn`, `nudge` and `assigned`. Left out, the stage whose turn it is now. */
  stage?: Stage | undefined;
  /** The round of that stage; left out, the current one. */
  round?: number | undefined;
};

/** Whether it is still this person's turn, and if not, why. */
function turnIsOver(drawn: Drawn, person: string, { stage, round }: Occasion): Line | null {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status !== 'in_review')
    return dm.ended(state.number, state.status, nameOf(drawn, state.by), date(state.at));
  if (state.conflicted.includes(person)) return line`${dm.declined(state.number)}`;
  if (state.returned) return line`${dm.sentBack(state.number)}`;
  const turn = stage ?? state.stage;
  // The details are operations' in every round; who authorizes may be another from round to round.
  const sameRound = turn === 'validation' || (round ?? state.round) === state.round;
  if (turn === state.stage && sameRound) return null;
  const decided = approvalOf(state, turn);
  if (!decided) return line`${dm.notYourTurn(state.number)}`;
  return dm.stageDone[decided.stage](state.number, nameFirst(drawn, decided.by), date(decided.at));
}

export function yourTurn(notice: 'your_turn' | 'nudge', drawn: Drawn, person: string, occasion: Occasion): Message {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  const done = turnIsOver(drawn, person, occasion);
  if (done || state.status !== 'in_review') return settled(drawn, done ?? stateLine(drawn));
  const nudger = state.escalations.findLast(({ nudged }) => nudged)?.nudged?.by;
  const first =
    notice === 'nudge' && nudger
      ? dm.nudge(state.number, state.stage, nameFirst(drawn, nudger))
      : line`${dm.yourTurn(state.number, state.stage)}`;
  return working(drawn, state, first, dm.yourTurnWhy(whoseTurn(drawn, state.stage)));
}

/** The card to work on: what is asked of the reader, the request, the buttons, and why they get it. */
function working(drawn: Drawn, state: InReview, first: Line, why: string, more: KnownBlock[] = []): Message {
  const { card } = wordsOf(drawn);
  return message(drawn, first, [
    header(card.header(state.number, state.stage, state.tier, marksOf(drawn))),
    says(first),
    ...more,
    ...requestBlocks(drawn, 'cutShortOpen'),
    decisionButtons(drawn, 'open'),
    context(why),
  ]);
}

/** Given to somebody by name. */
export function assigned(drawn: Drawn, person: string, occasion: Occasion): Message {
  const { state } = drawn;
  const { dm, told } = wordsOf(drawn);
  const done = turnIsOver(drawn, person, occasion);
  if (done || state.status !== 'in_review') return settled(drawn, done ?? stateLine(drawn));
  // Nobody has it by name any more after an edit; it may be their turn still.
  if (state.assigned?.to !== person) return settled(drawn, line`${told.assignedElse(state.number)}`);
  const first = line`${told.assigned(state.number, nameFirst(drawn, state.assigned.by))} ${dm.yourTurn(state.number, state.stage)}`;
  return working(drawn, state, first, told.assignedWhy);
}

/** To whoever approved what was changed since: what changed, and the card where it is theirs to check anew. */
export function voided(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { told } = wordsOf(drawn);
  const own = state.approvals.findLast(({ by, round }) => by === person && round < state.round);
  if (state.status !== 'in_review' || !own) return settled(drawn, stateSentence(drawn));
  const first = told.voided(state.number);
  const changes = changesInFull(drawn, netChanges(state.amendments.filter(({ round }) => round > own.round)));
  const mayCheck = own.stage === 'validation' && turnIsOver(drawn, person, { stage: 'validation' }) === null;
  if (mayCheck && state.stage === 'validation')
    return working(drawn, state, line`${first} ${told.checkAnew}`, told.voidedWhy, changes);
  return message(drawn, first, [says(first), ...changes, ...about(drawn), onlyOpen(drawn)]);
}

const stateSentence = (drawn: Drawn): Line => line`${wordsOf(drawn).ex(drawn.state.number)}: ${stateLine(drawn)}.`;

/** To those who clear up holds: what for, and what they can do about it. */
export function holdToClear(drawn: Drawn): Message {
  const { state } = drawn;
  const { told, button: name } = wordsOf(drawn);
  const open = openHolds(state).slice(0, HOLDS);
  if (open.length === 0) {
    const last = lastReleased(drawn);
    if (!last || state.status !== 'in_review') return settled(drawn, stateSentence(drawn));
    const by = last.by === SYSTEM ? null : nameFirst(drawn, last.by);
    return settled(drawn, told.released(state.number, by, last.outcome));
  }
  const first = told.holdForRole(state.number);
  return message(drawn, first, [
    says(first),
    ...open.flatMap((hold) => [
      ...held(drawn, hold),
      actions(`${idOf(drawn, 'hold')}-${hold.id}`, [
        deedButton(drawn, 'release_hold', name.release, hold.id, 'primary'),
        ...(hold.source ? [deedButton(drawn, 'retry_sources', name.retrySources, hold.id)] : []),
      ]),
    ]),
    ...about(drawn),
    onlyOpen(drawn),
  ]);
}
/** Holds that are shown each with its buttons. */
const HOLDS = 3;

/** A request of a kind that the reader's group owns. */
export function owned(drawn: Drawn): Message {
  const { state } = drawn;
  const { told, names } = wordsOf(drawn);
  const first = isVeiled(drawn)
    ? told.ownedShort(state.number)
    : told.owned(state.number, names.severity[state.severity].toLowerCase());
  return message(drawn, first, [says(first), ...about(drawn), context(told.ownedWhy), onlyOpen(drawn)]);
}

/** To whoever asked the question; they can decide from here while it is their stage's turn. */
export function answered(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  const question = state.questions.findLast(({ by, answer }) => by === person && answer);
  if (!question?.answer) return settled(drawn, stateSentence(drawn));
  const first = dm.answered(state.number, nameFirst(drawn, question.answer.by));
  const mayDecide =
    state.status === 'in_review' && state.stage === question.stage && !state.conflicted.includes(person);
  return message(drawn, first, [
    says(first),
    ...exchange(drawn, question),
    ...(mayDecide ? requestBlocks(drawn, 'cutShortOpen') : about(drawn)),
    mayDecide ? decisionButtons(drawn, 'open') : onlyOpen(drawn),
  ]);
}

function exchange(drawn: Drawn, { words, answer }: Question): KnownBlock[] {
  const { dm } = wordsOf(drawn);
  return [
    ...wrote(drawn, line`${dm.youAsked}`, words, 'cutShortOpen'),
    ...(answer ? wrote(drawn, line`${dm.theAnswer}`, answer.words, 'cutShortOpen') : []),
  ];
}
