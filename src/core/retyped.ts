/** A request as it stands -> its form as if it had just been typed, for whoever changes it or asks again. */
import type { Content } from './events/content.ts';
import type { Problem, Typed } from './form.ts';
import type { Words } from './values.ts';

/** The fields of the form as text: what a person compares. */
type FieldName = Problem['field'];

export function typedOf(content: Content, beneficiary: string | null): Typed {
  const { asksFor, deviation, files, category, severity, alreadyHappened, urgent, confidential, neededBy } = content;
  return {
    policy: content.rule,
    otherRule: textOf(content.otherRule),
    asksFor: asksFor && asFigure(asksFor.value),
    // Worked out anew from what is asked for, lest a change of that contradicts it.
    deviation: asksFor || deviation === null ? null : asFigure(deviation),
    unmeasured: deviation === null,
    value: asFigure(content.value),
    customer: textOf(content.customer),
    rationale: textOf(content.rationale),
    impact: textOf(content.impact),
    evidence: textOf(content.evidence),
    ...{ files, category, severity, alreadyHappened, urgent, confidential, neededBy, beneficiary },
    component: textOf(content.component),
    errorType: textOf(content.errorType),
    inputs: Object.fromEntries(Object.entries(content.inputs).map(([id, words]) => [id, textOf(words)])),
  };
}

const textOf = (words: Words | null): string | null => words?.text ?? null;

/** `12.345` could be read as thousands; with one more place it is one figure. */
const asFigure = (decimal: string): string => (/^[1-9]\d{0,2}\.\d{3}$/.test(decimal) ? `${decimal}0` : decimal);

/**
 * What somebody typed into a form that was drawn from `base`, brought together with what the request says now: a field that
 * they left alone says what the request does.
 * @returns also the fields that the request has changed meanwhile
 */
export function merged(base: Typed, mine: Typed, now: Typed): { typed: Typed; changed: FieldName[] } {
  const inputs = { ...now.inputs };
  for (const [id, text] of Object.entries(mine.inputs)) if (!same(text, base.inputs[id] ?? null)) inputs[id] = text;
  const left = (field: keyof Typed) => same(plain(mine, field), plain(base, field));
  const fields = Object.keys(now) as (keyof Typed)[];
  const taken = Object.fromEntries(fields.map((field) => [field, (left(field) ? now : mine)[field]]));
  return { typed: { ...(taken as Typed), inputs }, changed: differing(base, now) };
}

/** The fields in which two forms differ, in the form's order. */
export function differing(a: Typed, b: Typed): FieldName[] {
  return (Object.keys(b) as (keyof Typed)[]).flatMap((field): FieldName[] => {
    if (field !== 'inputs') return same(plain(a, field), plain(b, field)) ? [] : [field];
    const ids = [...new Set([...Object.keys(a.inputs), ...Object.keys(b.inputs)])];
    return ids.filter((id) => !same(a.inputs[id] ?? null, b.inputs[id] ?? null)).map((id) => `inputs.${id}` as const);
  });
}

const plain = (typed: Typed, field: keyof Typed): string | null => {
  const value = typed[field];
  if (field === 'files') return typed.files.map(({ id }) => id).join();
  return value === null ? null : String(value);
};

/** Nothing and an empty field are the same. */
const same = (a: string | null, b: string | null): boolean => (a ?? '').trim() === (b ?? '').trim();
