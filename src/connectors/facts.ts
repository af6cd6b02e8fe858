/** From what a source holds, of whatever type, to the short texts that people compare. */
import type { Fact, Fields } from '../core/sources.ts';

const LONGEST_VALUE = 300;
/** A fact is a value or a few; whatever lies deeper is a record of its own, which a longer path can name. */
const DEEPEST = 3;

/**
 * One fact for each field that has a value, in the policy's order.
 * @param valuesAt what the source holds at a path: one value for each row or match
 */
export const toFacts = (fields: Fields, valuesAt: (path: string, field: string) => unknown[]): Fact[] =>
  Object.entries(fields).flatMap(([field, { label, path }]) => {
    const value = shortText(valuesAt(path, field));
    return value === '' ? [] : [{ field, label, value }];
  });

/** Several rows that agree are one value; those that do not are listed, so that nobody takes the first for the whole. */
function shortText(values: unknown[]): string {
  const texts = values.map(textOf).filter((text) => text !== '');
  return shortened(new Set(texts).size > 1 ? texts.join(', ') : (texts[0] ?? ''));
}

const textOf = (value: unknown): string =>
  [...plainIn(value, 0)]
    .map(oneLine)
    .filter((text) => text !== '')
    .join(', ');

function* plainIn(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value);
  else if (typeof value === 'object' && value !== null && depth < DEEPEST)
    for (const part of Object.values(value)) yield* plainIn(part, depth + 1);
}

/** Neither NUL nor half a character can be kept; line breaks and other controls would tear a line of facts apart. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

function shortened(text: string): string {
  const points = [...text];
  return points.length > LONGEST_VALUE ? `${points.slice(0, LONGEST_VALUE - 1).join('')}…` : text;
}
