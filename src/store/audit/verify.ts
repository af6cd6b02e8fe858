/** Proves the log against itself: every event, every chain, the tree, every row that was made from them. */
import type { Db } from '../schema.ts';
import { knownAbsences } from './absences.ts';
import type { Fault } from './fault.ts';
import { beginPass, goOn, type Lane, laneOf, type Pass, type Running } from './pass.ts';
import { snapshotsOf } from './reader.ts';
import { finishPass, nothingOutside, type Outside, type Since, sinceWhen } from './rest.ts';

export type { Fault } from './fault.ts';
export type { Copy } from './notes.ts';
export type { Outside, Since } from './rest.ts';

export type Verdict = {
  events: number;
  streams: number;
  /** The first faults, in the order of streams. */
  faults: Fault[];
  /** For each of these since when, where it can be told. */
  since: (Since | null)[];
  /** Faults in all. */
  faulty: number;
  /** Leaves of the tree, each of which was found to be its event's. */
  size: number;
  /** Events that are not sealed yet. */
  pending: number;
  /** The last checkpoint whose root the leaves give. */
  holds: { size: number; at: string } | null;
  /** Checkpoints outside that were compared. */
  compared: number;
};
export type Progress = { events: number; size: number };

export type VerifyOptions = Running & {
  onProgress?: (progress: Progress) => void;
  pageSize?: number;
  outside?: Outside;
  /** The log itself: not whether the rows that are made from it say what it does. */
  logOnly?: boolean;
  /** Where to go on; from the beginning without. */
  from?: Pass;
  /** What does the work on a pass; this process and one connection without, or where it is null. */
  lanes?: (pass: Pass) => readonly Lane[] | null;
};

/**
 * Goes through the whole record of a workspace in pages, so memory does not grow with it. Each part of it is read from one
 * snapshot, so that the bot may go on meanwhile. What was rewritten altogether, tree and checkpoints included, can only be
 * told by what is kept elsewhere.
 */
export async function verifyChains(db: Db, teamId: string, options: VerifyOptions = {}): Promise<Verdict> {
  const { onProgress, pageSize, outside = nothingOutside, logOnly, lanes, ...running } = options;
  const snapshots = snapshotsOf(db);
  const begun = options.from ?? (await snapshots((read) => beginPass(read, teamId, logOnly)));
  const absences = () => snapshots((read) => knownAbsences(read, teamId));
  let { events } = begun;
  const onEvents = (more: number) => {
    events += more;
    onProgress?.({ events, size: begun.size });
    running.onEvents?.(more);
  };
  const through = await goOn(begun, lanes?.(begun) ?? [laneOf(snapshots, pageSize)], absences, {
    ...running,
    onEvents,
  });
  const { pass, compared } = await finishPass(db, through, outside);
  return verdictOf(pass, await sinceWhen(db, teamId, pass.faults), compared);
}

const verdictOf = (
  { events, streams, faults, faulty, size, pending, tree }: Pass,
  since: (Since | null)[],
  compared: number,
): Verdict => ({ events, streams, faults, since, faulty, size, pending, holds: tree.holds, compared });
