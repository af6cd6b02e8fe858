/** Words on their way in: given an id that is a hash with a nonce, so that the log can keep the id and forget the words. */
import { hash, randomBytes } from 'node:crypto';
import type { Words } from '../core/values.ts';

/** SHA-256 in hex over nonce and text: the id gives nothing away, not even to somebody who guesses the words. */
export const contentId = (nonce: string, text: string): string => hash('sha256', nonce + text, 'hex');

/** @param nonce 16 random bytes in hex */
export function toWords(text: string, nonce: string = randomBytes(16).toString('hex')): Words {
  return { content: contentId(nonce, text), nonce, text };
}
