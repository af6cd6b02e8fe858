/** What was changed since the request was made, by whom and why, and what its owner says against it. */
import type { KnownBlock } from '@slack/types';
import type { Change } from '../../../core/events/content.ts';
import type { Amendment } from '../../../core/request.ts';
import { date, line, said } from '../../mrkdwn.ts';
import { context, says } from '../blocks.ts';
import { changeBriefly } from '../changes.ts';
import { type Drawn, nameOf, wordsOf } from '../drawn.ts';
import { inFull, wroteInFull } from './texts.ts';

/** One entry an edit, the oldest first. */
export const edits = (drawn: Drawn): KnownBlock[][] => drawn.state.amendments.map((edit) => entry(drawn, edit));

function entry(drawn: Drawn, { by, at, as, changes, reason, objection }: Amendment): KnownBlock[] {
  const { decision } = wordsOf(drawn);
  return [
    says(decision.edited[as](nameOf(drawn, by), date(at))),
    ...changes.flatMap((change) => shown(drawn, change)),
    ...(reason ? wroteInFull(drawn, decision.because(nameOf(drawn, by)), reason) : []),
    ...(objection
      ? wroteInFull(drawn, decision.objected(nameOf(drawn, objection.by), date(objection.at)), objection.words)
      : []),
  ];
}

/** A figure in a few words; a text with what it said before and says now, which its reader may have to weigh. */
function shown(drawn: Drawn, change: Change): KnownBlock[] {
  const { changes, names } = wordsOf(drawn);
  const { before, after } = change;
  const texts = [before, after].some((value) => value !== null && typeof value === 'object');
  if (!texts) return [context(changeBriefly(drawn, change))];
  const text = (value: Change['before']) => {
    if (value === null) return changes.nothing;
    return typeof value === 'object' ? said(value, names.removed) : value;
  };
  const name = change.field.startsWith('inputs.') ? inputName(drawn, change.field) : changes.field(change.field);
  return [...inFull(line`${changes.before(name)}`, text(before)), ...inFull(line`${changes.after(name)}`, text(after))];
}

const inputName = ({ rules }: Drawn, field: string): string => {
  const id = field.slice('inputs.'.length);
  return rules.inputs.find((input) => input.id === id)?.name ?? id;
};
