/** Deeds of those who decide: looking at it, taking back, picking the tier. */
import { TIERS, tier } from '../../core/values.ts';
import { FIELD } from '../ids.ts';
import { section } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { oneOfFew } from './chosen.ts';
import { choiceIn, type Deed, isWrong, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say, label, formErrors } = wording();

export const take: Deed = {
  name: 'take',
  button: say.take.button,
  trial: () => ({ type: 'take' }),
  done: say.take.done,
};

export const takeBack: Deed = {
  name: 'take_back',
  button: say.takeBack.button,
  trial: () => ({ type: 'take_back', reason: SOME_WORDS }),
  form: {
    title: say.takeBack.title,
    submit: say.takeBack.submit,
    field: REASON,
    blocks: (drawn) => [
      section(wordsOf(drawn).deed.takeBack.says(drawn.state.number)),
      textBox({ id: REASON, label: label.reason, hint: say.takeBack.hint }),
    ],
    read: (values) => {
      const reason = wordsIn(values, REASON, label.reason);
      return isWrong(reason) ? reason : { type: 'take_back', reason };
    },
  },
};

export const pickTier: Deed = {
  name: 'pick_tier',
  button: say.pickTier.button,
  style: 'primary',
  trial: () => ({ type: 'pick_tier', tier: 'executive', reason: SOME_WORDS }),
  form: {
    title: say.pickTier.title,
    submit: say.pickTier.submit,
    field: REASON,
    blocks: (drawn) => [
      section(wordsOf(drawn).deed.pickTier.says(drawn.state.number)),
      oneOfFew(FIELD.tier, {
        label: say.pickTier.tier,
        options: TIERS.map((value) => ({ value, text: say.pickTier.tiers[value] })),
        chosen: drawn.state.tierPicked?.tier,
      }),
      textBox({ id: REASON, label: label.reason, hint: say.pickTier.hint }),
    ],
    read: (values) => {
      const picked = tier.safeParse(choiceIn(values, FIELD.tier));
      if (!picked.success) return { errors: { [FIELD.tier]: formErrors.noSuchChoice } };
      const reason = wordsIn(values, REASON, label.reason);
      return isWrong(reason) ? reason : { type: 'pick_tier', tier: picked.data, reason };
    },
  },
};
