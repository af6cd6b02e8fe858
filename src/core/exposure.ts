/** Requests that count together: the same customer under the same rule. */
import type { Content } from './events/content.ts';
import type { Exposure } from './events/submission.ts';
import { sum } from './figures.ts';

/** What counts together, this request's own figures included. */
export function together(others: Exposure | null, { deviation, value }: Pick<Content, 'deviation' | 'value'>) {
  if (!others || others.numbers.length === 0) return null;
  const { numbers } = others;
  return { numbers, deviation: sum(others.deviation, deviation ?? '0'), value: sum(others.value, value) };
}
