/** What people said to each other: questions and answers, and replies in the card's thread. */
import type { KnownBlock } from '@slack/types';
import type { Question, Remark } from '../../../core/request.ts';
import { date, line } from '../../mrkdwn.ts';
import { context, says } from '../blocks.ts';
import { type Drawn, nameOf, wordsOf } from '../drawn.ts';
import { wroteInFull } from './texts.ts';

/** One entry a question, the oldest first. */
export const questionEntries = (drawn: Drawn): KnownBlock[][] =>
  drawn.state.questions.map((question) => asked(drawn, question));

function asked(drawn: Drawn, { by, at, words, answer, closed }: Question): KnownBlock[] {
  const { request } = wordsOf(drawn);
  const question = wroteInFull(drawn, request.asked(nameOf(drawn, by), date(at)), words);
  if (answer)
    return [
      ...question,
      ...wroteInFull(drawn, request.answered(nameOf(drawn, answer.by), date(answer.at)), answer.words),
    ];
  const open = closed ? request.closedUnanswered(nameOf(drawn, closed.by), date(closed.at)) : line`${request.noAnswer}`;
  return [...question, says(open)];
}

/** One entry a reply, the oldest first. */
export const remarkEntries = (drawn: Drawn): KnownBlock[][] =>
  drawn.state.remarks.map((remark) => replied(drawn, remark));

function replied(drawn: Drawn, { by, at, words, files, edited, deleted }: Remark): KnownBlock[] {
  const { record } = wordsOf(drawn);
  if (deleted) return [says(record.remarkDeleted(nameOf(drawn, deleted.by), date(deleted.at)))];
  const sentence = record.remarked(nameOf(drawn, by), date(at), edited && date(edited));
  const attached = files.length > 0 ? [context(record.attachedFiles(files.map(({ name }) => name)))] : [];
  return [...wroteInFull(drawn, sentence, words), ...attached];
}
