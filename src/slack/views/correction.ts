/** The form in which a validator sets right what the figures are, with what that changes. */
import type { KnownBlock } from '@slack/types';
import type { Change } from '../../core/events/content.ts';
import { OTHER_RULE } from '../../core/events/content.ts';
import type { Figured } from '../../core/formFigures.ts';
import { ruleOf } from '../../core/policy.ts';
import type { Tier } from '../../core/values.ts';
import { FIELD } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { context, section } from './blocks.ts';
import { changesBriefly } from './changes.ts';
import { type Drawn, ruleName, wordsOf } from './drawn.ts';
import { choosing, live, option, typing } from './inputs.ts';
import { textBox } from './textBox.ts';

/** What the correction would come to; null while it cannot be told. */
export type Preview = { changes: Change[]; tier: Tier } | null;

const LONGEST_FIGURE = 40;

export function correctionBlocks(drawn: Drawn, typed: Figured, preview: Preview): KnownBlock[] {
  const { state, rules } = drawn;
  const { deed, label, form } = wordsOf(drawn);
  const say = deed.correct;
  const standard = ruleOf(rules, typed.policy ?? '')?.standard;
  const listed = rules.policies.slice(0, LIMIT.selectOptions - 1).map(({ id, name }) => option(name, id));
  const other = state.rule === OTHER_RULE ? [option(ruleName(drawn), OTHER_RULE)] : [];
  const choose = form.choose;
  return [
    section(say.says(state.number)),
    live(
      choosing(FIELD.correctRule, {
        ...{ label: label.policy, placeholder: choose, options: [...listed, ...other], chosen: typed.policy },
      }),
    ),
    live(
      choosing(FIELD.correctCategory, {
        ...{ label: label.category, placeholder: choose, chosen: typed.category },
        options: rules.categories.map(({ id, name }) => option(name, id)),
      }),
    ),
    ...(standard
      ? [
          live(
            typing(FIELD.correctAsksFor, LONGEST_FIGURE, {
              ...{ label: say.asksFor(standard.unit), hint: say.asksForHint, initial: typed.asksFor, optional: true },
            }),
          ),
        ]
      : []),
    live(
      typing(FIELD.correctDeviation, LONGEST_FIGURE, {
        ...{ label: label.deviation, hint: standard ? say.deviationComputed : say.deviationHint },
        ...{ initial: typed.deviation, optional: true },
      }),
    ),
    context(previewed(drawn, preview)),
    textBox({ id: FIELD.reason, label: label.reason, hint: say.hint }),
  ];
}

function previewed(drawn: Drawn, preview: Preview): string {
  const say = wordsOf(drawn).deed.correct;
  if (!preview) return say.unclear;
  if (preview.changes.length === 0) return say.nothing;
  const changes = say.changes(changesBriefly(drawn, preview.changes));
  const { tier } = drawn.state;
  return preview.tier === tier ? changes : `${changes} ${say.tier(tier, preview.tier)}`;
}
