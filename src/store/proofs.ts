/** What shows an event to somebody who holds a checkpoint and trusts nobody here: its leaf, and the way from it to the root. */
import { sql } from 'kysely';
import { consistencyProof, Frontier, type Hash, inclusionProof, nodeHash, type Subtrees } from '../proof/merkle.ts';
import type { Db } from './schema.ts';

/** Of the tree's levels each eighth is stored; those between are computed from up to 256 rows. */
export const STORED_LEVELS = 8;
const BLOCK = 2 ** STORED_LEVELS;
/** Blocks that are kept while one reads: 8 KB each. */
const KEPT = 256;

/** The sealed tree does not have what its size says: it was changed behind the bot's back, or was never so large. */
export class TreeError extends Error {
  override name = 'TreeError';
}

/**
 * The sealed tree, read as it is needed. What was read once is kept, so make one for each task.
 * @throws TreeError, from the function
 */
export function subtreesOf(db: Db, teamId: string): Subtrees {
  const kept = new Map<string, Map<number, Hash>>();

  async function load(level: number, block: number): Promise<Map<number, Hash>> {
    const hashes = await readBlock(db, teamId, level, block * BLOCK);
    kept.set(`${level}/${block}`, hashes);
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return hashes;
  }

  return async (level, index) => {
    const stored = level - (level % STORED_LEVELS);
    const span = 2 ** (level - stored);
    const first = index * span;
    const block = Math.floor(first / BLOCK);
    const covers = (hashes?: Map<number, Hash>) => hashes?.has(first) && hashes.has(first + span - 1);
    const before = kept.get(`${stored}/${block}`);
    // The block at the right edge may have grown since.
    const hashes = before && covers(before) ? before : await load(stored, block);
    const row = Array.from({ length: span }, (_, i) => hashes.get(first + i) ?? missing(stored, first + i));
    return folded(row);
  };
}

const missing = (level: number, position: number): never => {
  throw new TreeError(`the sealed tree has no ${level === 0 ? 'leaf' : `node of level ${level} at`} ${position}`);
};

async function readBlock(db: Db, teamId: string, level: number, from: number): Promise<Map<number, Hash>> {
  const stored = level === 0 ? sql`leaves where true` : sql`nodes where level = ${level}`;
  const { rows } = await sql<{ position: string; hash: Buffer }>`
    select position, hash from ${stored}
    and team_id = ${teamId} and position >= ${from} and position < ${from + BLOCK}`.execute(db);
  return new Map(rows.map(({ position, hash }) => [Number(position), hash]));
}

/** The root over a power of two of nodes. */
function folded(row: Hash[]): Hash {
  let level = row;
  while (level.length > 1)
    level = Array.from({ length: level.length / 2 }, (_, i) => nodeHash(at(level, 2 * i), at(level, 2 * i + 1)));
  return at(level, 0);
}

const at = (row: Hash[], index: number): Hash => row[index] ?? missing(0, index);

/** Leaves of the sealed tree, as the sealer counted them. */
export async function treeSize(db: Db, teamId: string): Promise<number> {
  const row = await db.selectFrom('seals').select('size').where('team_id', '=', teamId).executeTakeFirst();
  return Number(row?.size ?? 0);
}

/** The right edge of the tree over the first `size` leaves. @throws TreeError */
export async function frontierOf(db: Db, teamId: string, size: number): Promise<Frontier> {
  const subtree = subtreesOf(db, teamId);
  const peaks: Hash[] = [];
  let from = 0;
  for (let level = Math.floor(Math.log2(Math.max(1, size))); level >= 0; level--) {
    const width = 2 ** level;
    if (size - from < width) continue;
    peaks.push(await subtree(level, from / width));
    from += width;
  }
  return new Frontier(size, peaks);
}

/** An event's place in the tree; `hash` is what stands there. */
type Leaf = { stream: string; seq: number; position: number; hash: Hash };
export type ProvedLeaf = Leaf & { proof: Hash[] };

/** @returns null where the event is not sealed yet, or not there */
export async function leafOf(db: Db, teamId: string, stream: string, seq: number): Promise<Leaf | null> {
  const row = await leaves(db, teamId, stream).where('seq', '=', seq).executeTakeFirst();
  return row ? placed(row) : null;
}

/** Those of a stream that are sealed, in its order. */
export async function leavesOf(db: Db, teamId: string, stream: string): Promise<Leaf[]> {
  const rows = await leaves(db, teamId, stream).orderBy('seq').execute();
  return rows.map(placed);
}

const leaves = (db: Db, teamId: string, stream: string) =>
  db
    .selectFrom('leaves')
    .select(['stream', 'seq', 'position', 'hash'])
    .where('team_id', '=', teamId)
    .where('stream', '=', stream);

const placed = <R extends { position: string }>(row: R) => ({ ...row, position: Number(row.position) });

/**
 * Every event of a stream that the checkpoint of this size stands for, each with what proves it.
 * @param tree for whoever proves several streams
 * @throws TreeError
 */
export async function provedLeavesOf(
  db: Db,
  teamId: string,
  stream: string,
  size: number,
  tree: Subtrees = subtreesOf(db, teamId),
): Promise<ProvedLeaf[]> {
  const proved: ProvedLeaf[] = [];
  for (const leaf of await leavesOf(db, teamId, stream))
    if (leaf.position < size) proved.push({ ...leaf, proof: await inclusionProof(leaf.position, size, tree) });
  return proved;
}

/** Shows that the tree of `to` leaves begins with the tree of `from`. @throws TreeError, RangeError */
export const consistencyOf = (db: Db, teamId: string, from: number, to: number): Promise<Hash[]> =>
  consistencyProof(from, to, subtreesOf(db, teamId));
