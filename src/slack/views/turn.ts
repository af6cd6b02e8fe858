/** Direct messages to whoever decides: it is their turn, they are nudged, or their question was answered. */
import type { KnownBlock } from '@slack/types';
import { approvalOf, type Question } from '../../core/request.ts';
import type { Stage } from '../../core/values.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { context, header, says } from './blocks.ts';
import { decisionButtons, requestBlocks } from './card.ts';
import { type Drawn, type Message, marksOf, message, nameOf, stateLine, whoseTurn, wordsOf } from './drawn.ts';
import { about, onlyOpen, settled } from './parts.ts';
import { wrote } from './quotes.ts';

/** What the message was sent for, as far as the state cannot tell. */
export type Occasion = {
  /** The stage whose turn it was: of `your_turn` and `nudge`. Left out, the stage whose turn it is now. */
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
  if ((stage ?? state.stage) === state.stage && (round ?? state.round) === state.round) return null;
  const decided = approvalOf(state, stage ?? state.stage);
  if (!decided) return line`${dm.notYourTurn(state.number)}`;
  return dm.stageDone[decided.stage](state.number, nameOf(drawn, decided.by), date(decided.at));
}

export function yourTurn(notice: 'your_turn' | 'nudge', drawn: Drawn, person: string, occasion: Occasion): Message {
  const { state } = drawn;
  const { card, dm } = wordsOf(drawn);
  const done = turnIsOver(drawn, person, occasion);
  if (done || state.status !== 'in_review') return settled(drawn, done ?? stateLine(drawn));
  const nudger = state.escalations.findLast(({ nudged }) => nudged)?.nudged?.by;
  const first =
    notice === 'nudge' && nudger
      ? dm.nudge(state.number, state.stage, nameOf(drawn, nudger))
      : line`${dm.yourTurn(state.number, state.stage)}`;
  return message(drawn, first, [
    header(card.header(state.number, state.stage, state.tier, marksOf(drawn))),
    says(first),
    ...requestBlocks(drawn, 'cutShortOpen'),
    decisionButtons(drawn, 'open'),
    context(dm.yourTurnWhy(whoseTurn(drawn, state.stage))),
  ]);
}

/** To whoever asked the question; they can decide from here while it is their stage's turn. */
export function answered(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm, ex } = wordsOf(drawn);
  const question = state.questions.findLast(({ by, answer }) => by === person && answer);
  if (!question?.answer) return settled(drawn, line`${ex(state.number)}: ${stateLine(drawn)}.`);
  const first = dm.answered(state.number, nameOf(drawn, question.answer.by));
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
