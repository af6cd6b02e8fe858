/** Deeds around what makes approvals wait: somebody says so, somebody clears it up, the sources are asked again. */
import type { KnownBlock } from '@slack/types';
import { HOLD_OUTCOMES, type HoldOutcome, holdOutcome } from '../../core/events/holds.ts';
import { roleOf } from '../../core/policy.ts';
import { type ExceptionRequest, type Hold, openHolds } from '../../core/request.ts';
import { HOLD_ROLE } from '../../core/standing.ts';
import { type HoldKind, holdKind } from '../../core/values.ts';
import { FIELD } from '../ids.ts';
import { date, line, said } from '../mrkdwn.ts';
import { context, facts, says, saysAndQuotes, section, typedField } from '../views/blocks.ts';
import { type Drawn, nameOf, role, wordsOf } from '../views/drawn.ts';
import { textBox } from '../views/textBox.ts';
import { wording } from '../wording/index.ts';
import { oneOfFew, oneOfMany } from './chosen.ts';
import { choiceIn, type Deed, isWrong, type Order, REASON, SOME_WORDS, wordsIn } from './deed.ts';

const { deed: say, formErrors } = wording();
const KINDS = holdKind.options;
/** Stands for a source that the policy does not name. */
const ANOTHER = 'another:source';

const placing = (kind: HoldKind): Order => ({ type: 'place_hold', kind, source: null, words: SOME_WORDS });

export const placeHold: Deed = {
  name: 'place_hold',
  button: say.placeHold.button,
  trial: () => placing('data_unavailable'),
  // Whoever clears up one kind may place that one, and no other.
  otherwise: () => KINDS.map(placing),
  form: {
    title: say.placeHold.title,
    submit: say.placeHold.submit,
    field: REASON,
    blocks: (drawn) => {
      const { deed, format } = wordsOf(drawn);
      const { placeHold: own } = deed;
      return [
        section(own.says(drawn.state.number)),
        oneOfFew(FIELD.holdKind, {
          label: own.kind,
          options: KINDS.map((kind) => ({
            value: kind,
            text: own.kinds[kind],
            more: own.goesTo(role(drawn, HOLD_ROLE[kind]).group),
          })),
        }),
        oneOfMany(FIELD.source, {
          label: own.source,
          hint: own.sourceHint,
          optional: true,
          options: [
            ...Object.entries(drawn.wiring.sources).map(([value, { name }]) => ({ value, text: name })),
            { value: ANOTHER, text: own.anotherSource },
          ],
        }),
        textBox({ id: REASON, label: own.words, hint: own.hint }),
        context(own.moves(format.duration(drawn.rules.data_unavailable_extension))),
      ];
    },
    read: (values) => {
      const kind = holdKind.safeParse(choiceIn(values, FIELD.holdKind));
      if (!kind.success) return { errors: { [FIELD.holdKind]: formErrors.required(say.placeHold.kind) } };
      const words = wordsIn(values, REASON, say.placeHold.words);
      if (isWrong(words)) return words;
      const named = kind.data === 'data_unavailable' ? choiceIn(values, FIELD.source) : null;
      return { type: 'place_hold', kind: kind.data, source: named === ANOTHER ? null : named, words };
    },
  },
};

const held = (state: ExceptionRequest, i: number): Hold | undefined => state.holds.find(({ id }) => id === i);

export const releaseHold: Deed = {
  name: 'release_hold',
  button: say.releaseHold.button,
  each: (state) => openHolds(state).map(({ id }) => id),
  trial: (state, i) => {
    const kind = held(state, i)?.kind ?? 'data_unavailable';
    return { type: 'release_hold', hold: i, outcome: HOLD_OUTCOMES[kind][0], words: SOME_WORDS };
  },
  form: {
    title: say.releaseHold.title,
    submit: say.releaseHold.submit,
    field: REASON,
    blocks: (drawn, i) => {
      const hold = held(drawn.state, i);
      return hold ? releasing(drawn, hold) : [];
    },
    read: (values, { state }, i) => {
      const kind = held(state, i)?.kind ?? 'data_unavailable';
      const [only, ...others] = HOLD_OUTCOMES[kind];
      const chosen = others.length === 0 ? only : choiceIn(values, FIELD.outcome);
      const outcome = holdOutcome.safeParse(chosen);
      if (!outcome.success) return { errors: { [FIELD.outcome]: formErrors.required(say.releaseHold.outcome[kind]) } };
      const words = wordsIn(values, REASON, say.releaseHold.words[kind]);
      return isWrong(words) ? words : { type: 'release_hold', hold: i, outcome: outcome.data, words };
    },
  },
};

function releasing(drawn: Drawn, hold: Hold): KnownBlock[] {
  const { state } = drawn;
  const { deed } = wordsOf(drawn);
  const { releaseHold: own } = deed;
  const { kind } = hold;
  const outcomes: readonly HoldOutcome[] = HOLD_OUTCOMES[kind];
  const choice = outcomes.flatMap((outcome) =>
    outcome === 'answered' ? [] : [{ value: outcome, ...own.outcomes[outcome] }],
  );
  return [
    section(own.held(state.number, kind, sourceOf(drawn, hold))),
    ...found(drawn, hold),
    ...sideBySide(drawn, hold),
    ...(choice.length > 1 ? [oneOfFew(FIELD.outcome, { label: own.outcome[kind], options: choice })] : []),
    textBox({ id: REASON, label: own.words[kind], hint: own.hint }),
    ...(kind === 'regulatory' ? [context(own.ends)] : []),
    ...(state.status === 'in_review' ? [context(own.goesOn(role(drawn, roleOf(state.stage, state.tier))))] : []),
  ];
}

/** What the people of the policy call it; null where the hold is about no source that it names. */
const sourceOf = ({ wiring, state }: Drawn, { source }: Hold): string | null =>
  source && (wiring.sources[source]?.name ?? state.snapshots.find((said) => said.source === source)?.name ?? source);

function found(drawn: Drawn, hold: Hold): KnownBlock[] {
  const { deed, names } = wordsOf(drawn);
  if (!hold.words) return [says(deed.releaseHold.found(date(hold.at)))];
  const sentence = deed.releaseHold.said(nameOf(drawn, hold.by), date(hold.at));
  return [saysAndQuotes(sentence, said(hold.words, names.removed))];
}

function sideBySide(drawn: Drawn, { discrepancies }: Hold): KnownBlock[] {
  const { deed, names } = wordsOf(drawn);
  return discrepancies.flatMap(({ label, values }) => [
    says(line`${deed.releaseHold.sideBySide(label)}`),
    ...facts(values.map(({ name, value }) => typedField(name, said(value, names.removed)))),
  ]);
}

/** Of the holds that data causes, the one that this is about. */
const dataHold = (state: ExceptionRequest, i: number): Hold | undefined => {
  const open = openHolds(state).filter(({ kind }) => kind !== 'regulatory');
  return open.find(({ id }) => id === i) ?? open[0];
};

export const retrySources: Deed = {
  name: 'retry_sources',
  button: say.retrySources.button,
  // Who may clear up what is wrong with the data may look whether it still is.
  trial: (state, i) => {
    const hold = dataHold(state, i);
    const outcome = HOLD_OUTCOMES[hold?.kind ?? 'data_unavailable'][0];
    return { type: 'release_hold', hold: hold?.id ?? 0, outcome, words: SOME_WORDS };
  },
  instead: ({ state, version }) => [{ kind: 'read_sources', number: state.number, seq: version, moment: 'retry' }],
  done: (number) => ({ title: say.retrySources.asked.title, text: say.retrySources.asked.text(number) }),
};
