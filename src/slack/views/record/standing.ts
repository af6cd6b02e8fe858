/** How it stands: what it waits for, whose that is, and who looks at it. */
import type { KnownBlock } from '@slack/types';
import { SYSTEM } from '../../../core/events.ts';
import { tasksOf } from '../../../core/tasks.ts';
import type { Instant } from '../../../core/values.ts';
import { date, line } from '../../mrkdwn.ts';
import { says } from '../blocks.ts';
import { awayLine, type Drawn, nameOf, role, wordsOf } from '../drawn.ts';
import { inputName } from '../notes.ts';
import { shortages } from '../shortage.ts';
import { wroteInFull } from './texts.ts';

export function standing(drawn: Drawn, now: Instant): KnownBlock[] {
  const { state } = drawn;
  const { record } = wordsOf(drawn);
  const { taken, assigned, owner, requester } = state;
  const inReview = state.status === 'in_review';
  const away = inReview && !state.returned ? awayLine(drawn) : null;
  const tasks = tasksOf(state).map(({ kind, owner: whose, due }) => {
    const who = 'person' in whose ? nameOf(drawn, whose.person) : role(drawn, whose.role).group;
    return record.todo(record.task[kind], who, due && date(due));
  });
  return [
    ...(tasks.length > 0 ? [says(line`${record.tasks}:`), ...tasks.map((task) => says(task))] : []),
    ...(away ? [says(away)] : []),
    ...returned(drawn),
    ...shortages(drawn),
    ...(inReview && taken && taken.until > now
      ? [says(record.looksAtIt(nameOf(drawn, taken.by), date(taken.until)))]
      : []),
    ...(inReview && assigned ? [says(record.assignedTo(nameOf(drawn, assigned.to), nameOf(drawn, assigned.by)))] : []),
    ...(owner === requester ? [] : [says(record.answersFor(nameOf(drawn, owner)))]),
  ];
}

function returned(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  if (state.status !== 'in_review' || !state.returned) return [];
  const { by, at, missing, words } = state.returned;
  const { record } = wordsOf(drawn);
  const sentence = record.missing(by === SYSTEM ? null : nameOf(drawn, by), date(at));
  const list = missing.map((id) => line`– ${inputName(drawn, id)}`);
  return words
    ? [...wroteInFull(drawn, sentence, words), ...list.map((each) => says(each))]
    : [says(sentence), ...list.map((each) => says(each))];
}
