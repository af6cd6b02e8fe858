/** The tree, leaf by leaf: whether what is kept of it is what its leaves give, and gives the roots of the checkpoints. */
import { Frontier } from '../../proof/merkle.ts';
import { STORED_LEVELS } from '../proofs.ts';
import { type Fault, SHOWN, treeFault } from './fault.ts';
import { isoOf, type Reader } from './reader.ts';

/** How far one has come; all of it can be written down as JSON. */
export type TreeProgress = {
  size: number;
  /** Of the frontier, in hex. */
  peaks: string[];
  /** The last checkpoint whose root the leaves give. */
  holds: { size: number; at: string } | null;
  /** Whether they gave another root than the last checkpoint's: those after it are not told of one by one. */
  differs: boolean;
  faults: Fault[];
  faulty: number;
};
export const noTree: TreeProgress = { size: 0, peaks: [], holds: null, differs: false, faults: [], faulty: 0 };

/** Leaves that are read at once. */
const BLOCK = 4096;
const HASH = 32;

const LEAVES = `
  select position::text as position, encode(hash, 'hex') as hash from leaves
  where team_id = $1 and position >= $2::bigint and position < $3::bigint order by leaves.position`;
/** The same in one text, where none is missing: thousands of rows cost more than what is in them. */
const JOINED = `
  select count(*)::text as count, min(position)::text as first, max(position)::text as last,
    encode(string_agg(hash, ''::bytea order by position), 'hex') as hashes
  from leaves where team_id = $1 and position >= $2::bigint and position < $3::bigint`;
const NODES = `
  select level::text as level, position::text as position, encode(hash, 'hex') as hash from nodes
  where team_id = $1 and level = $2::int and position >= $3::bigint and position < $4::bigint`;
const CHECKPOINTS = `
  select size::text as size, encode(root, 'hex') as root, at::text as at from checkpoints
  where team_id = $1 and size > $2::bigint and size <= $3::bigint order by checkpoints.size`;

/**
 * Goes on through the leaves, up to `size`.
 * @param upTo leaves after which it stops, for whoever wants to write down how far it is
 */
export async function verifyTree(
  read: Reader,
  teamId: string,
  before: TreeProgress,
  size: number,
  upTo: number,
): Promise<TreeProgress> {
  const tree = new Frontier(
    before.size,
    before.peaks.map((peak) => Buffer.from(peak, 'hex')),
  );
  let { holds, differs, faulty } = before;
  let faults = before.faults;
  const note = (fault: Fault) => {
    faulty++;
    if (faults.length < SHOWN) faults = [...faults, fault];
  };
  while (tree.size < Math.min(size, upTo)) {
    const [from, to] = [tree.size, Math.min(size, upTo, tree.size + BLOCK)];
    const leaves = await leavesOf(read, teamId, from, to);
    const checkpoints = await read(CHECKPOINTS, [teamId, from, to]);
    const made = new Map<string, string>();
    let at = 0;
    for (let position = from; position < to; position++) {
      const leaf = leaves[position - from];
      // What follows a gap still has its place; each root from here on is another one.
      if (!leaf) note(treeFault({ what: 'leaf_missing', position }));
      tree.append(leaf ?? GAP, (level, index, node) => {
        if (level > 0 && level % STORED_LEVELS === 0) made.set(`${level}/${index}`, node.toString('hex'));
      });
      for (; Number(checkpoints[at]?.[0]) === tree.size; at++) {
        const [, root, when] = checkpoints[at] ?? [];
        const checkpoint = { size: tree.size, at: isoOf(when ?? '') };
        const isRoot = tree.root().toString('hex') === root;
        if (isRoot) holds = checkpoint;
        else if (!differs) note(treeFault({ what: 'root_changed', checkpoint, holds }));
        differs = !isRoot;
      }
    }
    for (const [level, position] of await oddNodes(read, teamId, made))
      note(treeFault({ what: 'node_changed', level, position }));
  }
  const peaks = tree.peaks.map((peak) => peak.toString('hex'));
  return { size: tree.size, peaks, holds, differs, faults, faulty };
}

const GAP = Buffer.alloc(HASH);

async function leavesOf(read: Reader, teamId: string, from: number, to: number): Promise<(Buffer | undefined)[]> {
  const [[count, first, last, joined] = []] = await read(JOINED, [teamId, from, to]);
  if (Number(count) === to - from && Number(first) === from && Number(last) === to - 1) {
    const all = Buffer.from(joined ?? '', 'hex');
    return Array.from({ length: to - from }, (_, i) => all.subarray(i * HASH, (i + 1) * HASH));
  }
  const rows = await read(LEAVES, [teamId, from, to]);
  const byPosition = new Map(rows.map(([position, hash]) => [Number(position), Buffer.from(hash ?? '', 'hex')]));
  return Array.from({ length: to - from }, (_, i) => byPosition.get(from + i));
}

/** @param made roots by `level/position`, as the leaves give them */
async function oddNodes(read: Reader, teamId: string, made: ReadonlyMap<string, string>): Promise<[number, number][]> {
  const odd: [number, number][] = [];
  const places = [...made.keys()].map((place) => place.split('/').map(Number) as [number, number]);
  for (const level of new Set(places.map(([level]) => level))) {
    const positions = places.filter((place) => place[0] === level).map((place) => place[1]);
    const [from, to] = [Math.min(...positions), Math.max(...positions) + 1];
    const rows = await read(NODES, [teamId, level, from, to]);
    const stored = new Map(rows.map(([, position, hash]) => [Number(position), hash]));
    for (const position of positions)
      if (stored.get(position) !== made.get(`${level}/${position}`)) odd.push([level, position]);
  }
  return odd;
}
