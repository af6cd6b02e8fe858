/** What approvals hang on. */
import type { KnownBlock } from '@slack/types';
import { type Condition, conditionsOf } from '../../../core/request.ts';
import { date } from '../../mrkdwn.ts';
import { says } from '../blocks.ts';
import { type Drawn, nameOf, wordsOf } from '../drawn.ts';
import { wroteInFull } from './texts.ts';

/** One entry a condition of the approvals that count. */
export const conditionEntries = (drawn: Drawn): KnownBlock[][] =>
  conditionsOf(drawn.state).map((condition) => entry(drawn, condition));

function entry(drawn: Drawn, { id, text, owner, due, by, met }: Condition): KnownBlock[] {
  const { decision, format } = wordsOf(drawn);
  const attached = decision.attached(id, nameOf(drawn, owner), format.day(due), nameOf(drawn, by));
  return [...wroteInFull(drawn, attached, text), ...(met ? fulfilled(drawn, met) : [])];
}

function fulfilled(drawn: Drawn, { by, at, words }: NonNullable<Condition['met']>): KnownBlock[] {
  const sentence = wordsOf(drawn).decision.met(nameOf(drawn, by), date(at));
  return words ? wroteInFull(drawn, sentence, words) : [says(sentence)];
}
