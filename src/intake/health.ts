/** Route handlers by which operators and orchestrators look in from outside. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '../app/metrics.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

export type Readiness = {
  ready: boolean;
  /** What the bot still waits for, each with its remedy. */
  missing: string[];
  /** What works less well than it could: unresolved names, small groups, missing scopes. */
  warnings: string[];
};

/** 200 as long as the process answers at all: for restarting what hangs. It asks nobody, or a slow database would kill us. */
export const healthz: Handler = (req, res) => answer(req, res, 200, 'application/json', '{"status":"ok"}');

/** 200 when clicks can be decided, else 503; the body is the `Readiness` either way. */
export const readyz =
  (state: () => Readiness): Handler =>
  (req, res) => {
    const readiness = state();
    answer(req, res, readiness.ready ? 200 : 503, 'application/json', JSON.stringify(readiness));
  };

export const metricsRoute =
  (metrics: Metrics): Handler =>
  async (req, res) =>
    answer(req, res, 200, 'text/plain; version=0.0.4; charset=utf-8', await metrics.render());

function answer(req: IncomingMessage, res: ServerResponse, status: number, type: string, body: string): void {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  res.end(body);
}
