import { request } from 'node:http';
import type { Machine } from '../machine.ts';
import { signedHeaders } from './sign.ts';

export type RawDelivery = {
  body: string;
  headers?: { [name: string]: string };
  /** Signs with this secret (else the app's) and timestamp in seconds (else now). Absent: not signed at all. */
  sign?: { secret?: string; timestamp?: number };
  path?: string;
};

/** A request with exactly these headers, signed or not, past every rule of real deliveries. */
export function deliverRaw(
  machine: Machine,
  base: string,
  delivery: RawDelivery,
): Promise<{ status: number; body: string }> {
  const { app } = machine.workspace;
  const timestamp = delivery.sign?.timestamp ?? Math.floor(machine.machineNow() / 1000);
  const signed =
    delivery.sign === undefined
      ? {}
      : signedHeaders(delivery.sign.secret ?? app.signingSecret, timestamp, delivery.body);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed, ...delivery.headers };
  const url = delivery.path === undefined ? new URL(base) : new URL(delivery.path, base);
  return new Promise((resolve, reject) => {
    const req = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(delivery.body) } },
      (res) => {
        let body = '';
        res.setEncoding('utf8');
        res.on('data', (part: string) => {
          body += part;
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body }));
      },
    );
    req.on('error', reject);
    req.end(delivery.body);
  });
}
