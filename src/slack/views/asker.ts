/** Direct messages to requester and beneficiary: it was received, there is a question, it is over. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { type Approval, openQuestion } from '../../core/request.ts';
import { ACTION, encode } from '../ids.ts';
import { date, line } from '../mrkdwn.ts';
import { actions, button, context, facts, says } from './blocks.ts';
import { idOf } from './card.ts';
import { type Drawn, type Message, message, nameOf, refOf, subjectOf, wordsOf } from './drawn.ts';
import { cardFacts } from './facts.ts';
import { about, onlyOpen, open } from './parts.ts';
import { wrote } from './quotes.ts';

/** What those who asked can do meanwhile. */
function requesterButtons(drawn: Drawn, person: string): ActionsBlock {
  const { state } = drawn;
  const { button: name } = wordsOf(drawn);
  const question = openQuestion(state);
  const inReview = state.status === 'in_review';
  return actions(`${idOf(drawn, 'asked')}-${question?.id ?? 0}`, [
    ...(inReview && question
      ? [button(ACTION.answer, name.answer, encode({ v: 1, n: state.number, q: question.id }), 'primary')]
      : []),
    open(drawn),
    ...(inReview && person === state.requester ? [button(ACTION.withdraw, name.withdraw, encode(refOf(drawn)))] : []),
  ]);
}

function openQuestionBlocks(drawn: Drawn): KnownBlock[] {
  const { dm } = wordsOf(drawn);
  const question = openQuestion(drawn.state);
  if (!question || drawn.state.status !== 'in_review') return [];
  return [
    ...wrote(drawn, dm.asked(drawn.state.number, nameOf(drawn, question.by)), question.words, 'cutShortOpen'),
    context(dm.askedWhy),
  ];
}

export function received(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  if (state.status !== 'in_review') return over(drawn, person);
  const { dm } = wordsOf(drawn);
  const first =
    person === state.requester
      ? line`${dm.received(state.number)}`
      : dm.receivedFor(state.number, nameOf(drawn, state.requester));
  return message(drawn, first, [
    says(first),
    ...about(drawn),
    ...openQuestionBlocks(drawn),
    requesterButtons(drawn, person),
  ]);
}

export function asked(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  if (state.status !== 'in_review') return over(drawn, person);
  const { dm } = wordsOf(drawn);
  const question = openQuestion(state);
  if (question) {
    const headline = dm.asked(state.number, nameOf(drawn, question.by));
    return message(drawn, headline, [...openQuestionBlocks(drawn), ...about(drawn), requesterButtons(drawn, person)]);
  }
  const answer = state.questions.at(-1)?.answer;
  const first = answer
    ? dm.answeredByNow(state.number, nameOf(drawn, answer.by), date(answer.at))
    : line`${dm.noQuestion(state.number)}`;
  return message(drawn, first, [says(first), ...about(drawn), requesterButtons(drawn, person)]);
}

/** The end, with the reasons of everyone who decided. */
export function over(drawn: Drawn, person: string): Message {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status === 'in_review') return received(drawn, person);
  const first = dm.over[state.status](state.number);
  const decisions: Approval[] = [...state.approvals, ...(state.status === 'rejected' ? [state.rejection] : [])];
  return message(drawn, first, [
    says(first, line`${subjectOf(drawn)}`),
    ...facts(cardFacts(drawn)),
    ...decisions.filter(({ round }) => round === state.round).flatMap((decision) => reasons(drawn, decision)),
    ...ending(drawn),
    onlyOpen(drawn),
  ]);
}

const reasons = (drawn: Drawn, { by, at, stage, rationale }: Approval): KnownBlock[] => {
  const approved =
    drawn.state.status !== 'rejected' || drawn.state.rejection.at !== at || drawn.state.rejection.by !== by;
  return wrote(drawn, wordsOf(drawn).dm.wrote(nameOf(drawn, by), stage, approved, date(at)), rationale, 'cutShortOpen');
};

function ending(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const { dm } = wordsOf(drawn);
  if (state.status === 'rejected') return [context(dm.askAgain)];
  if (state.status !== 'withdrawn') return [];
  const by = dm.withdrawnBy(nameOf(drawn, state.by), date(state.at));
  return state.reason ? wrote(drawn, by, state.reason, 'cutShortOpen') : [says(by)];
}
