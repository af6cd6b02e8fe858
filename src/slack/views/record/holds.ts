/** What made approvals wait, and how it was cleared up. */
import type { KnownBlock } from '@slack/types';
import type { Discrepancy } from '../../../core/events/holds.ts';
import { SYSTEM } from '../../../core/events.ts';
import type { Hold } from '../../../core/request.ts';
import { date, said } from '../../mrkdwn.ts';
import { facts, says, typedField } from '../blocks.ts';
import { type Drawn, nameOf, wordsOf } from '../drawn.ts';
import { sourceName } from '../notes.ts';
import { wroteInFull } from './texts.ts';

/** One entry a hold, the oldest first. */
export const holdEntries = (drawn: Drawn): KnownBlock[][] => drawn.state.holds.map((hold) => entry(drawn, hold));

const person = (drawn: Drawn, by: string) => (by === SYSTEM ? null : nameOf(drawn, by));

function entry(drawn: Drawn, { id, by, at, kind, source, words, discrepancies, released }: Hold): KnownBlock[] {
  const { decision } = wordsOf(drawn);
  const placed = decision.held(
    id,
    kind,
    source === null ? null : sourceName(drawn, source),
    person(drawn, by),
    date(at),
  );
  return [
    ...(words ? wroteInFull(drawn, placed, words) : [says(placed)]),
    ...discrepancies.flatMap((discrepancy) => sideBySide(drawn, discrepancy)),
    ...(released ? release(drawn, released) : [says(decision.notReleased(id))]),
  ];
}

function release(drawn: Drawn, { by, at, outcome, words }: NonNullable<Hold['released']>): KnownBlock[] {
  const sentence = wordsOf(drawn).decision.released(person(drawn, by), date(at), outcome);
  // What the source answered stands with what the sources say.
  return by === SYSTEM ? [says(sentence)] : wroteInFull(drawn, sentence, words);
}

/** What the sources say on one field, next to each other. */
function sideBySide(drawn: Drawn, { label, values }: Discrepancy): KnownBlock[] {
  const { names } = wordsOf(drawn);
  return facts(values.map(({ name, value }) => typedField(`${label}, ${name}`, said(value, names.removed))));
}
