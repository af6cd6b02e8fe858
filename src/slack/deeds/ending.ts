/** The deed that ends an approved exception before its time. */
import { section } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say } = wording();

export const revoke: Deed = {
  name: 'revoke',
  button: say.revoke.button,
  style: 'danger',
  trial: () => ({ type: 'revoke', words: SOME_WORDS }),
  form: {
    title: say.revoke.title,
    submit: say.revoke.submit,
    field: REASON,
    blocks: (drawn) => {
      const { revoke: own } = wordsOf(drawn).deed;
      return [section(own.says(drawn.state.number)), textBox({ id: REASON, label: own.words, hint: own.hint })];
    },
    read: (values) => {
      const words = wordsIn(values, REASON, say.revoke.words);
      return isWrong(words) ? words : { type: 'revoke', words };
    },
  },
};
