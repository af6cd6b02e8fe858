/** Sending a request back to whoever answers for it, with what is missing. */
import type { KnownBlock } from '@slack/types';
import { requiredInputs } from '../../core/inputs.ts';
import type { Rules } from '../../core/policy.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { FIELD } from '../ids.ts';
import { input, section } from '../views/blocks.ts';
import { type Drawn, wordsOf } from '../views/drawn.ts';
import { option } from '../views/inputs.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { type Deed, isWrong, SOME_WORDS, textIn, ticksIn, wordsIn } from './deed.ts';

const { deed, label } = wording();
const say = deed.sendBack;

/** Fields of the form that can fall short, where no input of the policy stands for them already. */
const FIELDS = ['customer', 'rationale', 'impact', 'evidence'] as const;

/** What may be missing: the inputs of the category, then fields of the form. */
function choices({ category }: ExceptionRequest, rules: Rules): { id: string; name: string }[] {
  const inputs = requiredInputs(rules, category);
  const taken = new Set(rules.inputs.map(({ id }) => id));
  const fields = FIELDS.filter((name) => !taken.has(name) && !inputs.some(({ field }) => field === name));
  return [...inputs.map(({ id, name }) => ({ id, name })), ...fields.map((id) => ({ id, name: label[id] }))];
}

/** A set of checkboxes holds ten; the first has the label. */
const BOXES = 10;
const boxId = (at: number): string => (at === 0 ? FIELD.missing : `${FIELD.missing}_${at + 1}`);

function boxes({ state, rules }: Drawn): KnownBlock[] {
  const all = choices(state, rules);
  return Array.from({ length: Math.ceil(all.length / BOXES) }, (_, at) =>
    input({
      block_id: boxId(at),
      label: say.missing,
      optional: true,
      element: {
        type: 'checkboxes',
        action_id: boxId(at),
        options: all.slice(at * BOXES, (at + 1) * BOXES).map(({ id, name }) => option(name, id)),
      },
    }),
  );
}

export const sendBack: Deed = {
  name: 'return',
  button: say.button,
  trial: () => ({ type: 'return', missing: [], words: SOME_WORDS }),
  form: {
    title: say.title,
    submit: say.submit,
    field: FIELD.missingWords,
    blocks: (drawn) => [
      section(wordsOf(drawn).deed.sendBack.says(drawn.state.number)),
      ...boxes(drawn),
      textBox({ id: FIELD.missingWords, label: say.words, hint: say.hint, optional: true }),
    ],
    read: (values) => {
      const missing = Object.keys(values)
        .filter((id) => id === FIELD.missing || id.startsWith(`${FIELD.missing}_`))
        .flatMap((id) => (id === FIELD.missingWords ? [] : ticksIn(values, id)));
      if (textIn(values, FIELD.missingWords) === null)
        return missing.length > 0
          ? { type: 'return', missing, words: null }
          : { errors: { [FIELD.missingWords]: say.neither } };
      const words = wordsIn(values, FIELD.missingWords, say.words);
      return isWrong(words) ? words : { type: 'return', missing, words };
    },
  },
};
