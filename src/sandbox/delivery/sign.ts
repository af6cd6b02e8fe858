import { createHmac } from 'node:crypto';

/** Slack's `x-slack-signature` over the raw body; `timestamp` in seconds. */
export const signature = (secret: string, timestamp: number | string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

export const signedHeaders = (secret: string, timestamp: number, body: string): { [name: string]: string } => ({
  'x-slack-request-timestamp': String(timestamp),
  'x-slack-signature': signature(secret, timestamp, body),
});
