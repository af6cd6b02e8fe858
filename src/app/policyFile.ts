/** The policy file, read so that whoever edits it is told where a mistake is and what was expected there. */
import { isMap, isNode, isPair, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type PolicyDocument, policyDocument } from '../core/policy.ts';
import { describeProblem, type Path, type Problem, problemsIn } from './policyProblems.ts';

export type ParsedPolicy = { ok: PolicyDocument } | { problems: string[] };

type Place = { text: string; line: number; column: number };

/**
 * @param text YAML
 * @param file how the file is called in the problems, which read `policy.yaml:12:7: …`, in the order of the file
 */
export function parsePolicy(text: string, file: string): ParsedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (offset: number, text: string): Place => {
    const { line, col } = lines.linePos(offset);
    return { text, line, column: col };
  };
  const [broken] = document.errors; // What follows the first is mostly its consequence.
  if (broken) return problems(file, [locate(broken.pos[0], `not valid YAML: ${broken.message}`)]);
  const parsed = policyDocument.safeParse(document.toJS());
  if (parsed.success) return { ok: parsed.data };
  const root = document.contents;
  const found = problemsIn(parsed.error).map((problem) =>
    locate(offsetOf(root, problem), describeProblem(problem, valueAt(root, problem.path))),
  );
  return problems(file, found);
}

const problems = (file: string, places: Place[]): ParsedPolicy => ({
  problems: places
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ text, line, column }) => `${file}:${line}:${column}: ${text}`),
});

/** Where a problem is: at the value; where there is none, at what should hold it; for an unknown key, at the key. */
function offsetOf(root: Node | null, problem: Problem): number {
  for (let depth = problem.path.length; depth >= 0; depth--) {
    const node = nodeAt(root, problem.path.slice(0, depth));
    if (!node) continue;
    const pair = problem.code === 'unknown_key' ? pairOf(node, problem.key) : undefined;
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
    const holder = depth < problem.path.length ? keyNode(root, problem.path.slice(0, depth)) : null;
    return (holder ?? node).range?.[0] ?? 0;
  }
  return 0;
}

const pairOf = (node: unknown, key: PropertyKey): Pair | undefined =>
  isMap(node) ? node.items.find((pair) => String(pair.key) === String(key)) : undefined;

function nodeAt(root: Node | null, path: Path): Node | null {
  let node: unknown = root;
  for (const key of path) {
    if (isSeq(node)) node = node.items[Number(key)];
    else node = pairOf(node, key)?.value;
  }
  return isNode(node) ? node : null;
}

/** The key under which the last step of the path stands. */
function keyNode(root: Node | null, path: Path): Node | null {
  const pair = pairOf(nodeAt(root, path.slice(0, -1)), path.at(-1) ?? '');
  return isPair(pair) && isNode(pair.key) ? pair.key : null;
}

const valueAt = (root: Node | null, path: Path): unknown => {
  const node = nodeAt(root, path);
  return node === null ? undefined : (JSON.parse(JSON.stringify(node)) as unknown);
};
