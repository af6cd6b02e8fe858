/** Deeds after the decision: what became of it, a condition that is met, and whether what was learnt helped. */
import { z } from 'zod';
import { type Condition, conditionsOf, type ExceptionRequest } from '../../core/request.ts';
import { EXECUTED } from '../carried.ts';
import { FIELD } from '../ids.ts';
import { date, said } from '../mrkdwn.ts';
import { labelled, saysAndQuotes, section } from '../views/blocks.ts';
import { conditionQuote, conditionQuotes } from '../views/closing.ts';
import { nameOf, wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { oneOfFew } from './chosen.ts';
import { choiceIn, type Deed, isWrong, REASON, SOME_WORDS, textIn, wordsIn } from './deed.ts';

const { deed: say, formErrors } = wording();
const executed = z.enum(EXECUTED);
const effective = z.enum(['yes', 'partly', 'no']);

export const execute: Deed = {
  name: 'execute',
  button: say.execute.button,
  style: 'primary',
  trial: () => ({ type: 'execute', outcome: 'done', words: SOME_WORDS }),
  form: {
    title: say.execute.title,
    submit: say.execute.submit,
    field: REASON,
    blocks: (drawn, i) => {
      const { state } = drawn;
      const { deed, names } = wordsOf(drawn);
      const before = state.status === 'approved' ? state.execution : null;
      const conditions = conditionsOf(state);
      return [
        section(deed.execute.says(state.number)),
        ...(before
          ? [
              saysAndQuotes(
                deed.execute.before(nameOf(drawn, before.by), date(before.at)),
                said(before.words, names.removed),
              ),
            ]
          : []),
        ...(conditions.length > 0 ? [section(deed.execute.conditions), ...conditionQuotes(drawn)] : []),
        oneOfFew(FIELD.outcome, {
          label: deed.execute.outcome,
          options: EXECUTED.map((value) => ({ value, text: deed.execute.outcomes[value] })),
          chosen: EXECUTED[i - 1],
        }),
        textBox({ id: REASON, label: deed.execute.words, hint: deed.execute.hint }),
      ];
    },
    read: (values) => {
      const outcome = executed.safeParse(choiceIn(values, FIELD.outcome));
      if (!outcome.success) return { errors: { [FIELD.outcome]: formErrors.choose(say.execute.outcome) } };
      const words = wordsIn(values, REASON, say.execute.words);
      return isWrong(words) ? words : { type: 'execute', outcome: outcome.data, words };
    },
  },
};

const unmet = (state: ExceptionRequest): Condition[] => conditionsOf(state).filter(({ met }) => !met);

export const meetCondition: Deed = {
  name: 'meet_condition',
  button: say.meetCondition.button,
  each: (state) => (state.status === 'approved' ? unmet(state).map(({ id }) => id) : []),
  trial: (_state, i) => ({ type: 'meet_condition', condition: i, words: null }),
  form: {
    title: say.meetCondition.title,
    submit: say.meetCondition.submit,
    field: REASON,
    blocks: (drawn, i) => {
      const { state } = drawn;
      const { deed } = wordsOf(drawn);
      const condition = conditionsOf(state).find(({ id }) => id === i);
      return [
        section(deed.meetCondition.says(state.number)),
        ...(condition ? [conditionQuote(drawn, condition)] : []),
        textBox({ id: REASON, label: deed.meetCondition.words, hint: deed.meetCondition.hint, optional: true }),
      ];
    },
    read: (values, _seen, i) => {
      const words = textIn(values, REASON) === null ? null : wordsIn(values, REASON, say.meetCondition.words);
      return words && isWrong(words) ? words : { type: 'meet_condition', condition: i, words };
    },
  },
};

export const checkEffectiveness: Deed = {
  name: 'check_effectiveness',
  button: say.checkEffectiveness.button,
  style: 'primary',
  trial: () => ({ type: 'check_effectiveness', effective: 'yes', words: SOME_WORDS }),
  form: {
    title: say.checkEffectiveness.title,
    submit: say.checkEffectiveness.submit,
    field: REASON,
    blocks: (drawn) => {
      const { state } = drawn;
      const { deed, names, format } = wordsOf(drawn);
      const { checkEffectiveness: own } = deed;
      const closure = state.status === 'approved' ? state.closure : null;
      const action = closure?.action;
      return [
        section(own.says(state.number)),
        ...(closure ? [labelled(own.fixed, said(closure.fixed, names.removed))] : []),
        ...(action
          ? [
              saysAndQuotes(
                own.action(nameOf(drawn, action.owner), format.day(action.due)),
                said(action.words, names.removed),
              ),
            ]
          : []),
        oneOfFew(FIELD.outcome, {
          label: own.effective,
          options: effective.options.map((value) => ({ value, text: own.answers[value] })),
        }),
        textBox({ id: REASON, label: own.words, hint: own.hint }),
      ];
    },
    read: (values) => {
      const answer = effective.safeParse(choiceIn(values, FIELD.outcome));
      if (!answer.success) return { errors: { [FIELD.outcome]: formErrors.choose(say.checkEffectiveness.effective) } };
      const words = wordsIn(values, REASON, say.checkEffectiveness.words);
      return isWrong(words) ? words : { type: 'check_effectiveness', effective: answer.data, words };
    },
  },
};
