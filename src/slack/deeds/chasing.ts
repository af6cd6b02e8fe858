/** Deeds by which a request becomes more pressing: a manager makes it quicker, a customer complained. */
import { FIELD } from '../ids.ts';
import { date } from '../mrkdwn.ts';
import { context, says, section } from '../views/blocks.ts';
import { role, wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say } = wording();
const WHY = FIELD.reason;

export const expedite: Deed = {
  name: 'expedite',
  button: say.expedite.button,
  trial: () => ({ type: 'expedite', justification: SOME_WORDS }),
  form: {
    title: say.expedite.title,
    submit: say.expedite.submit,
    field: WHY,
    blocks: (drawn) => {
      const { deed, format } = wordsOf(drawn);
      const { number, dueAt } = drawn.state;
      const within = format.duration(drawn.rules.expedited_sla);
      return [
        says(deed.expedite.says(number, within, date(dueAt))),
        textBox({ id: WHY, label: deed.expedite.words, hint: deed.expedite.hint }),
        context(deed.expedite.stillTwo),
      ];
    },
    read: (values) => {
      const justification = wordsIn(values, WHY, say.expedite.words);
      return isWrong(justification) ? justification : { type: 'expedite', justification };
    },
  },
};

export const complain: Deed = {
  name: 'complain',
  button: say.complain.button,
  trial: () => ({ type: 'complain', words: SOME_WORDS }),
  form: {
    title: say.complain.title,
    submit: say.complain.submit,
    field: WHY,
    blocks: (drawn) => {
      const { deed, format } = wordsOf(drawn);
      const within = format.duration(drawn.rules.complaint_within);
      return [
        section(deed.complain.says(role(drawn, 'customer_success'), within)),
        textBox({ id: WHY, label: deed.complain.words, hint: deed.complain.hint }),
      ];
    },
    read: (values) => {
      const words = wordsIn(values, WHY, say.complain.words);
      return isWrong(words) ? words : { type: 'complain', words };
    },
  },
};
