/** The inputs that a category needs, and which of them a request lacks. */
import { type Content, OTHER_RULE } from './events/content.ts';
import { categoryOf, type Rules } from './policy.ts';
import type { RequiredInput } from './procedure.ts';

/** What the category of a request asks for, in the policy's order. */
export function requiredInputs(rules: Rules, category: string): RequiredInput[] {
  const wanted = categoryOf(rules, category)?.inputs ?? [];
  return rules.inputs.filter(({ id }) => wanted.includes(id));
}

/**
 * Ids of the sources that must have answered before anybody approves: the category's own, and those that give inputs which
 * nobody has typed.
 */
export const requiredSources = (rules: Rules, { category, inputs }: Pick<Content, 'category' | 'inputs'>): string[] => [
  ...new Set([
    ...(categoryOf(rules, category)?.sources ?? []),
    ...requiredInputs(rules, category).flatMap(({ id, source }) => (source && !inputs[id] ? source : [])),
  ]),
];

/** Ids of required inputs that are not there. What a source gives is not missing: where it does not, a hold says so. */
export const missingInputs = (rules: Rules, content: Content): string[] =>
  requiredInputs(rules, content.category)
    .filter((input) => !isGiven(input, content))
    .map(({ id }) => id);

function isGiven({ id, field, source }: RequiredInput, content: Content): boolean {
  if (content.inputs[id] || source) return true;
  switch (field) {
    case undefined:
      return false;
    case 'policy':
      return content.rule !== OTHER_RULE || content.otherRule !== null;
    case 'evidence':
      return content.evidence !== null || content.files.length > 0;
    case 'customer':
      return content.customer !== null;
    default:
      return true;
  }
}
