/**
 * The hash tree of RFC 6962, section 2.1: one root stands for a list of leaves in their order. Nothing is read or written
 * here; whoever has the tree hands over the roots of its perfect subtrees.
 */
import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Buffer;

/** The root of the perfect subtree over the `2 ** level` leaves from `index * 2 ** level` on. Level 0 is a leaf. */
export type Subtrees = (level: number, index: number) => Promise<Hash>;

const LEAF = Buffer.of(0);
/** One for all, since there are as many nodes as leaves: the byte that tells them apart, and the two below. */
const NODE = Buffer.alloc(65, 1);
/** By way of a text: Node takes twice as long to hand over bytes. */
const sha256 = (bytes: Uint8Array): Hash => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

export const EMPTY_ROOT: Hash = sha256(Buffer.alloc(0));
/** Leaves and nodes are hashed apart, so that no node can be passed off as a leaf. */
export const leafHash = (data: Uint8Array): Hash => sha256(Buffer.concat([LEAF, data]));
export function nodeHash(left: Hash, right: Hash): Hash {
  NODE.set(left, 1);
  NODE.set(right, 33);
  return sha256(NODE);
}

/** The largest power of two below `n`, for `n` of 2 or more. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

/** The root over the leaves from `from` up to but not including `to`; both as the tree splits them. */
async function rootBetween(from: number, to: number, at: Subtrees): Promise<Hash> {
  const n = to - from;
  const level = Math.log2(n);
  if (Number.isInteger(level)) return at(level, from / n);
  const split = splitOf(n);
  return nodeHash(await rootBetween(from, from + split, at), await rootBetween(from + split, to, at));
}

export const rootOf = async (size: number, at: Subtrees): Promise<Hash> =>
  size === 0 ? EMPTY_ROOT : rootBetween(0, size, at);

/** What somebody with one leaf needs to compute the root of the first `size`, the nearest first. `position` counts from 0. */
export async function inclusionProof(position: number, size: number, at: Subtrees): Promise<Hash[]> {
  if (position < 0 || position >= size) throw new RangeError(`no leaf ${position} in a tree of ${size}`);
  const path: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    const isLeft = position < middle;
    path.unshift(await (isLeft ? rootBetween(middle, to, at) : rootBetween(from, middle, at)));
    [from, to] = isLeft ? [from, middle] : [middle, to];
  }
  return path;
}

/** What somebody with the root of the first `from` leaves needs to see that the tree of `to` begins with them. */
export async function consistencyProof(from: number, to: number, at: Subtrees): Promise<Hash[]> {
  if (from < 1 || from > to) throw new RangeError(`a tree of ${to} does not begin with ${from} leaves`);
  const path: Hash[] = [];
  let [begin, end] = [0, to];
  // Whether the old tree is, so far, a subtree of the new one as it stands: its root is known to whoever asks.
  let known = true;
  while (from < end) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      path.unshift(await rootBetween(middle, end, at));
      end = middle;
    } else {
      path.unshift(await rootBetween(begin, middle, at));
      begin = middle;
      known = false;
    }
  }
  return known ? path : [await rootBetween(begin, end, at), ...path];
}

/** The root that a leaf and its proof give (RFC 9162, section 2.1.3.2). @returns null where the proof does not fit the place */
export function rootFromInclusion(leaf: Hash, position: number, size: number, proof: readonly Hash[]): Hash | null {
  if (position >= size) return null;
  let [place, last, root] = [position, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      root = nodeHash(sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else root = nodeHash(root, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

type Sized = { size: number; root: Hash };

/** Whether the larger tree begins with the smaller one (RFC 9162, section 2.1.4.2). */
export function isConsistent(older: Sized, newer: Sized, proof: readonly Hash[]): boolean {
  if (older.size === 0) return proof.length === 0;
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let [place, last] = [older.size - 1, newer.size - 1];
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  let [old, now] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [old, now] = [nodeHash(sibling, old), nodeHash(sibling, now)];
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else now = nodeHash(now, sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.equals(older.root) && now.equals(newer.root);
}

/** The right edge of a growing tree: enough to go on and to tell its root, in memory of the logarithm of its size. */
export class Frontier {
  size: number;
  /** Roots of its perfect subtrees, the largest first. */
  readonly peaks: Hash[];

  constructor(size = 0, peaks: readonly Hash[] = []) {
    this.size = size;
    this.peaks = [...peaks];
  }

  /** @param completed is told of each perfect subtree that the leaf completes, level 0 first */
  append(leaf: Hash, completed?: (level: number, index: number, root: Hash) => void): void {
    let [root, index, level] = [leaf, this.size, 0];
    completed?.(level, index, root);
    for (; index % 2 === 1; level++) {
      const left = this.peaks.pop();
      if (!left) throw new Error('the frontier has fewer peaks than its size says');
      root = nodeHash(left, root);
      index = (index - 1) / 2;
      completed?.(level + 1, index, root);
    }
    this.peaks.push(root);
    this.size++;
  }

  root(): Hash {
    const [last, ...others] = this.peaks.toReversed();
    return last ? others.reduce((right, left) => nodeHash(left, right), last) : EMPTY_ROOT;
  }
}
