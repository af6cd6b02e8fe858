/** What stands in the request form becomes words of the record. */
import { toWords } from '../app/content.ts';
import type { Content } from '../core/events/content.ts';
import type { Checked } from '../core/form.ts';
import type { Words } from '../core/values.ts';

/**
 * @param before what the request said so far: a text that was left alone stays the same words, so that only what differs
 *   is a change; null for a new request
 */
export function submittedContent(checked: Omit<Checked, 'beneficiary'>, before: Content | null): Content {
  const inputs = Object.entries(checked.inputs).map(([id, text]) => [id, words(text, before?.inputs[id])] as const);
  // The form shows a long name shortened.
  const files = checked.files.map((file) => before?.files.find(({ id }) => id === file.id) ?? file);
  return {
    ...checked,
    files,
    otherRule: orNull(checked.otherRule, before?.otherRule),
    customer: orNull(checked.customer, before?.customer),
    rationale: words(checked.rationale, before?.rationale),
    impact: words(checked.impact, before?.impact),
    evidence: orNull(checked.evidence, before?.evidence),
    component: orNull(checked.component, before?.component),
    errorType: orNull(checked.errorType, before?.errorType),
    inputs: Object.fromEntries(inputs),
  };
}

const words = (text: string, before: Words | null | undefined): Words =>
  before && before.text?.trim() === text ? before : toWords(text);
const orNull = (text: string | null, before: Words | null | undefined): Words | null =>
  text === null ? null : words(text, before);
