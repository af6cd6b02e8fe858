/**
 * What the sealed record was at a moment, as a text that can be kept anywhere: who, how many events, the root, when. Signed
 * as C2SP's signed notes and tlog checkpoints are (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), so that other tools read it.
 */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Hash } from './merkle.ts';

export type Checkpoint = {
  /** `carveout/T0123456789`: whose record. */
  origin: string;
  /** Events it stands for. */
  size: number;
  root: Hash;
  /** Millisecond ISO text in UTC, on the business clock. */
  at: string;
};
type Signature = { name: string; keyId: string; bytes: Buffer };
/** A checkpoint as it was written, and who signed it. */
export type Note = { checkpoint: Checkpoint; text: string; signatures: Signature[] };
/** With which a signature is checked. `name` is the origin, `raw` the 32 bytes of the Ed25519 key. */
export type VerifierKey = { name: string; keyId: string; raw: Buffer };

export const originOf = (teamId: string): string => `carveout/${teamId}`;

/** Signature type 1 of signed notes. */
const ED25519 = Buffer.of(1);
/** DER in front of the 32 bytes of an Ed25519 public key (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** The text that is signed: four lines. */
export const textOf = ({ origin, size, root, at }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n${at}\n`;

const keyIdOf = (name: string, raw: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), ED25519, raw]), 'hex').slice(0, 8);

/** @param key Ed25519, private or public */
export function verifierKeyOf(name: string, key: KeyObject): VerifierKey {
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { name, keyId: keyIdOf(name, raw), raw };
}

/** `carveout/T0123456789+1a2b3c4d+AZ…`: what auditors are given to keep. */
export const verifierKeyText = ({ name, keyId, raw }: VerifierKey): string =>
  `${name}+${keyId}+${Buffer.concat([ED25519, raw]).toString('base64')}`;

/** @returns null where the text is no such key, or not the one that it says it is */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name = '', keyId, encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const raw = bytes.subarray(1);
  if (bytes.length !== 33 || bytes[0] !== 1 || keyIdOf(name, raw) !== keyId) return null;
  return { name, keyId, raw };
}

/** @param key Ed25519, private; null leaves it unsigned */
export const noteOf = (checkpoint: Checkpoint, key: KeyObject | null): string =>
  key ? signedText(textOf(checkpoint), checkpoint.origin, key) : textOf(checkpoint);

/** @param text ends with a line feed @param name of the key @param key Ed25519, private */
export function signedText(text: string, name: string, key: KeyObject): string {
  const { keyId } = verifierKeyOf(name, key);
  const signed = Buffer.concat([Buffer.from(keyId, 'hex'), sign(null, Buffer.from(text), key)]);
  return `${text}\n— ${name} ${signed.toString('base64')}\n`;
}

export function isSignedBy({ text, signatures }: Note, { name, keyId, raw }: VerifierKey): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });
  return signatures.some(
    (one) => one.name === name && one.keyId === keyId && verify(null, Buffer.from(text), key, one.bytes),
  );
}

const CHECKPOINT =
  /^(carveout\/\S+)\r?\n(\d{1,15})\r?\n([A-Za-z0-9+/]{43}=)\r?\n(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/gm;
const SIGNATURE = /^\s*— (\S+) ([A-Za-z0-9+/]+=*)$/;

/** Every checkpoint in a text, whatever stands around them: a file of them, or what was copied out of Slack. */
export function parseNotes(text: string): Note[] {
  const found = [...text.matchAll(CHECKPOINT)];
  return found.map((match, index) => {
    const [lines, origin = '', size, root = '', at = ''] = match;
    const checkpoint = { origin, size: Number(size), root: Buffer.from(root, 'base64'), at };
    // Up to the next one only: a file has those of years, and all that follows would be gone through for each.
    const rest = text.slice(match.index + lines.length, found[index + 1]?.index);
    return { checkpoint, text: textOf(checkpoint), signatures: signaturesIn(rest) };
  });
}

/** @param rest what follows the lines that were signed */
function signaturesIn(rest: string): Signature[] {
  const signatures: Signature[] = [];
  for (const line of rest.split(/\r?\n/).slice(1)) {
    const [, name, encoded = ''] = SIGNATURE.exec(line) ?? [];
    if (!name && line.trim() !== '') break;
    const bytes = Buffer.from(encoded, 'base64');
    if (name) signatures.push({ name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) });
  }
  return signatures;
}
