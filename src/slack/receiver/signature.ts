import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own tolerance for the age of a request, in seconds. We apply it to the future too. */
const TOLERANCE = 5 * 60;
const PREFIX = 'v0=';
const DIGEST_BYTES = 32;

export type Unverified = 'signature_missing' | 'timestamp_missing' | 'timestamp_off' | 'signature_wrong';

/**
 * Whether a raw body comes from Slack: `v0=` + hex HMAC-SHA256 over `v0:{timestamp}:{raw body}`, not older and not further
 * ahead than five minutes.
 *
 * Within these minutes a recorded request can be sent again and passes. That is harmless: whatever it orders is stored under
 * the key of its click, submission, command or event, and a key that is known brings the first result and nothing else.
 *
 * @param now milliseconds, the machine's clock
 * @returns null when it does
 */
export function verify(
  secret: string,
  timestamp: string | undefined,
  signature: string | undefined,
  body: Buffer,
  now: number,
): Unverified | null {
  if (!signature) return 'signature_missing';
  if (!timestamp) return 'timestamp_missing';
  const seconds = Number(timestamp);
  // Written so that NaN is refused.
  if (!(Math.abs(now / 1000 - seconds) <= TOLERANCE)) return 'timestamp_off';
  if (!signature.startsWith(PREFIX)) return 'signature_wrong';
  // Decoding stops at the first character that is not hex, so the length tells.
  const given = Buffer.from(signature.slice(PREFIX.length), 'hex');
  if (given.length !== DIGEST_BYTES) return 'signature_wrong';
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(given, expected) ? null : 'signature_wrong';
}
