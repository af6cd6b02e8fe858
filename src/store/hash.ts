/** The chain: each event carries the hash of the one before it in its stream. */
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What stands around what an event says. Instants are millisecond ISO text. */
export type Frame = {
  team_id: string;
  stream: string;
  seq: number;
  type: string;
  schema_version: number;
  actor: string;
  at: string;
  prev_hash: string | null;
};
/** An event as it is stored, words taken out. Decimals are texts, so nothing is rounded. */
export type Envelope = Frame & { data: object };

/** The RFC 8785 form of what an event says: the text that is stored and hashed. */
export const bodyOf = (data: object): string => canonicalize(data) ?? '';

const quoted = JSON.stringify;

/** The RFC 8785 form of the envelope in which the text `body` stands as its data. */
export const envelopeOf = (frame: Frame, body: string): string =>
  `{"actor":${quoted(frame.actor)},"at":${quoted(frame.at)},"data":${body},"prev_hash":${quoted(frame.prev_hash)},"schema_version":${frame.schema_version},"seq":${frame.seq},"stream":${quoted(frame.stream)},"team_id":${quoted(frame.team_id)},"type":${quoted(frame.type)}}`;

/** SHA-256 in hex over the envelope, before any upcasting. */
export const hashOf = (frame: Frame, body: string): string => hash('sha256', envelopeOf(frame, body), 'hex');

export const eventHash = ({ data, ...frame }: Envelope): string => hashOf(frame, bodyOf(data));

export { contentId } from '../app/content.ts';
