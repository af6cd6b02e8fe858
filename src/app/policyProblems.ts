/** What is wrong in a policy file, in words that help to put it right. */
import type { z } from 'zod';
import { policyDocument } from '../core/policy.ts';

export type Path = readonly PropertyKey[];
export type Problem =
  | Exclude<z.core.$ZodIssue, { code: 'unrecognized_keys' }>
  | { code: 'unknown_key'; path: PropertyKey[]; key: string; message: string };

/** One problem for each unknown key. */
export const problemsIn = ({ issues }: z.ZodError): Problem[] =>
  issues.flatMap((issue): Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ code: 'unknown_key', path: issue.path, key, message: '' }))
      : [issue],
  );

/** @param found the value in the file; undefined where there is none */
export function describeProblem(issue: Problem, found: unknown): string {
  const at = pathText(issue.path);
  if (issue.code === 'unknown_key') {
    const known = keysAt(issue.path);
    const near = nearest(issue.key, known);
    const hint = near ? `did you mean ${near}?` : `expected one of ${known.join(', ')}`;
    return `${pathText([...issue.path, issue.key])}: unknown key, ${hint}`;
  }
  if (found === undefined) return `${at}: is missing, ${expected(issue)}`;
  // A block is on the screen, and so is its name; a rule between its parts says itself what it found.
  return typeof found === 'object' && (issue.code === 'custom' || issue.code === 'invalid_key')
    ? `${at}: ${expected(issue)}`
    : `${at}: ${expected(issue)}, found ${inWords(found)}`;
}

function expected(issue: Problem): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${EXPECTED[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union':
      return `expected ${choices(issue.errors)}`;
    case 'too_small':
      if (issue.origin === 'number') return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
      return issue.origin === 'array' ? `expected at least ${issue.minimum} entry` : 'expected some text';
    case 'too_big':
      return `expected at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'}`;
    default:
      return issue.message;
  }
}

/** What each of several shapes would have wanted first. */
const choices = (errors: z.core.$ZodIssue[][]): string => {
  const wanted = errors.flatMap(([first]) => (first ? [expected(first as Problem).replace(/^expected /, '')] : []));
  return [...new Set(wanted)].join(', or ');
};

const EXPECTED: Readonly<Record<string, string>> = {
  object: 'a block of keys',
  record: 'a block of keys',
  array: 'a list',
  string: 'a text',
  number: 'a number',
};

function inWords(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block of keys';
  return JSON.stringify(value);
}

const pathText = (path: Path): string =>
  path.length === 0
    ? 'the file'
    : path.map((key, i) => (typeof key === 'number' ? `[${key + 1}]` : `${i ? '.' : ''}${String(key)}`)).join('');

/** The keys that may stand where an unknown one was found: those the schema names there. */
function keysAt(path: Path): string[] {
  let schema: unknown = policyDocument;
  for (const key of path) schema = step(schema, key);
  return Object.keys(shapeOf(schema));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  const { def } = schema as { def: { shape?: Record<string, unknown>; innerType?: unknown } };
  return def.shape ?? (def.innerType ? shapeOf(def.innerType) : {});
}

function step(schema: unknown, key: PropertyKey): unknown {
  const { def } = schema as { def: { element?: unknown; valueType?: unknown; innerType?: unknown } };
  if (def.element) return def.element;
  // A block whose keys the policy's author picks, such as the names of sources.
  if (def.valueType) return def.valueType;
  if (def.innerType) return step(def.innerType, key);
  return shapeOf(schema)[String(key)];
}

/** The key that differs least, if by no more than a slip of the finger or two. */
function nearest(word: string, known: string[]): string | null {
  const ranked = known.map((key) => ({ key, distance: distance(word, key) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.key : null;
}

/** Levenshtein's: insertions, deletions and replacements. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (char === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
