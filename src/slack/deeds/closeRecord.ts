/** Closing the record: what was learnt, whether it is to be looked at again, and what is computed about it. */
import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { toWords } from '../../app/content.ts';
import type { Words } from '../../core/values.ts';
import { dayIn as dayOf } from '../../core/week.ts';
import { FIELD } from '../ids.ts';
import { unfit } from '../picked.ts';
import { section } from '../views/blocks.ts';
import { computed, conditionQuotes } from '../views/closing.ts';
import { wordsOf } from '../views/drawn.ts';
import { pickingDay, pickingPerson, typing } from '../views/inputs.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { oneOfMany } from './chosen.ts';
import { choiceIn, type Deed, dayIn, isWrong, type Order, personIn, SOME_WORDS, textIn, wordsIn } from './deed.ts';

const { deed: all, formErrors } = wording();
const say = all.closeRecord;
const WHYS = [1, 2, 3, 4, 5];
const why = (n: number): string => `${FIELD.why}_${n}`;

export const closeRecord: Deed = {
  name: 'close',
  button: say.button,
  style: 'primary',
  // Once the outcome is reported the button stands there, and says by name what is missing still.
  explains: (no) => no.why === 'incomplete' && !no.lacks.some(({ what }) => what === 'execution'),
  trial: (_state, _i, { causes: [cause] }) => ({
    ...{ type: 'close', cause: cause?.id ?? '', happened: SOME_WORDS, fixed: SOME_WORDS },
    ...{ whys: [], action: null, checkOn: null },
  }),
  form: {
    title: say.title,
    submit: say.submit,
    field: FIELD.happened,
    blocks: (drawn) => {
      const { closeRecord: own } = wordsOf(drawn).deed;
      return [
        section(own.says(drawn.state.number)),
        ...computed(drawn),
        ...conditionQuotes(drawn),
        oneOfMany(FIELD.cause, {
          label: own.cause,
          options: drawn.rules.causes.map(({ id, name }) => ({ value: id, text: name })),
        }),
        textBox({ id: FIELD.happened, label: own.happened, hint: own.happenedHint }),
        textBox({ id: FIELD.fixed, label: own.fixed, hint: own.fixedHint }),
        ...WHYS.map((n) => typing(why(n), WHY_LENGTH, { ...whyOf(n), initial: null, optional: true })),
        ...actionFields(),
      ];
    },
    read: (values, { wiring }, _i, at) => closing(values, dayOf(at, wiring.zone)),
    // Whoever does the corrective action is asked later whether it helped: an app or somebody who has left would never say.
    async check(bot, order) {
      const owner = order.type === 'close' ? order.action?.owner : undefined;
      const wrong = owner === undefined ? null : await unfit(bot, owner);
      return wrong === null ? null : { errors: { [FIELD.actionOwner]: wrong } };
    },
  },
};

const WHY_LENGTH = 500;
const whyOf = (n: number) => (n === 1 ? { label: say.why, hint: say.whyHint } : { label: say.whyAgain(n) });

function actionFields(): KnownBlock[] {
  return [
    textBox({ id: FIELD.actionText, label: say.action, hint: say.actionHint, optional: true }),
    pickingPerson(FIELD.actionOwner, { label: say.actionOwner, placeholder: say.pickPerson, chosen: null }),
    pickingDay(FIELD.actionDue, { label: say.actionDue, placeholder: say.pickDay, chosen: null }),
    pickingDay(FIELD.checkOn, {
      ...{ label: say.checkOn, hint: say.checkOnHint, placeholder: say.pickDay },
      chosen: null,
    }),
  ];
}

type Values = ViewOutput['state']['values'];
type Errors = Record<string, string>;

/** @param today in the policy's zone, `2026-12-04` */
function closing(values: Values, today: string): Order | { errors: Errors } {
  const errors: Errors = {};
  const needed = (field: string, label: string): Words => {
    const words = wordsIn(values, field, label);
    if (!isWrong(words)) return words;
    Object.assign(errors, words.errors);
    return SOME_WORDS;
  };
  const optional = (field: string): Words[] => (textIn(values, field) === null ? [] : [needed(field, '')]);
  const cause = choiceIn(values, FIELD.cause);
  if (cause === null) errors[FIELD.cause] = formErrors.choose(say.cause);
  const happened = needed(FIELD.happened, say.happened);
  const fixed = needed(FIELD.fixed, say.fixed);
  const whys = WHYS.flatMap((n) => optional(why(n)));
  const action = actionIn(values, today, errors);
  const checkOn = dayIn(values, FIELD.checkOn);
  if (checkOn !== null && checkOn <= today) errors[FIELD.checkOn] = say.notLater;
  if (Object.keys(errors).length > 0) return { errors };
  return { type: 'close', cause: cause ?? '', happened, fixed, whys, action, checkOn };
}

/** What, who and by when: all of it or nothing. */
function actionIn(values: Values, today: string, errors: Errors) {
  const text = textIn(values, FIELD.actionText);
  const owner = personIn(values, FIELD.actionOwner);
  const due = dayIn(values, FIELD.actionDue);
  const given = [
    [FIELD.actionText, text],
    [FIELD.actionOwner, owner],
    [FIELD.actionDue, due],
  ] as const;
  if (text !== null && owner !== null && due !== null) {
    if (!text.isWellFormed() || text.includes('\0')) errors[FIELD.actionText] = formErrors.unreadable;
    if (due < today) errors[FIELD.actionDue] = say.past;
    return { words: toWords(text), owner, due };
  }
  const missing = given.filter(([, value]) => value === null);
  if (missing.length < given.length) for (const [field] of missing) errors[field] = say.allOrNone;
  return null;
}
