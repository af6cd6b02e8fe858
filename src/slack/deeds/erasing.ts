/** The deed that takes personal data out of a record that is over. */
import { PARTS, type Part } from '../../core/events/audit.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { FIELD } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { context, plain, section } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { tickingSome } from '../views/inputs.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, REASON, SOME_WORDS, ticksIn, wordsIn } from './deed.ts';

const { deed: say } = wording();

/** What nobody has erased yet. */
const leftOf = ({ erasures }: ExceptionRequest): Part[] =>
  PARTS.filter((part) => !erasures.some(({ what }) => what.includes(part)));

export const erase: Deed = {
  name: 'erase',
  button: say.erase.button,
  style: 'danger',
  trial: (state) => ({ type: 'erase', because: 'request', what: leftOf(state), words: SOME_WORDS }),
  form: {
    title: say.erase.title,
    submit: say.erase.submit,
    field: REASON,
    blocks: (drawn) => {
      const { erase: own } = wordsOf(drawn).deed;
      const options = leftOf(drawn.state).map((part) => ({
        value: part,
        text: plain(own.parts[part][0], LIMIT.optionText),
        description: plain(own.parts[part][1], LIMIT.optionText),
      }));
      return [
        section(own.says(drawn.state.number)),
        tickingSome(FIELD.parts, { label: own.what, options, ticked: [], needed: true }),
        textBox({ id: REASON, label: own.words, hint: own.hint }),
        context(own.stays),
      ];
    },
    read: (values) => {
      const ticked = ticksIn(values, FIELD.parts);
      const what = PARTS.filter((part) => ticked.includes(part));
      if (what.length === 0) return { errors: { [FIELD.parts]: say.erase.tick } };
      const words = wordsIn(values, REASON, say.erase.words);
      return isWrong(words) ? words : { type: 'erase', because: 'request', what, words };
    },
  },
};
