/** What is filled in where a stage is decided: checks, reasons, conditions. Block id and action id are the same. */
import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { Rules } from '../../core/policy.ts';
import type { Stage } from '../../core/values.ts';
import { ACTION, FIELD } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { actions, button, input, plain } from './blocks.ts';
import { type Drawn, wordsOf } from './drawn.ts';
import { option, pickingDay, pickingPerson, typing } from './inputs.ts';

/** As it stands in the fields; an empty one is null. */
export type TypedCondition = { text: string | null; owner: string | null; due: string | null };
/** What was filled in so far. */
export type Answers = {
  rationale: string;
  /** Which of the policy's standard reasons, from 0. */
  standard: number | null;
  /** Ids of the policy's checks. */
  checks: string[];
  conditions: TypedCondition[];
  /** First and last day for which it is allowed. */
  from: string | null;
  until: string | null;
};
export const NO_ANSWERS: Answers = {
  ...{ rationale: '', standard: null, checks: [], conditions: [] },
  ...{ from: null, until: null },
};

export const MOST_CONDITIONS = 5;
/** Code points of a condition. */
const LONGEST_CONDITION = 500;

type Asked = {
  drawn: Drawn;
  act: 'approve' | 'reject';
  stage: Stage;
  answers: Answers;
  /** The last day that the policy allows, counted from today; null for no limit. */
  latest: string | null;
};

/** Everything that is filled in. */
export const answerFields = (asked: Asked): KnownBlock[] => [
  ...checklist(asked),
  ...standardReasons(asked),
  rationale(asked),
  ...validity(asked),
  ...conditions(asked),
];

function checklist({ drawn, act, stage, answers }: Asked): InputBlock[] {
  const { checklist: checks } = drawn.rules;
  if (act === 'reject' || stage !== 'validation' || checks.length === 0) return [];
  const { decision } = wordsOf(drawn);
  const options = checks.map(
    ({ id, text, required }): PlainTextOption => ({
      ...option(text, id),
      ...(required ? { description: plain(decision.requiredCheck, LIMIT.optionText) } : {}),
    }),
  );
  const ticked = options.filter(({ value }) => answers.checks.includes(value ?? ''));
  return [
    input({
      block_id: FIELD.checks,
      label: decision.checks,
      // Slack would insist on any of them; which are required is the policy's to say.
      optional: true,
      element: {
        type: 'checkboxes',
        action_id: FIELD.checks,
        options,
        ...(ticked.length > 0 ? { initial_options: ticked } : {}),
      },
    }),
  ];
}

/** Whether the policy's own sentences suffice as rationale: for confirming details, never for rejecting or authorizing. */
export const standardSuffices = (rules: Rules, { act, stage }: Pick<Asked, 'act' | 'stage'>): boolean =>
  act === 'approve' && stage === 'validation' && rules.standard_reasons.length > 0;

function standardReasons(asked: Asked): InputBlock[] {
  if (!standardSuffices(asked.drawn.rules, asked)) return [];
  const { drawn, answers } = asked;
  const { decision } = wordsOf(drawn);
  const options = drawn.rules.standard_reasons.map((reason, i) => longOption(reason, String(i)));
  const chosen = answers.standard === null ? undefined : options[answers.standard];
  return [
    input({
      block_id: FIELD.standardReason,
      label: decision.standardReason,
      hint: decision.standardReasonHint,
      optional: true,
      element: {
        type: 'static_select',
        action_id: FIELD.standardReason,
        placeholder: plain(decision.chooseReason),
        options,
        ...(chosen ? { initial_option: chosen } : {}),
      },
    }),
  ];
}

/** A sentence that may be twice as long as an option's text goes on in its description. */
function longOption(sentence: string, value: string): PlainTextOption {
  const points = [...sentence];
  if (points.length <= LIMIT.optionText) return option(sentence, value);
  const space = points.slice(0, LIMIT.optionText + 1).lastIndexOf(' ');
  const at = space > 0 && points.length - space <= LIMIT.optionText ? space : LIMIT.optionText;
  const rest = points.slice(at).join('').trim();
  return { ...option(points.slice(0, at).join(''), value), description: plain(rest, LIMIT.optionText) };
}

function rationale(asked: Asked): KnownBlock {
  const { label, decision } = wordsOf(asked.drawn);
  const or = standardSuffices(asked.drawn.rules, asked);
  return input({
    block_id: FIELD.rationale,
    label: label.rationale,
    hint: or ? `${decision.rationaleOr} ${decision.hint}` : decision.hint,
    optional: or,
    element: {
      type: 'plain_text_input',
      action_id: FIELD.rationale,
      multiline: true,
      max_length: LIMIT.inputLength,
      ...(asked.answers.rationale ? { initial_value: truncate(asked.answers.rationale, LIMIT.inputLength) } : {}),
    },
  });
}

/** For how long it is allowed. */
function validity({ drawn, act, stage, answers, latest }: Asked): KnownBlock[] {
  if (act === 'reject' || stage !== 'authorization') return [];
  const { endings: say } = wordsOf(drawn);
  return [
    pickingDay(FIELD.validUntil, {
      label: say.until,
      hint: say.untilHint(latest),
      placeholder: say.pickDay,
      chosen: answers.until,
    }),
    pickingDay(FIELD.validFrom, {
      label: say.from,
      hint: say.fromHint,
      placeholder: say.pickDay,
      chosen: answers.from,
    }),
  ];
}

export const conditionField = (field: 'condition' | 'conditionOwner' | 'conditionDue', which: number): string =>
  `${FIELD[field]}_${which}`;

/** One set of fields more than is filled in at first, and another one a press, up to as many as there may be. */
function conditions({ drawn, act, answers }: Asked): KnownBlock[] {
  if (act === 'reject') return [];
  const { decision } = wordsOf(drawn);
  const shown = answers.conditions.length > 0 ? answers.conditions : [{ text: null, owner: null, due: null }];
  const fields = shown.flatMap((condition, i) => conditionFields(drawn, condition, i + 1, shown.length));
  const more = button(ACTION.addCondition, decision.addCondition, String(shown.length));
  return [...fields, ...(shown.length < MOST_CONDITIONS ? [actions(`conditions-${shown.length}`, [more])] : [])];
}

function conditionFields(drawn: Drawn, { text, owner, due }: TypedCondition, which: number, of: number): KnownBlock[] {
  const { decision } = wordsOf(drawn);
  return [
    typing(conditionField('condition', which), LONGEST_CONDITION, {
      label: decision.condition(which, of),
      ...(which === 1 ? { hint: decision.conditionHint } : {}),
      initial: text,
      optional: true,
      element: { multiline: true },
    }),
    pickingPerson(conditionField('conditionOwner', which), {
      label: decision.conditionOwner(which, of),
      placeholder: decision.pickOwner,
      chosen: owner,
    }),
    pickingDay(conditionField('conditionDue', which), {
      label: decision.conditionDue(which, of),
      placeholder: decision.pickDue,
      chosen: due,
    }),
  ];
}
