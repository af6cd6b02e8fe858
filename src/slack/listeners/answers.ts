/** What was filled in where a stage is decided: read from the form, and checked before it becomes part of the record. */
import type { ViewOutput } from '@slack/bolt';
import { toWords } from '../../app/content.ts';
import type { Of } from '../../core/command.ts';
import type { Validity } from '../../core/events/timing.ts';
import type { Rules } from '../../core/policy.ts';
import { usable } from '../../store/people.ts';
import { choiceIn, dayIn, personIn, textIn, ticksIn } from '../deeds/deed.ts';
import { FIELD } from '../ids.ts';
import { type Answers, conditionField, MOST_CONDITIONS, type TypedCondition } from '../views/deciding.ts';
import { wording } from '../wording/index.ts';
import type { Listening } from './listening.ts';

const { decision: say, endings, formErrors, label } = wording();

type Values = ViewOutput['state']['values'];
export type Errors = Record<string, string>;
export type Conditions = Of<'approve'>['conditions'];

export function answersIn(values: Values): Answers {
  const standard = choiceIn(values, FIELD.standardReason);
  return {
    rationale: textIn(values, FIELD.rationale) ?? '',
    standard: standard === null ? null : Number(standard),
    checks: ticksIn(values, FIELD.checks),
    conditions: conditionsIn(values),
    from: dayIn(values, FIELD.validFrom),
    until: dayIn(values, FIELD.validUntil),
  };
}

/** As many as the form has fields for, the empty ones included. */
function conditionsIn(values: Values): TypedCondition[] {
  const all: TypedCondition[] = [];
  for (let which = 1; which <= MOST_CONDITIONS; which++) {
    if (!(conditionField('condition', which) in values)) break;
    all.push({
      text: textIn(values, conditionField('condition', which)),
      owner: personIn(values, conditionField('conditionOwner', which)),
      due: dayIn(values, conditionField('conditionDue', which)),
    });
  }
  return all;
}

const isEmpty = ({ text, owner, due }: TypedCondition) => text === null && owner === null && due === null;

const storable = (text: string) => text.isWellFormed() && !text.includes('\0');

const wrong = (sentence: string) => ({ errors: { [FIELD.rationale]: sentence } });

/** What goes on the record as the reason: the policy's sentence, if one was chosen, and what was typed. */
export function reasonOf(
  { rationale, standard }: Answers,
  { standard_reasons }: Rules,
  standardSuffices: boolean,
): { text: string } | { errors: Errors } {
  const sentence = standardSuffices && standard !== null ? standard_reasons[standard] : undefined;
  const text = [sentence, rationale].filter(Boolean).join('\n');
  if (text === '') return wrong(standardSuffices ? say.rationaleOr : formErrors.required(label.rationale));
  return storable(text) ? { text } : wrong(formErrors.unreadable);
}

/** For how long it is allowed; null for without end. @param today the day in UTC, from which it is good unless said otherwise */
export function validityOf(
  { from, until }: Answers,
  today: string,
): { validity: Validity | null } | { errors: Errors } {
  if (until !== null) return { validity: { from: from ?? today, until } };
  return from === null ? { validity: null } : { errors: { [FIELD.validUntil]: endings.needsUntil } };
}

/** @param today the day before which a due date lies in the past, in the policy's zone */
export async function conditionsOf(
  { db, teamId, policies }: Pick<Listening, 'db' | 'teamId' | 'policies'>,
  typed: TypedCondition[],
  today: () => string,
): Promise<{ conditions: Conditions } | { errors: Errors }> {
  // Mostly there are none, and then nothing need be asked of the database while somebody waits.
  if (typed.every(isEmpty)) return { conditions: [] };
  const owners = typed.flatMap(({ owner }) => owner ?? []);
  const { wiring } = (await policies.current()).document;
  const people = new Set(await usable(db, teamId, wiring, owners));
  const conditions: Conditions = [];
  let errors: Errors = {};
  for (const [i, condition] of typed.entries()) {
    const { text, owner, due } = condition;
    if (isEmpty(condition)) continue;
    const wrong = problemsOf(condition, i + 1, today(), people);
    errors = { ...errors, ...wrong };
    if (text !== null && owner !== null && due !== null) conditions.push({ text: toWords(text), owner, due });
  }
  return Object.keys(errors).length > 0 ? { errors } : { conditions };
}

function problemsOf({ text, owner, due }: TypedCondition, which: number, today: string, people: Set<string>): Errors {
  const at = (field: Parameters<typeof conditionField>[0], problem: string | null): Errors =>
    problem === null ? {} : { [conditionField(field, which)]: problem };
  const { conditionNeeds: needs } = say;
  const unread = text !== null && !storable(text) ? formErrors.unreadable : null;
  const unknown = owner !== null && !people.has(owner) ? needs.stranger : null;
  const past = due !== null && due < today ? needs.past : null;
  return {
    ...at('condition', text === null ? needs.text : unread),
    ...at('conditionOwner', owner === null ? needs.owner : unknown),
    ...at('conditionDue', due === null ? needs.due : past),
  };
}
