/** What whoever authorizes weighs before anything else: what changed since it was asked for, and what was said about it. */
import type { KnownBlock } from '@slack/types';
import { type Amendment, approvalOf } from '../../core/request.ts';
import { date, line } from '../mrkdwn.ts';
import { says, section } from './blocks.ts';
import { changesBriefly } from './changes.ts';
import { type Drawn, nameOf, wordsOf } from './drawn.ts';
import { conditionEntries } from './record/conditions.ts';
import { pickedTier } from './record/decisions.ts';
import { holdEntries } from './record/holds.ts';
import { newestIn } from './record/kept.ts';
import { drift } from './record/sources.ts';
import { wroteInFull } from './record/texts.ts';

const ROOM = { bytes: 30_000, blocks: 16 } as const;

export function weighing(drawn: Drawn): KnownBlock[] {
  const { state } = drawn;
  const entries = [
    ...state.amendments.map((edit) => edited(drawn, edit)),
    ...pickedTier(drawn),
    ...holdEntries(drawn),
    ...(approvalOf(state, 'validation') ? conditionEntries(drawn) : []),
  ];
  return [...drift(drawn), ...newestIn(drawn, entries, ROOM), ...together(drawn)];
}

/** In a few words; the reasons and what is said against them in full. */
function edited(drawn: Drawn, { by, at, as, changes, reason, objection }: Amendment): KnownBlock[] {
  const { decision } = wordsOf(drawn);
  return [
    says(decision.edited[as](nameOf(drawn, by), date(at)), line` ${changesBriefly(drawn, changes).join('; ')}`),
    ...(reason ? wroteInFull(drawn, decision.because(nameOf(drawn, by)), reason) : []),
    ...(objection
      ? wroteInFull(drawn, decision.objected(nameOf(drawn, objection.by), date(objection.at)), objection.words)
      : []),
  ];
}

/** What counts together with it for the tier. */
export function together(drawn: Drawn): KnownBlock[] {
  const { exposure, currency } = drawn.state;
  if (!exposure) return [];
  const { decision, format } = wordsOf(drawn);
  const { numbers, deviation, value } = exposure;
  return [section(decision.together(numbers, format.percent(deviation), format.money(value, currency)))];
}
