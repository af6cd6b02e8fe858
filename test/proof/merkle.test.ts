import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  EMPTY_ROOT,
  Frontier,
  type Hash,
  inclusionProof,
  isConsistent,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootOf,
  type Subtrees,
} from '../../src/proof/merkle.ts';

/** The tree over these leaves, as whoever has all of them sees it. */
function treeOver(leaves: Hash[]): Subtrees {
  const levels = [leaves];
  for (let below = leaves; below.length > 1; levels.push(below))
    below = Array.from({ length: Math.floor(below.length / 2) }, (_, i) =>
      nodeHash(below[2 * i] ?? EMPTY_ROOT, below[2 * i + 1] ?? EMPTY_ROOT),
    );
  return async (level, index) => {
    const root = levels[level]?.[index];
    if (!root) throw new RangeError(`there is no perfect subtree ${index} of level ${level}`);
    return root;
  };
}
const hex = (hashes: Hash[]) => hashes.map((one) => one.toString('hex'));

/** Published with RFC 6962's reference implementation (certificate-transparency, merkle_tree_test). */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PUBLISHED = INPUTS.map((input) => leafHash(Buffer.from(input, 'hex')));

describe("RFC 6962's published tree", () => {
  it.each(ROOTS.map((root, size) => [size, root]))('has over %i leaves the root %s', async (size, root) => {
    const leaves = PUBLISHED.slice(0, Number(size));
    const growing = new Frontier();
    for (const leaf of leaves) growing.append(leaf);
    expect(hex([await rootOf(leaves.length, treeOver(leaves)), growing.root()])).toEqual([root, root]);
  });

  it('has the published inclusion proofs', async () => {
    const tree = treeOver(PUBLISHED);
    expect(hex(await inclusionProof(0, 8, tree))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(await inclusionProof(5, 8, tree))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(await inclusionProof(0, 1, tree))).toEqual([]);
  });

  it('has the published consistency proofs', async () => {
    const tree = treeOver(PUBLISHED);
    expect(hex(await consistencyProof(6, 8, tree))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(await consistencyProof(8, 8, tree))).toEqual([]);
  });
});

/** A tree, and two places in it. */
const trees = fc
  .integer({ min: 1, max: 130 })
  .chain((size) =>
    fc.record({ size: fc.constant(size), older: fc.integer({ min: 1, max: size }), position: fc.nat(size - 1) }),
  )
  .map((drawn) => {
    const leaves = Array.from({ length: drawn.size }, (_, i) => leafHash(Buffer.from(`event ${i}`)));
    return { ...drawn, leaves, tree: treeOver(leaves) };
  });
const OTHER = hash('sha256', 'something else', 'buffer');
const leafAt = (leaves: Hash[], position: number): Hash => leaves[position] ?? OTHER;

describe('an inclusion proof', () => {
  it('gives the root for every leaf of every tree', () =>
    fc.assert(
      fc.asyncProperty(trees, async ({ size, position, leaves, tree }) => {
        const proof = await inclusionProof(position, size, tree);
        expect(rootFromInclusion(leafAt(leaves, position), position, size, proof)).toEqual(await rootOf(size, tree));
      }),
    ));

  it('gives another root, or none, for another leaf, another place, or a proof that was changed', () =>
    fc.assert(
      fc.asyncProperty(trees, fc.nat(7), async ({ size, position, leaves, tree }, which) => {
        const proof = await inclusionProof(position, size, tree);
        const root = await rootOf(size, tree);
        const gives = (leaf: Hash, place: number, of: number, path: Hash[]) =>
          rootFromInclusion(leaf, place, of, path)?.equals(root) ?? false;
        const leaf = leafAt(leaves, position);
        expect(gives(OTHER, position, size, proof)).toBe(false);
        const elsewhere = (position + 1) % size;
        if (elsewhere !== position) expect(gives(leaf, elsewhere, size, proof)).toBe(false);
        expect(gives(leaf, size, size, proof)).toBe(false);
        expect(gives(leaf, position, size, [...proof, OTHER])).toBe(false);
        if (proof.length === 0) return;
        expect(gives(leaf, position, size, proof.slice(1))).toBe(false);
        expect(gives(leaf, position, size, proof.with(which % proof.length, OTHER))).toBe(false);
      }),
    ));

  it('is not made for what is not in the tree', async () => {
    await expect(inclusionProof(8, 8, treeOver(PUBLISHED))).rejects.toThrow(RangeError);
    await expect(inclusionProof(-1, 8, treeOver(PUBLISHED))).rejects.toThrow(RangeError);
  });

  it('takes no node for a leaf', () => {
    const [a, b] = [leafAt(PUBLISHED, 0), leafAt(PUBLISHED, 1)];
    expect(leafHash(Buffer.concat([a, b]))).not.toEqual(nodeHash(a, b));
  });
});

