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
  keys.sort();
  let text = '{';
  for (const key of keys)
    text += `${(text.length > 1 ? ',' : '') + JSON.stringify(key)}:${canonicalBody(value[key] ?? null, ids)}`;
  return `${text}}`;
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

/** The text that Postgres gives for JSON that it has stored: keys, of plain characters, by their length, then as text. */
export function storedText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) text += (i > 0 ? ', ' : '') + storedText(value[i] ?? null);
    return `${text}]`;
  }
  const entries = value as Record<string, unknown>;
  let text = '{';
  for (const key of Object.keys(value).sort(byLength)) {
    const one = entries[key];
    if (one !== undefined) text += `${(text.length > 1 ? ', ' : '') + JSON.stringify(key)}: ${storedText(one)}`;
  }
  return `${text}}`;
}

const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
