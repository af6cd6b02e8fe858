/** Texts of bytes, a character for each: cut and compared as quickly as texts are, and hashed without being read. */
import { hash } from 'node:crypto';

export type Bytes = string;

/** @returns what they say, in UTF-8 */
export const decoded = (bytes: Bytes): string =>
  BEYOND_ASCII.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes;
export const encoded = (text: string): Bytes => (BEYOND_ASCII.test(text) ? Buffer.from(text).toString('latin1') : text);
const BEYOND_ASCII = /[\u0080-\uffff]/;

/** Numbers as they stand on the wire, the largest byte first. */
export const uint16 = (bytes: Bytes, at: number): number => (bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1);
export const int32 = (bytes: Bytes, at: number): number => (uint16(bytes, at) << 16) | uint16(bytes, at + 2);

/** Most of what is hashed fits. */
const ROOM = Buffer.alloc(65_536);

/** @returns hexadecimal */
export function sha256(bytes: Bytes): string {
  const room = bytes.length <= ROOM.length ? ROOM : Buffer.alloc(bytes.length);
  return hash('sha256', room.subarray(0, room.write(bytes, 'latin1')), 'hex');
}
