/** One pass over the whole record, in steps: what was done so far can be written down, and gone on with by anybody. */
import type { Known } from './barred.ts';
import { type Fault, SHOWN } from './fault.ts';
import type { Range } from './pages.ts';
import type { Reader, Snapshots } from './reader.ts';
import { type RangeVerdict, type Scope, verifyStreams } from './streams.ts';
import { noTree, type TreeProgress, verifyTree } from './tree.ts';

/** How far a pass has come; JSON through and through. */
export type Pass = {
  format: 1;
  teamId: string;
  /** Whether rows are left out that are made from the log. */
  logOnly?: boolean;
  /** Leaves of the tree when it began: so many of them it goes through. */
  size: number;
  /** Leaves that the sealer, or a checkpoint, counted by then. */
  counted: number;
  /** Where the ranges of streams begin but for the first one. */
  bounds: string[];
  /** Ranges that were gone through. */
  done: number[];
  events: number;
  streams: number;
  sealed: number;
  pending: number;
  tree: TreeProgress;
  /** Of streams: the first `SHOWN` in their order. */
  faults: Fault[];
  faulty: number;
  /** Streams with which something is wrong, as far as they are kept. */
  broken: string[];
};
const BROKEN_KEPT = 1000;

/** Does one step at a time; several can be at it side by side. */
export type Lane = {
  streams(pass: Pass, range: Range, absences: Scope['absences'], onEvents: (n: number) => void): Promise<RangeVerdict>;
  tree(pass: Pass, before: TreeProgress, upTo: number): Promise<TreeProgress>;
};

export const laneOf = (snapshots: Snapshots, pageSize?: number): Lane => ({
  streams: ({ teamId, size }, range, absences, onEvents) =>
    snapshots((read, bulk) => verifyStreams(read, bulk, teamId, range, { size, absences, pageSize }, onEvents)),
  tree: ({ teamId, size }, before, upTo) => snapshots((read) => verifyTree(read, teamId, before, size, upTo)),
});

/** Requests a range: some tenths of a second's worth. */
const RANGE = 500;

const COUNTS = `
  select (select coalesce(max(position) + 1, 0) from leaves where team_id = $1)::text as size,
    greatest((select size from seals where team_id = $1), (select max(size) from checkpoints where team_id = $1), 0)::text as counted,
    (select coalesce(max(number), 0) from requests where team_id = $1)::text as requests`;
/** In the order of the database, whatever that is. */
const ORDERED = 'select bound from unnest($1::text[]) as bound order by bound';

export async function beginPass(read: Reader, teamId: string, logOnly = false): Promise<Pass> {
  const [[size, counted, requests] = []] = await read(COUNTS, [teamId]);
  const bounds = await read(ORDERED, [boundsFor(Number(requests))]);
  return {
    ...{ format: 1, teamId, logOnly, size: Number(size), counted: Number(counted) },
    ...{ bounds: bounds.map(([bound]) => bound ?? ''), done: [] },
    ...{ events: 0, streams: 0, sealed: 0, pending: 0, tree: noTree, faults: [], faulty: 0, broken: [] },
  };
}

/** `request/10` to `request/99`, and so on: streams are in the order of their names, so numbers go by their first digits. */
function boundsFor(requests: number): string[] {
  const digits = Math.round(Math.log10(Math.max(1, requests / RANGE / 9))) + (requests > RANGE ? 1 : 0);
  if (digits === 0) return [];
  const first = 10 ** (digits - 1);
  return Array.from({ length: 9 * first }, (_, i) => `request/${first + i}`);
}

const rangeOf = ({ bounds }: Pass, index: number): Range => ({
  from: index === 0 ? '' : (bounds[index - 1] ?? ''),
  to: bounds[index] ?? null,
});

const rangesLeft = ({ bounds, done }: Pass): number[] =>
  Array.from({ length: bounds.length + 1 }, (_, i) => i).filter((i) => !done.includes(i));

const treeIsDone = ({ tree, size }: Pass): boolean => tree.size >= size;

function withStreams(pass: Pass, index: number, found: RangeVerdict): Pass {
  return {
    ...withFaults(pass, found.faults, found.faulty),
    done: [...pass.done, index],
    events: pass.events + found.events,
    streams: pass.streams + found.streams,
    sealed: pass.sealed + found.sealed,
    pending: pass.pending + found.pending,
  };
}

/** The order in which they were found makes no difference. */
export function withFaults(pass: Pass, found: readonly Fault[], faulty = found.length): Pass {
  const faults = [...pass.faults, ...found].sort(inOrder).slice(0, SHOWN);
  const streams = found.map(({ stream }) => stream);
  const broken = [...new Set([...pass.broken, ...streams])].slice(0, BROKEN_KEPT);
  return { ...pass, faults, faulty: pass.faulty + faulty, broken };
}

const inOrder = (a: Fault, b: Fault): number => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0);

/** Leaves of the tree that are read in one step. */
const TREE_STEP = 65_536;

export type Running = {
  /** After each step, as far as it has come. */
  onStep?: ((pass: Pass) => void | Promise<void>) | undefined;
  onEvents?: ((events: number) => void) | undefined;
  /** Whether to stop where one is: after the steps under way. */
  isOver?: (() => boolean) | undefined;
};

/**
 * Goes on with a pass until streams and tree were gone through, or it is to stop; by one step at least.
 * @param readAbsences everybody's as they are known by now
 */
export async function goOn(
  begun: Pass,
  lanes: readonly Lane[],
  readAbsences: () => Promise<readonly Known[]>,
  { onStep, onEvents, isOver = () => false }: Running = {},
): Promise<Pass> {
  let pass = begun;
  let absences = begun.logOnly ? null : await readAbsences();
  const left = rangesLeft(pass);
  // The tree is one long chain of steps: one lane does it, beside those that are at the streams.
  let treeIsTaken = treeIsDone(pass);
  const step = async (next: Pass) => {
    pass = next;
    await onStep?.(pass);
  };
  async function streams(lane: Lane, range: Range): Promise<RangeVerdict> {
    const found = await lane.streams(pass, range, absences, (n) => onEvents?.(n));
    if (!found.faults.some(dependsOnAbsences)) return found;
    // Somebody may have gone away since, and somebody else have decided for them.
    absences = await readAbsences();
    return lane.streams(pass, range, absences, () => undefined);
  }
  async function work(lane: Lane): Promise<void> {
    if (!treeIsTaken) {
      treeIsTaken = true;
      while (!treeIsDone(pass)) {
        const tree = await lane.tree(pass, pass.tree, pass.tree.size + TREE_STEP);
        await step({ ...pass, tree });
        if (isOver()) return;
      }
    }
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const found = await streams(lane, rangeOf(pass, index));
      await step(withStreams(pass, index, found));
      if (isOver()) return;
    }
  }
  await Promise.all(lanes.map(work));
  return pass;
}

const dependsOnAbsences = (fault: Fault): boolean =>
  fault.what === 'row_changed' && fault.columns.includes('decision_people');

export const isThrough = (pass: Pass): boolean => rangesLeft(pass).length === 0 && treeIsDone(pass);
