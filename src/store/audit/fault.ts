/** What can be wrong with the record. */
import type { Instant } from '../../core/values.ts';

/** The event `seq` of a stream, or null for what concerns no single event. */
type Where = { stream: string; seq: number | null };

type StreamFault =
  /** Its content does not give the hash stored with it. */
  | { what: 'changed' }
  /** There is no event of this number, though later ones exist. */
  | { what: 'missing' }
  /** There are two events of this number. */
  | { what: 'doubled' }
  /** Its own hash is right, but it names another predecessor than the event before it: one of the two was replaced. */
  | { what: 'unlinked' }
  /** What was typed does not give the id that the event has for it, or is gone. */
  | { what: 'words_changed' | 'words_missing'; content: string }
  /** The bytes of a file do not give the hash that the event has for them, or are gone. */
  | { what: 'bytes_changed' | 'bytes_missing'; file: string }
  /** It cannot have been written by this program: unknown, malformed or impossible at this point. */
  | { what: 'unreadable'; why: string }
  /** The request's row was written after this event, which is no longer there. */
  | { what: 'cut_off' }
  /** The request's row knows nothing of it: it was put in behind the last one. */
  | { what: 'inserted' }
  /** The chain fits together, but ends in another hash than the request's row: it was rewritten. */
  | { what: 'rewritten' }
  /** The row does not say what the events do; `columns` names the columns. */
  | { what: 'row_changed'; columns: string[] }
  | { what: 'row_missing' | 'events_missing' }
  /** It fits into its chain, and the tree has another hash in its place: it was replaced after it was sealed. */
  | { what: 'replaced' }
  /** The sealer has passed it by, and it has no place in the tree: it was put in behind the sealer's back, or its place removed. */
  | { what: 'unsealed' }
  /** The tree has a place for it, and it is gone, as are `events - 1` more of its stream. */
  | { what: 'removed'; events: number };

type Moment = { size: number; at: Instant };
type TreeFault =
  /** The tree has no leaf at this position, though it has later ones, or should have. */
  | { what: 'leaf_missing'; position: number }
  /** The tree ends before the size that the sealer, or a checkpoint, has counted. */
  | { what: 'tree_cut_off'; size: number; counted: number }
  /** What is kept of the tree for proofs is not what its leaves give. */
  | { what: 'node_changed'; level: number; position: number }
  /** The leaves do not give the root that the checkpoint has. `holds` is the last checkpoint before it whose root they give. */
  | { what: 'root_changed'; checkpoint: Moment; holds: Moment | null }
  /** The checkpoint's text is not what its row says. */
  | { what: 'note_changed'; checkpoint: Moment }
  /** There are two checkpoints of this size, with two roots; or one outside with another root. */
  | { what: 'forked'; checkpoint: Moment; outside: string | null; signed: boolean }
  /** The checkpoint is not signed as the record says it must be, or by none of the keys that were given. */
  | { what: 'unsigned' | 'wrong_signature'; checkpoint: Moment; outside: string | null }
  /** The record says that checkpoints are signed with another key than the ones given. */
  | { what: 'other_key'; key: string | null }
  /** It was published, and is not there. */
  | { what: 'checkpoint_missing'; checkpoint: { size: number }; place: string }
  /** A checkpoint outside knows more events than there are. */
  | { what: 'log_cut_off'; checkpoint: Moment; outside: string; size: number; signed: boolean };

/** The tree's own faults stand under the stream `TREE`, which is no stream of events. */
const TREE = 'tree';
export type Fault = Where & (StreamFault | TreeFault);
export const treeFault = (wrong: TreeFault): Fault => ({ stream: TREE, seq: null, ...wrong });

/** How many faults are kept whole; the others are counted. */
export const SHOWN = 20;
