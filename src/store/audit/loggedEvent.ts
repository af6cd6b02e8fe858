/** An event as it is stored, read in bulk: hashed from its bytes, which become texts only where somebody asks what they say. */
import { bodyOf, envelopeOf, type Frame } from '../hash.ts';
import { wordsIn } from './body.ts';
import type { BulkRow } from './bulk.ts';
import { type Bytes, decoded, encoded, sha256 } from './bytes.ts';

/** In the order in which they are read here. No value of these types costs anything to cast. */
export const EVENT_COLUMNS = `stream::text, seq::int, type::text, schema_version::int, actor::text,
  at::timestamptz, prev_hash::text, hash::text, data::json, position::bigint, leaf_hash::bytea`;

/** Its place in the tree. `hash`: of the leaf, 32 bytes. */
export type Leaf = { position: number; hash: Bytes };

export class LoggedEvent {
  readonly stream: string;
  readonly seq: number;
  /** Hexadecimal, as are all but the leaf's. */
  readonly hash: Bytes;
  readonly prevHash: Bytes | null;
  readonly schemaVersion: number;
  /** Millisecond ISO text. */
  readonly at: string;
  /** Whether what it says gives its hash. */
  readonly isWhole: boolean;
  /** Ids of the words in it. */
  readonly ids: Bytes[];
  /** Null where it is not sealed. `passed`: though the sealer has gone past it. */
  readonly leaf: Leaf | null;
  passed = false;
  readonly #type: Bytes;
  readonly #actor: Bytes;
  /** What it says, as it was hashed; null where it is not whole. */
  readonly #body: Bytes | null;

  constructor(teamId: Bytes, row: BulkRow) {
    const stream = row.bytes(0);
    this.stream = decoded(stream);
    this.seq = row.int(1);
    this.#type = row.bytes(2);
    this.schemaVersion = row.int(3);
    this.#actor = row.bytes(4);
    this.at = row.instant(5);
    this.prevHash = row.bytesOrNull(6);
    this.hash = row.bytes(7);
    const frame: Frame = {
      team_id: teamId,
      stream,
      seq: this.seq,
      type: this.#type,
      schema_version: this.schemaVersion,
      actor: this.#actor,
      at: this.at,
      prev_hash: this.prevHash,
    };
    this.#body = hashed(frame, row.bytes(8), this.hash);
    this.isWhole = this.#body !== null;
    this.ids = wordsIn(this.#body ?? '');
    const leafHash = row.bytesOrNull(10);
    this.leaf = leafHash === null ? null : { position: row.bigint(9), hash: leafHash };
  }

  get type(): string {
    return decoded(this.#type);
  }

  get actor(): string {
    return decoded(this.#actor);
  }

  /** What it says, as the text that was hashed; empty where it is not whole. */
  get body(): string {
    return decoded(this.#body ?? '');
  }
}

/** @returns what the event says, as it was hashed; null where it gives another hash */
function hashed(frame: Frame, data: Bytes, hash: Bytes): Bytes | null {
  if (sha256(envelopeOf(frame, data)) === hash) return data;
  // An older text of it is as Postgres gave it once, and no longer as it was hashed.
  const canonical = canonicalOf(data);
  return canonical !== null && sha256(envelopeOf(frame, canonical)) === hash ? canonical : null;
}

/** @returns null for what has no canonical form, and so was never written: half a pair of characters, or too large a number */
function canonicalOf(data: Bytes): Bytes | null {
  try {
    return encoded(bodyOf(JSON.parse(decoded(data))));
  } catch {
    return null;
  }
}
