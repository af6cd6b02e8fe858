import { JSONPathError, type JSONPathQuery, type JSONValue, jsonpath } from 'json-p3';
import type { Fact, Fields } from '../core/sources.ts';
import { toFacts } from './facts.ts';
import { SourceFailure } from './reader.ts';

/** Throws SourceFailure where a field's path is no JSONPath (RFC 9535). */
export const compilePaths = (fields: Fields): Map<string, JSONPathQuery> =>
  new Map(Object.entries(fields).map(([field, { path }]) => [field, compiled(field, path)]));

function compiled(field: string, path: string): JSONPathQuery {
  try {
    return jsonpath.compile(path);
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw new SourceFailure(
      `The path of the field ${field} is no JSONPath (${error.message})`,
      'write it as RFC 9535 has it, such as $.account.tier',
    );
  }
}

/** Null where the answer holds nothing at all: that is how a search says that it found nobody. */
export function factsInJson(text: string, fields: Fields): Fact[] | null {
  const paths = compilePaths(fields);
  const document = parsed(text);
  if (document === null || (typeof document === 'object' && Object.keys(document).length === 0)) return null;
  const found = new Map([...paths].map(([field, path]) => [field, valuesAt(path, document)]));
  if ([...found.values()].every((values) => values.length === 0))
    throw new SourceFailure(
      'Its answer has none of the configured fields',
      'compare the paths in the policy with what it answers',
    );
  return toFacts(fields, (_, field) => found.get(field) ?? []);
}

function parsed(text: string): JSONValue {
  try {
    return JSON.parse(text, exactly) as JSONValue;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw new SourceFailure('Its answer is not JSON', 'see whether the address in the policy is that of the API');
  }
}

/** A customer number of twenty digits is no number to JavaScript, which would change the last ones: it stays text. */
function exactly(_key: string, value: unknown, context?: { source?: string }): unknown {
  const changed = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return changed ? (context?.source ?? value) : value;
}

function valuesAt(path: JSONPathQuery, document: JSONValue): unknown[] {
  try {
    return path.query(document).values();
  } catch (error) {
    if (!(error instanceof JSONPathError || error instanceof RangeError)) throw error;
    throw tooDeep();
  }
}

const tooDeep = (): SourceFailure =>
  new SourceFailure('Its answer is nested too deeply', 'see whether the address in the policy is that of the API');
