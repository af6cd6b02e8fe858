/** A supervisor gives a request to the next tier, since nobody of its own can decide it in time. */
import { tierAbove } from '../../core/ladders.ts';
import { slaOf } from '../../core/sla.ts';
import { TIERS, type Tier } from '../../core/values.ts';
import { section } from '../views/blocks.ts';
import { wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say, label } = wording();

/** A button carries the tier that it was drawn for, from 1; 0 stands for whichever is next. */
const toTier = (i: number): { to?: Tier } => {
  const to = TIERS[i];
  return i > 0 && to ? { to } : {};
};

export const reroute: Deed = {
  name: 'reroute',
  button: say.reroute.button,
  each: (state) => {
    const up = tierAbove(state.tier);
    return state.status === 'in_review' && up ? [TIERS.indexOf(up)] : [];
  },
  trial: (_state, i) => ({ type: 'reroute', ...toTier(i), reason: SOME_WORDS }),
  form: {
    title: say.reroute.title,
    submit: say.reroute.submit,
    field: REASON,
    blocks: (drawn) => {
      const { state, rules } = drawn;
      const { deed, format } = wordsOf(drawn);
      const tier = tierAbove(state.tier) ?? state.tier;
      const within = format.duration(slaOf(rules, { ...state, tier }));
      const { number } = state;
      return [
        section(state.expedited ? deed.reroute.quick(number, tier) : deed.reroute.says(number, tier, within)),
        textBox({ id: REASON, label: label.reason, hint: say.reroute.hint }),
      ];
    },
    read: (values, _seen, i) => {
      const reason = wordsIn(values, REASON, label.reason);
      return isWrong(reason) ? reason : { type: 'reroute', ...toTier(i), reason };
    },
  },
};
