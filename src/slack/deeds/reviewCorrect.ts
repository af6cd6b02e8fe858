/** A validator sets right the rule, the category or the figures, before confirming them. */
import type { ViewOutput } from '@slack/bolt';
import { contentOf } from '../../core/changes.ts';
import type { Command } from '../../core/command.ts';
import { decide } from '../../core/decide.ts';
import type { Typed } from '../../core/form.ts';
import { checkFigures, type Figured } from '../../core/formFigures.ts';
import { isRefusal } from '../../core/refusal.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { typedOf } from '../../core/retyped.ts';
import type { Instant } from '../../core/values.ts';
import { fieldErrors } from '../form.ts';
import { FIELD } from '../ids.ts';
import type { Seen } from '../listeners/listening.ts';
import { correctionBlocks, type Preview } from '../views/correction.ts';
import { wording } from '../wording/index.ts';
import { choiceIn, type Deed, isWrong, REASON, SOME_WORDS, textIn, wordsIn } from './deed.ts';

const { deed, label } = wording();
const say = deed.correct;
type Values = ViewOutput['state']['values'];

const asTyped = (state: ExceptionRequest): Typed => typedOf(contentOf(state), state.beneficiary);

/** What stands in the fields. Without a deviation and anything to work it out from, it cannot be measured. */
export function correctionIn(values: Values): Figured {
  const [deviation, asksFor] = [textIn(values, FIELD.correctDeviation), textIn(values, FIELD.correctAsksFor)];
  return {
    policy: choiceIn(values, FIELD.correctRule),
    category: choiceIn(values, FIELD.correctCategory),
    asksFor,
    deviation,
    unmeasured: deviation === null && asksFor === null,
  };
}

/** What it would change, and who decides then; null while the figures cannot be read or contradict each other. */
export function previewOf({ state, ...seen }: Seen, typed: Figured, by: string, at: Instant): Preview {
  const checked = checkFigures(typed, seen.policy.rules);
  if ('problems' in checked) return null;
  const command: Command = { type: 'correct', by, at, corrections: checked.figures, reason: SOME_WORDS };
  const outcome = decide(state, command, { ...seen, number: state.number, exposure: null });
  const corrected = isRefusal(outcome) ? undefined : outcome.find(({ type }) => type === 'corrected');
  return corrected?.type === 'corrected' ? corrected : unchanged(state);
}

const unchanged = ({ tier }: ExceptionRequest): Preview => ({ changes: [], tier });

/** Where each problem of the form's own field is shown here. */
const SHOWN_AT: Readonly<Record<string, string>> = {
  [FIELD.policy]: FIELD.correctRule,
  [FIELD.category]: FIELD.correctCategory,
  [FIELD.asksFor]: FIELD.correctAsksFor,
  [FIELD.deviation]: FIELD.correctDeviation,
};

export const correct: Deed = {
  name: 'correct',
  button: say.button,
  // Any change at all: whether the person may is what is asked.
  trial: (state) => ({
    type: 'correct',
    corrections: { deviation: state.deviation === '1' ? '2' : '1' },
    reason: SOME_WORDS,
  }),
  form: {
    title: say.title,
    submit: say.submit,
    field: REASON,
    blocks: (drawn) => correctionBlocks(drawn, asTyped(drawn.state), unchanged(drawn.state)),
    read: (values, { state, policy: { rules } }) => {
      const typed = correctionIn(values);
      const checked = checkFigures(typed, rules);
      if ('problems' in checked) {
        const found = fieldErrors(checked.problems, { ...asTyped(state), ...typed }, rules);
        return { errors: Object.fromEntries(Object.entries(found).map(([at, text]) => [SHOWN_AT[at] ?? at, text])) };
      }
      const reason = wordsIn(values, REASON, label.reason);
      return isWrong(reason) ? reason : { type: 'correct', corrections: checked.figures, reason };
    },
  },
};
