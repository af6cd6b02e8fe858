/** Splits what people typed from the facts around it, and joins it again. The facts stay; the words can be erased. */
import type { Words } from '../core/values.ts';

/** Nonce and bytes are null once the words were taken back. */
export type Content = { id: string; nonce: string | null; bytes: string | null };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isWords = (value: unknown): value is Words =>
  isObject(value) && 'content' in value && 'nonce' in value && 'text' in value;
const isStripped = (value: unknown): value is { content: string } =>
  isObject(value) && typeof value.content === 'string' && Object.keys(value).length === 1;

function map(value: unknown, leaf: (value: unknown) => unknown): unknown {
  // Most of what there is are texts and numbers: on the way of every click, they are passed over quickly.
  if (!isObject(value)) return value;
  const done = leaf(value);
  if (done !== undefined) return done;
  if (Array.isArray(value)) return value.map((item) => map(item, leaf));
  const mapped: Record<string, unknown> = {};
  for (const key of Object.keys(value)) mapped[key] = map(value[key], leaf);
  return mapped;
}

/** `{content, nonce, text}` anywhere inside becomes `{content}`; the words themselves are handed back beside it. */
export function splitWords(data: object): { data: object; contents: Content[] } {
  const contents: Content[] = [];
  const take = (value: unknown) => {
    if (!isWords(value)) return undefined;
    if (value.nonce !== null && value.text !== null)
      contents.push({ id: value.content, nonce: value.nonce, bytes: value.text });
    return { content: value.content };
  };
  return { data: map(data, take) as object, contents };
}

/** The ids of the words that `data` refers to. */
export function contentIds(data: object): string[] {
  const ids: string[] = [];
  map(data, (value) => {
    if (isStripped(value)) ids.push(value.content);
    return undefined;
  });
  return ids;
}

/** `{content}` becomes `{content, nonce, text}`; both null where the words were erased, or not asked for. */
export function joinWords<T extends object>(data: object, contents: ReadonlyMap<string, Content>): T {
  const give = (value: unknown) => {
    if (!isStripped(value)) return undefined;
    const found = contents.get(value.content);
    return { content: value.content, nonce: found?.nonce ?? null, text: found?.bytes ?? null };
  };
  return map(data, give) as T;
}