describe('a consistency proof', () => {
  it('shows of every two sizes that the later tree begins with the earlier one', () =>
    fc.assert(
      fc.asyncProperty(trees, async ({ size, older, tree }) => {
        const proof = await consistencyProof(older, size, tree);
        const before = { size: older, root: await rootOf(older, tree) };
        expect(isConsistent(before, { size, root: await rootOf(size, tree) }, proof)).toBe(true);
      }),
    ));

  it('is refused where a leaf that was there has become another, or a root or the proof was changed', () =>
    fc.assert(
      fc.asyncProperty(trees, fc.nat(), async ({ size, older, leaves, tree }, which) => {
        const before = { size: older, root: await rootOf(older, tree) };
        const after = { size, root: await rootOf(size, tree) };
        const forked = treeOver(leaves.with(which % older, OTHER));
        const forkedRoot = { size, root: await rootOf(size, forked) };
        expect(isConsistent(before, forkedRoot, await consistencyProof(older, size, forked))).toBe(false);
        const proof = await consistencyProof(older, size, tree);
        expect(isConsistent({ ...before, root: OTHER }, after, proof)).toBe(false);
        expect(isConsistent(before, { ...after, root: OTHER }, proof)).toBe(false);
        expect(isConsistent(before, after, [...proof, OTHER])).toBe(false);
        if (proof.length === 0) return;
        expect(isConsistent(before, after, proof.slice(0, -1))).toBe(false);
        expect(isConsistent(before, after, proof.with(which % proof.length, OTHER))).toBe(false);
      }),
    ));

  it('is refused where the later tree is the smaller one', async () => {
    const [six, eight] = [6, 8].map((size) => ({ size, root: Buffer.from(ROOTS[size] ?? '', 'hex') }));
    if (!six || !eight) throw new Error('two roots are missing');
    const proof = await consistencyProof(6, 8, treeOver(PUBLISHED));
    expect([isConsistent(six, eight, proof), isConsistent(eight, six, proof)]).toEqual([true, false]);
  });

  it('of nothing is empty: every tree begins with no leaves', () => {
    const nothing = { size: 0, root: EMPTY_ROOT };
    const one = { size: 1, root: leafAt(PUBLISHED, 0) };
    expect([isConsistent(nothing, one, []), isConsistent(nothing, one, [OTHER])]).toEqual([true, false]);
  });
});

describe('the growing edge of a tree', () => {
  it('goes on from its peaks, and names each subtree that a leaf completes', () =>
    fc.assert(
      fc.asyncProperty(trees, async ({ size, older, leaves, tree }) => {
        const first = new Frontier();
        for (const leaf of leaves.slice(0, older)) first.append(leaf);
        const next = new Frontier(first.size, first.peaks);
        const completed: [level: number, index: number, root: Hash][] = [];
        for (const leaf of leaves.slice(older)) next.append(leaf, (...node) => completed.push(node));
        expect([next.size, next.root()]).toEqual([size, await rootOf(size, tree)]);
        expect(completed.filter(([level]) => level === 0)).toHaveLength(size - older);
        for (const [level, index, root] of completed) expect(root).toEqual(await tree(level, index));
      }),
    ));
});
