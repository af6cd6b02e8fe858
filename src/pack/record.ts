/** One stream of the record as it was sealed: its events as they were hashed, what proves each, and the words they name. */
import canonicalize from 'canonicalize';
import { type Recorded, requestEvent } from '../core/events.ts';
import { evolve } from '../core/evolve.ts';
import { type ExceptionRequest, initial, type State } from '../core/request.ts';
import { upcast } from '../core/upcast.ts';
import type { Subtrees } from '../proof/merkle.ts';
import { storedEvents } from '../store/packs.ts';
import { type ProvedLeaf, provedLeavesOf } from '../store/proofs.ts';
import { readContents } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import { type Content, contentIds, joinWords } from '../store/words.ts';

/** What is read from: one moment of the record, and the checkpoint that stands for it. */
export type Source = { db: Db; teamId: string; size: number; tree: Subtrees };

export type SealedEvent = {
  /** The RFC 8785 form of the stored envelope: its SHA-256 is the event's hash. */
  text: string;
  hash: string;
  seq: number;
  type: string;
  data: object;
  at: string;
  leaf: ProvedLeaf;
};
export type SealedStream = { stream: string; events: SealedEvent[] };
export type RequestRecord = SealedStream & {
  number: number;
  /** The same events as this program reads them, with their words. */
  happened: Recorded[];
  state: ExceptionRequest;
  /** What the events name, by id; nonce and bytes are null where they were erased. */
  contents: ReadonlyMap<string, Content>;
};

/** The events of a stream that are under the checkpoint, in order. */
export async function readSealed({ db, teamId, size, tree }: Source, stream: string): Promise<SealedStream> {
  const leaves = await provedLeavesOf(db, teamId, stream, size, tree);
  const proved = new Map(leaves.map((leaf) => [leaf.seq, leaf]));
  const rows = await storedEvents(db, teamId, stream);
  const events = rows.flatMap(({ hash, at, ...row }): SealedEvent[] => {
    const leaf = proved.get(row.seq);
    const { seq, type, data } = row;
    const when = at.toISOString();
    return leaf ? [{ text: canonicalize({ ...row, at: when }) ?? '', hash, seq, type, data, at: when, leaf }] : [];
  });
  return { stream, events };
}

/** @returns null where there is no such request under the checkpoint */
export async function readRequestRecord(source: Source, number: number): Promise<RequestRecord | null> {
  const sealed = await readSealed(source, `request/${number}`);
  const ids = contentIds(sealed.events.map(({ data }) => data));
  const contents = await readContents(source.db, source.teamId, [...new Set(ids)]);
  const happened = sealed.events.map(({ text, type, data, at }): Recorded => {
    const { schema_version, actor } = JSON.parse(text) as { schema_version: number; actor: string };
    return { ...requestEvent.parse(upcast(type, schema_version, joinWords(data, contents))), by: actor, at };
  });
  const state = happened.reduce<State>(evolve, initial);
  return state && { ...sealed, number, happened, state, contents };
}
