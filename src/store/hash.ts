/** The chain: each event carries the hash of the one before it in its stream. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** An event as it is stored, words taken out. Decimals are texts and instants millisecond ISO, so nothing is rounded. */
export type Envelope = {
  team_id: string;
  stream: string;
  seq: number;
  type: string;
  schema_version: number;
  data: object;
  actor: string;
  at: string;
  prev_hash: string | null;
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** SHA-256 in hex over the RFC 8785 form of the stored envelope, before any upcasting. */
export const eventHash = (envelope: Envelope): string => sha256(canonicalize(envelope) ?? '');

export { contentId } from '../app/content.ts';
