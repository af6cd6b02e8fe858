import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  isSignedBy,
  noteOf,
  originOf,
  parseNotes,
  parseVerifierKey,
  textOf,
  verifierKeyOf,
  verifierKeyText,
} from '../../src/proof/checkpoint.ts';
import { leafHash } from '../../src/proof/merkle.ts';

const ORIGIN = originOf('T0HARBOUR1');
const { privateKey: KEY, publicKey: PUBLIC } = generateKeyPairSync('ed25519');
const VERIFIER = verifierKeyOf(ORIGIN, KEY);
const checkpoint = (size: number): Checkpoint => ({
  ...{ origin: ORIGIN, size, root: leafHash(Buffer.from(`${size}`)) },
  at: '2026-11-16T09:00:00.000Z',
});
const signed = (size: number, key: typeof KEY | null = KEY) => noteOf(checkpoint(size), key);
const only = (text: string) => {
  const [note, ...others] = parseNotes(text);
  if (!note || others.length > 0) throw new Error(`not one note: ${text}`);
  return note;
};

describe('a checkpoint as a note', () => {
  it('is four lines, an empty one, and the signature', () => {
    const lines = signed(12).split('\n');
    expect(lines.slice(0, 2)).toEqual(['carveout/T0HARBOUR1', '12']);
    expect(lines[2]).toBe(checkpoint(12).root.toString('base64'));
    expect(lines.slice(3, 5)).toEqual(['2026-11-16T09:00:00.000Z', '']);
    expect(lines[5]).toMatch(/^— carveout\/T0HARBOUR1 [A-Za-z0-9+/=]+$/);
    expect(lines.slice(6)).toEqual(['']);
  });

  it('is read back as it was, signed or not', () => {
    const note = only(signed(12));
    expect(note.checkpoint).toEqual(checkpoint(12));
    expect(note.text).toBe(textOf(checkpoint(12)));
    expect(isSignedBy(note, VERIFIER)).toBe(true);
    const unsigned = only(signed(12, null));
    expect([unsigned.checkpoint, unsigned.signatures]).toEqual([checkpoint(12), []]);
    expect(isSignedBy(unsigned, VERIFIER)).toBe(false);
  });

  it('is not signed by another key, nor by the same one for another workspace', () => {
    const note = only(signed(12));
    const stranger = generateKeyPairSync('ed25519').privateKey;
    expect(isSignedBy(note, verifierKeyOf(ORIGIN, stranger))).toBe(false);
    expect(isSignedBy(note, verifierKeyOf(originOf('T0OTHER'), KEY))).toBe(false);
  });

  it.each([
    ['origin', 'carveout/T0HARBOUR1\n', 'carveout/T0HARBOUR2\n'],
    ['size', '\n12\n', '\n13\n'],
    ['root', checkpoint(12).root.toString('base64'), checkpoint(13).root.toString('base64')],
    ['time', '2026-11-16T09:00:00.000Z', '2026-11-16T09:00:00.001Z'],
  ])('whose %s was changed is not signed', (_what, was, is) => {
    const changed = signed(12).replace(was, is);
    expect(changed).not.toBe(signed(12));
    expect(isSignedBy(only(changed), VERIFIER)).toBe(false);
  });

  it('whose signature was taken from another is not signed', () => {
    const [text = ''] = signed(12).split('\n\n');
    const [, signature = ''] = signed(13).split('\n\n');
    expect(isSignedBy(only(`${text}\n\n${signature}`), VERIFIER)).toBe(false);
  });
});

describe('several notes in one text', () => {
  it('are read each with its own signature, as a file of them has them', () => {
    const notes = parseNotes([signed(1), signed(2, null), signed(30)].map((note) => `${note}\n`).join(''));
    expect(notes.map(({ checkpoint: { size } }) => size)).toEqual([1, 2, 30]);
    expect(notes.map((note) => isSignedBy(note, VERIFIER))).toEqual([true, false, true]);
  });

  it('are found among other words, with the line ends of other systems, as they are copied from somewhere', () => {
    const copied = `Carveout  APP  10:02\nCheckpoint: 12 entries\n${signed(12).trimEnd()}\n5 replies\nCheckpoint: 13 entries\n${signed(13)}`;
    for (const text of [copied, copied.replaceAll('\n', '\r\n')]) {
      const notes = parseNotes(text);
      expect(notes.map(({ checkpoint: { size } }) => size)).toEqual([12, 13]);
      expect(notes.every((note) => isSignedBy(note, VERIFIER))).toBe(true);
    }
  });

  it('are read in a moment where a file has those of months', () => {
    const one = `${signed(1)}\n`;
    const began = performance.now();
    expect(parseNotes(one.repeat(20_000))).toHaveLength(20_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('are none where a text has none', () => {
    expect(parseNotes('')).toEqual([]);
    expect(parseNotes('carveout/T0HARBOUR1\ntwelve\n')).toEqual([]);
  });
});

describe('the key that auditors are given', () => {
  it('is the same of the private and of the public key, and is read back', () => {
    expect(verifierKeyOf(ORIGIN, PUBLIC)).toEqual(VERIFIER);
    expect(parseVerifierKey(`${verifierKeyText(VERIFIER)}\n`)).toEqual(VERIFIER);
  });

  it('is refused where it is not the one that its id says', () => {
    const other = verifierKeyOf(ORIGIN, generateKeyPairSync('ed25519').publicKey);
    const mixed = verifierKeyText(other).replace(other.keyId, VERIFIER.keyId);
    for (const text of [mixed, verifierKeyText(VERIFIER).replace('HARBOUR', 'HARBOR'), 'carveout/T0', ''])
      expect(parseVerifierKey(text)).toBeNull();
  });

  it("checks what other programs signed: the example of Go's package note", () => {
    const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const bytes = Buffer.from(
      'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
      'base64',
    );
    const note = {
      checkpoint: checkpoint(1),
      text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
      signatures: [{ name: 'PeterNeumann', keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) }],
    };
    expect(key && isSignedBy(note, key)).toBe(true);
    expect(key && isSignedBy({ ...note, text: `${note.text}\n` }, key)).toBe(false);
  });
});
