/** Deeds about questions that nobody answers, and about who answers for a request. */
import type { ExceptionRequest } from '../../core/request.ts';
import { FIELD } from '../ids.ts';
import { unfit } from '../picked.ts';
import { input, plain, section } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, personIn, REASON, SOME_WORDS, textIn, wordsIn } from './deed.ts';

const { deed: say, person: picked, form: forms } = wording();

const questions = (state: ExceptionRequest, closed: boolean): number[] =>
  state.questions.filter((each) => !each.answer && (each.closed !== null) === closed).map(({ id }) => id);

/** Left out, the last. */
const which = (state: ExceptionRequest, i: number, closed: boolean): number =>
  i === 0 ? (questions(state, closed).at(-1) ?? 0) : i;

export const closeQuestion: Deed = {
  name: 'close_question',
  button: say.closeQuestion.button,
  each: (state) => questions(state, false),
  trial: (state, i) => ({ type: 'close_question', question: which(state, i, false) }),
  done: say.closeQuestion.done,
};

export const reopenQuestion: Deed = {
  name: 'reopen_question',
  button: say.reopenQuestion.button,
  each: (state) => questions(state, true),
  trial: (state, i) => ({ type: 'reopen_question', question: which(state, i, true) }),
  done: say.reopenQuestion.done,
};

const NOBODY = 'nobody';

export const handOver: Deed = {
  name: 'hand_over',
  button: say.handOver.button,
  trial: () => ({ type: 'hand_over', to: NOBODY, reason: SOME_WORDS }),
  form: {
    title: say.handOver.title,
    submit: say.handOver.submit,
    field: REASON,
    blocks: (drawn) => {
      const { deed } = wordsOf(drawn);
      return [
        section(deed.handOver.says(drawn.state.number)),
        input({
          block_id: FIELD.person,
          label: deed.handOver.to,
          element: { type: 'users_select', action_id: FIELD.person, placeholder: plain(forms.pickPerson) },
        }),
        textBox({ id: REASON, label: deed.handOver.reason, hint: deed.handOver.hint, optional: true }),
      ];
    },
    read: (values) => {
      const to = personIn(values, FIELD.person);
      if (to === null) return { errors: { [FIELD.person]: picked.missing } };
      const reason = textIn(values, REASON) === null ? null : wordsIn(values, REASON, say.handOver.reason);
      return reason && isWrong(reason) ? reason : { type: 'hand_over', to, reason };
    },
    async check(bot, order, { state }) {
      if (order.type !== 'hand_over') return null;
      const wrong = order.to === state.owner ? say.handOver.already : await unfit(bot, order.to);
      return wrong === null ? null : { errors: { [FIELD.person]: wrong } };
    },
  },
};
