/** Slack's deliveries over HTTP, on Bolt's `Receiver` interface: one HMAC, one parse, and nothing believed before both. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '@slack/bolt';
import { about } from './receiver/about.ts';
import { type Incoming, parse } from './receiver/body.ts';
import { createDispatch, type DispatchOptions, RATE_LIMITED, type Reply, type Retry } from './receiver/dispatch.ts';
import { createHttpServer, GRACE_MS, type Routes } from './receiver/httpServer.ts';
import { verify } from './receiver/signature.ts';

export type HttpReceiverOptions = DispatchOptions & {
  signingSecret: string;
  /** 0 takes any free one. */
  port: number;
  host?: string;
  /** What else the port serves; everything of Slack goes to `/slack/events`. */
  routes: Routes;
  /** The machine's clock, in milliseconds. */
  now?: () => number;
};

export type HttpReceiver = Pick<Receiver, 'init'> & {
  /** @returns the port. @throws where it cannot be listened on, in words for an operator */
  start(): Promise<number>;
  /** Accepts nothing new and lets what is under way finish, at most so many milliseconds (default 5000). */
  stop(graceMs?: number): Promise<void>;
};

/** Slack's largest payloads, a view of 250 KB percent-encoded, stay below. */
const MAX_BODY = 1024 * 1024;

/** @throws where the signing secret is empty: everybody could sign with it */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  const { signingSecret, port, host, routes, log, metrics, now = Date.now } = options;
  if (signingSecret.trim() === '') throw new Error('The signing secret is empty: set SLACK_SIGNING_SECRET.');
  const dispatch = createDispatch(options);

  const refuse = (res: ServerResponse, status: number, reason: string): void => {
    metrics.refused.add(reason);
    log.warn({ status, reason, from: res.req.socket.remoteAddress }, 'refused a request to /slack/events');
    res.writeHead(status).end();
  };

  const take = (req: IncomingMessage, res: ServerResponse, raw: Buffer): void => {
    const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = req.headers;
    const unverified = verify(signingSecret, one(timestamp), one(signature), raw, now());
    if (unverified) refuse(res, 401, unverified);
    else serve(req, res, parse(req.headers['content-type'], raw));
  };

  const serve = (req: IncomingMessage, res: ServerResponse, incoming: Incoming | null): void => {
    if (!incoming) refuse(res, 400, 'malformed');
    else if (incoming.kind === 'ssl_check') respond(res);
    else if (incoming.kind === 'url_verification') respond(res, { challenge: incoming.challenge });
    else if (incoming.kind === 'rate_limited') {
      log.warn(about(incoming.body), RATE_LIMITED);
      respond(res);
    } else void dispatch.deliver(incoming, replyOver(res), retryOf(req));
  };

  const events = (req: IncomingMessage, res: ServerResponse): void => {
    if (req.method === 'POST') collect(req, (raw) => (raw ? take(req, res, raw) : refuse(res, 413, 'too_large')));
    else res.writeHead(405, { allow: 'POST' }).end();
  };

  const server = createHttpServer({ port, host, routes: { ...routes, '/slack/events': events }, log });
  return {
    init: dispatch.init,
    start: server.start,
    stop: async (graceMs = GRACE_MS) => {
      await Promise.all([server.stop(graceMs), dispatch.settle(graceMs)]);
    },
  };
}

/** Hands on the body, or null if it is too large; then it is read to its end and forgotten, or the sender sees a broken pipe. */
function collect(req: IncomingMessage, then: (raw: Buffer | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
    else chunks.length = 0;
  });
  req.on('end', () => {
    const [first] = chunks;
    then(size > MAX_BODY ? null : chunks.length === 1 && first ? first : Buffer.concat(chunks));
  });
}

const replyOver = (res: ServerResponse): Reply => ({
  acknowledge: (response) => respond(res, response),
  fail: () => void res.writeHead(500).end(),
});

/** 200; a text is what Slack shows to whoever typed the command. */
function respond(res: ServerResponse, response?: unknown): void {
  if (response === undefined || response === '') {
    res.end();
    return;
  }
  const body = JSON.stringify(typeof response === 'string' ? { text: response } : response);
  res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

function retryOf({ headers }: IncomingMessage): Retry {
  const num = one(headers['x-slack-retry-num']);
  if (num === undefined) return {};
  return { retryNum: Number(num), retryReason: one(headers['x-slack-retry-reason']) ?? '' };
}

/** A header sent twice is nobody's. */
const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;
