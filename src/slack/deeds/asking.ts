/** Deeds of those who asked. */
import type { Amendment, ExceptionRequest } from '../../core/request.ts';
import { date, line, said } from '../mrkdwn.ts';
import { context, says, saysAndQuotes } from '../views/blocks.ts';
import { changesInFull } from '../views/changes.ts';
import { type Drawn, nameOf, wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say } = wording();

const corrections = ({ amendments }: ExceptionRequest): Amendment[] =>
  amendments.filter(({ as }) => as === 'validator');

/** The correction of that round; without one, the last. */
const correctionOf = (state: ExceptionRequest, i: number): Amendment | undefined =>
  corrections(state).findLast(({ round }) => i === 0 || round === i);

const roundOf = (state: ExceptionRequest, i: number): number => correctionOf(state, i)?.round ?? i;

export const object: Deed = {
  name: 'object',
  button: say.object.button,
  each: (state) =>
    corrections(state)
      .filter(({ objection }) => objection === null)
      .map(({ round }) => round),
  trial: (state, i) => ({ type: 'object', round: roundOf(state, i), words: SOME_WORDS }),
  form: {
    title: say.object.title,
    submit: say.object.submit,
    field: REASON,
    blocks: (drawn, i) => [
      ...corrected(drawn, correctionOf(drawn.state, i)),
      context(say.object.says(drawn.state.number)),
      textBox({ id: REASON, label: say.object.label, hint: say.object.hint }),
    ],
    read: (values, { state }, i) => {
      const words = wordsIn(values, REASON, say.object.label);
      return isWrong(words) ? words : { type: 'object', round: roundOf(state, i), words };
    },
  },
};

/** A modal is for its reader alone, so it shows what a confidential request says too. */
function corrected(drawn: Drawn, correction: Amendment | undefined) {
  if (!correction) return [];
  const { names } = wordsOf(drawn);
  const { by, at, changes, reason } = correction;
  return [
    says(line`${say.object.corrected(nameOf(drawn, by), date(at))}`),
    ...changesInFull({ ...drawn, inModal: true }, changes),
    ...(reason ? [saysAndQuotes(line`${say.object.because}`, said(reason, names.removed))] : []),
  ];
}
