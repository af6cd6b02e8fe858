/** A request as it is, with everything that people typed or sources said written anew. */
import type { Words } from '../../../src/core/values.ts';

const isWords = (node: object): node is Words => 'content' in node && 'nonce' in node && 'text' in node;
const isFile = (node: object): node is { name: string } => 'name' in node && 'size' in node;
const SAID = /^\{"facts":/;

/** @param text gives a text for each place, by its number */
export function rewritten<T>(value: T, text: (nth: number) => string): T {
  let nth = 0;
  const next = () => text(nth++);
  /** What a source said stays readable as that. */
  const said = (json: string) => {
    const { facts, outcome } = JSON.parse(json) as { facts: { field: string }[]; outcome: string };
    const written = facts.map(({ field }) => ({ field, label: next().slice(0, 75), value: next() }));
    return JSON.stringify({ facts: written, outcome });
  };
  const write = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(write);
    if (typeof node !== 'object' || node === null) return node;
    if (isWords(node)) return { ...node, text: node.text && (SAID.test(node.text) ? said(node.text) : next()) };
    const copy = Object.fromEntries(Object.entries(node).map(([key, each]) => [key, write(each)]));
    return isFile(node) ? { ...copy, name: next() } : copy;
  };
  return write(value) as T;
}
