/**
 * What an event says, as it is hashed. Written anew beside the library that hashes events when they are made: the audit
 * reads millions of them, and goes through each once for its text, its words' ids and what the words' schema needs.
 */
import { hash } from 'node:crypto';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * The RFC 8785 form of parsed JSON. Words in it that are known by their id alone get their other fields, as null.
 * @param ids takes the ids of the words in it
 */
export function canonicalBody(value: Json, ids: string[]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) text += (i > 0 ? ',' : '') + canonicalBody(value[i] ?? null, ids);
    return `${text}]`;
  }
  const keys = Object.keys(value);
  const { content } = value;
  if (keys.length === 1 && typeof content === 'string') {
    ids.push(content);
    value.nonce = null;
    value.text = null;
    return `{"content":${JSON.stringify(content)}}`;
  }
  let text = '{';
  for (const [key, before] of inOrder(keys, CANONICAL))
    text += (text.length > 1 ? ',' : '') + before + canonicalBody(value[key] ?? null, ids);
  return `${text}}`;
}

/** In which order the fields of an object are written, and what stands before the value of each. */
type Order = (readonly [key: string, before: string])[];
/** Objects of one kind have the same keys, and there are few kinds: each is put in order once. */
type Orders = { compare: ((a: string, b: string) => number) | undefined; colon: string; known: Map<string, Order> };
const KINDS = 2000;
const CANONICAL: Orders = { compare: undefined, colon: ':', known: new Map() };

function inOrder(keys: string[], { compare, colon, known }: Orders): Order {
  // No key that a database holds has this character in it.
  const kind = `${keys.length}\0${keys.join('\0')}`;
  const before = known.get(kind);
  if (before) return before;
  const order: Order = keys.sort(compare).map((key) => [key, JSON.stringify(key) + colon]);
  if (known.size < KINDS) known.set(kind, order);
  return order;
}

/** What stands around an event's data. */
export type Envelope = {
  teamId: string;
  stream: string;
  seq: number;
  type: string;
  version: number;
  actor: string;
  /** Millisecond ISO text. */
  at: string;
  prevHash: string | null;
};

const quoted = JSON.stringify;

/** As `eventHash` does it, of a body in canonical form: the keys in the order of RFC 8785. */
export const hashOf = ({ teamId, stream, seq, type, version, actor, at, prevHash }: Envelope, body: string): string =>
  hash(
    'sha256',
    `{"actor":${quoted(actor)},"at":${quoted(at)},"data":${body},"prev_hash":${quoted(prevHash)},"schema_version":${version},"seq":${seq},"stream":${quoted(stream)},"team_id":${quoted(teamId)},"type":${quoted(type)}}`,
    'hex',
  );

const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
const STORED: Orders = { compare: byLength, colon: ': ', known: new Map() };

/**
 * The text that Postgres gives for what it has stored of this: keys, of plain characters, by their length, then as text. Of
 * words only the id is stored.
 */
export function storedText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) text += (i > 0 ? ', ' : '') + storedText(value[i] ?? null);
    return `${text}]`;
  }
  const entries = value as Record<string, unknown>;
  const keys = Object.keys(value);
  if (keys.length === 3 && 'content' in entries && 'nonce' in entries && 'text' in entries)
    return `{"content": ${JSON.stringify(entries.content)}}`;
  let text = '{';
  for (const [key, before] of inOrder(keys, STORED)) {
    const one = entries[key];
    if (one !== undefined) text += (text.length > 1 ? ', ' : '') + before + storedText(one);
  }
  return `${text}}`;
}
