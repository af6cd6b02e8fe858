/** Earlier decisions like this one, as its reader may see them. */
import type { KnownBlock } from '@slack/types';
import type { Rules } from '../../../core/policy.ts';
import type { ExceptionRequest } from '../../../core/request.ts';
import { context, section } from '../blocks.ts';
import { type Drawn, summaryOf, wordsOf } from '../drawn.ts';

export type Precedent = { state: ExceptionRequest; rules: Rules };

export function precedents(drawn: Drawn, earlier: Precedent[]): KnownBlock[][] {
  if (earlier.length === 0) return [];
  const { record, names, format } = wordsOf(drawn);
  const lines = earlier.map(({ state, rules }) => {
    const over = state.status === 'in_review' ? state.submittedAt : state.at;
    // Not as in a modal about it: a confidential one shows no more than its tier.
    const what = summaryOf({ state, rules, wiring: drawn.wiring, names: {}, locale: drawn.locale });
    const outcome = names.status[state.status].toLowerCase();
    return section(record.precedent(state.number, what, outcome, format.day(over.slice(0, 10))));
  });
  return [[context(record.notPrecedent), ...lines]];
}
