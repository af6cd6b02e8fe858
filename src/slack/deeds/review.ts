/** Deeds of those who decide. */
import { line } from '../mrkdwn.ts';
import { says } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say, label } = wording();

export const takeBack: Deed = {
  name: 'take_back',
  button: say.takeBack.button,
  trial: () => ({ type: 'take_back', reason: SOME_WORDS }),
  form: {
    title: say.takeBack.title,
    submit: say.takeBack.submit,
    field: REASON,
    blocks: (drawn) => [
      says(line`${wordsOf(drawn).deed.takeBack.says(drawn.state.number)}`),
      textBox({ id: REASON, label: label.reason, hint: say.takeBack.hint }),
    ],
    read: (values) => {
      const reason = wordsIn(values, REASON, label.reason);
      return isWrong(reason) ? reason : { type: 'take_back', reason };
    },
  },
};
