import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readArguments } from './api/args.ts';
import { call, type Outcome } from './api/call.ts';
import { ApiError } from './api/errors.ts';
import { appMayRead } from './api/fileShape.ts';
import { receiveUpload } from './api/files.ts';
import { acceptWebSocket } from './delivery/websocket.ts';
import { asObject, asText, type Json, parseJson } from './json.ts';
import type { Machine } from './machine.ts';

/** Enough for a file of 40 MB that the page sends as base64. */
const MAX_BODY = 56 * 1024 * 1024;

/** Handles what is not Slack's protocol (the page); false: not its path either. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean>;

/** The HTTP side: Web API, response_urls, uploads, Socket Mode, and the page. */
export function startServer(machine: Machine, page: PageHandler, port: number): Promise<Server> {
  const server = createServer((req, res) => {
    answer(machine, page, req, res).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  server.on('upgrade', (req, socket, head) => {
    const url = new URL(req.url ?? '/', 'http://sandbox');
    if (machine.faults.isDown) return socket.destroy();
    if (url.pathname !== '/link/' || !machine.socket.admits(url.searchParams.get('ticket') ?? ''))
      return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    const connection = acceptWebSocket(req, socket, head);
    if (connection !== undefined) machine.socket.add(connection);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function answer(machine: Machine, page: PageHandler, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://sandbox');
  if (url.pathname.startsWith('/api/')) return api(machine, req, res, url);
  if (/^\/(commands|actions|app)\/T/.test(url.pathname)) return respond(machine, req, res, url);
  if (machine.faults.isDown && /^\/(upload|files-pri|signin)/.test(url.pathname)) return void res.socket?.destroy();
  if (url.pathname.startsWith('/upload/v1/')) return upload(machine, req, res, url);
  if (url.pathname.startsWith('/files-pri/')) return download(machine, req, res, url);
  if (url.pathname === '/signin')
    return void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SIGN_IN);
  if (await page(req, res, url)) return;
  res.writeHead(404).end();
}

/** A call of the Web API as it came: `body` is text. */
type Asked = { url: URL; contentType: string; authorization: string; body: string };

async function api(machine: Machine, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const { 'content-type': contentType = '', authorization = '' } = req.headers;
  const body = (await readBody(req)).toString('utf8');
  const answered = await answerCall(machine, { url, contentType, authorization, body });
  if (answered === null) return void res.socket?.destroy();
  res.writeHead(answered.status, answered.headers).end(answered.text);
}

/** `fetch` for an app in the same process: a call of the Web API needs no connection then, and is the same otherwise. */
export async function fetchHere(machine: Machine, to: string | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(to);
  if (!url.pathname.startsWith('/api/') || typeof init.body !== 'string') return fetch(to, init);
  const headers = new Headers(init.headers);
  const [contentType, authorization] = [headers.get('content-type') ?? '', headers.get('authorization') ?? ''];
  const answered = await answerCall(machine, { url, contentType, authorization, body: init.body });
  if (answered === null) throw new TypeError('fetch failed', { cause: new Error('the connection was destroyed') });
  return new Response(answered.text, answered);
}

/** @returns null where the connection is to be broken instead */
async function answerCall(machine: Machine, { url, contentType, authorization, body }: Asked) {
  const started = Date.now();
  const name = url.pathname.slice('/api/'.length);
  let args: Json = {};
  let outcome: Outcome;
  try {
    args = readArguments(contentType, body, url.searchParams);
    const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
    outcome = call(name, args, bearer ?? (asText(args.token) || undefined), machine);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    outcome = { status: 200, headers: {}, delayMs: 0, body: { ok: false, error: error.code, ...error.extra } };
  }
  if (outcome.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, outcome.delayMs).unref());
  const answered = outcome.body;
  machine.traffic.record({
    ...{ at: started, direction: 'call', transport: 'http', method: name, args, ms: Date.now() - started },
    ...{ answer: answered ?? 'connection destroyed', status: answered === undefined ? 'broken' : outcome.status },
    signed: answered !== undefined && asObject(answered).error !== 'invalid_auth',
  });
  if (answered === undefined) return null;
  return {
    status: outcome.status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...outcome.headers },
    text: typeof answered === 'string' ? answered : JSON.stringify(answered),
  };
}

async function respond(machine: Machine, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const started = Date.now();
  const args = asObject(parseJson((await readBody(req)).toString('utf8'))?.value);
  if (machine.faults.isDown) return void res.socket?.destroy();
  const { status, body } = machine.responseUrls.respond(url.pathname, args);
  machine.traffic.record({
    ...{ at: started, direction: 'call', transport: 'http', method: 'response_url', args, answer: body, status },
    ...{ ms: Date.now() - started, signed: status !== 404 },
  });
  res.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

async function upload(machine: Machine, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const started = Date.now();
  const [, , , id = '', secret = ''] = url.pathname.split('/');
  const bytes = await fileBytes(await readBody(req), req.headers['content-type'] ?? '');
  const fault = machine.faults.take('upload', { file: id });
  if (fault?.kind === 'refuse') return void res.socket?.destroy();
  const { status, body } =
    fault?.kind === 'status'
      ? { status: fault.status, body: '' }
      : receiveUpload(machine.context.workspace.files.get(id), secret, bytes);
  machine.traffic.record({
    ...{ at: started, direction: 'call', transport: 'http', method: 'upload', args: { file: id, bytes: bytes.length } },
    ...{ answer: body, status, ms: Date.now() - started, signed: status !== 404 },
  });
  res.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

/** The bytes of an upload: the body itself, or the first file of a multipart form. */
async function fileBytes(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const value of form.values()) if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

const SIGN_IN = '<!DOCTYPE html><html lang="en"><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** The bytes for the app's token; whoever may not read the file is sent to a page to sign in, as Slack does. */
async function download(machine: Machine, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  const started = Date.now();
  const { workspace, tokens } = machine;
  const { app } = workspace;
  const file = workspace.files.get(/-(F[A-Z0-9]+)\//.exec(url.pathname)?.[1] ?? '');
  const isApp = req.headers.authorization === `Bearer ${app.botToken}` && !tokens.revoked;
  const mayRead = isApp && app.scopes.includes('files:read') && file !== undefined && appMayRead(workspace, file);
  machine.traffic.record({
    ...{ at: started, direction: 'call', transport: 'http', method: 'file', args: { path: url.pathname } },
    ...{ answer: mayRead ? `${file.size} bytes` : 'sign in first', status: mayRead ? 200 : 302, ms: 0, signed: isApp },
  });
  if (!mayRead) {
    const location = `/signin?redir=${encodeURIComponent(url.pathname)}`;
    return void res.writeHead(302, { location, 'x-slack-meta': '?;acl_fail' }).end();
  }
  res.writeHead(200, { 'content-type': file.mimetype, 'content-length': file.size }).end(file.bytes);
}

export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    size += part.length;
    if (size > MAX_BODY) throw new Error(`a request body is over ${MAX_BODY} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
