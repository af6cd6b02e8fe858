/**
 * What the web page talks to. Everything here is about the page; Slack's own protocol lives elsewhere.
 *
 *     GET  /                         the page
 *     GET  /_sandbox/page.js         its script (and draw.js); .ts sources are served with types stripped
 *     GET  /_sandbox/people          {people: [{id, name, title, image, kind}], app, commands, tour, clock: boolean}
 *     GET  /_sandbox/state?as=U…     what that person sees: {me, channels: [{id, name, kind, archived, messages}],
 *                                    ephemerals, modals: View[] (top one last), home: View | null, toasts, names}
 *     GET  /_sandbox/stream?as=U…    server-sent events: `change` {kind} whenever that person should look again,
 *                                    `traffic` {TrafficEntry} for every call and delivery
 *     GET  /_sandbox/traffic         {entries: TrafficEntry[]}: the last 200
 *     GET  /_sandbox/panels          {panels: [{id, title}]}
 *     GET  /_sandbox/panels/<id>     what the panel's load() gives
 *     POST /_sandbox/clock           {to: ISO instant}: moves the business clock forward
 *     POST /_sandbox/act             {as, act, …}, see acts.ts; answers {ok: true, …} or {ok: false, error}
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { asObject, asText, type Json, parseJson } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { type PageHandler, readBody } from '../server.ts';
import { perform } from './acts.ts';
import { directory, stateFor } from './state.ts';
import { stream } from './stream.ts';

export type Panel = { id: string; title: string; load: () => Promise<unknown> };
export type TourStep = { as: string; title: string; text: string };
export type Extras = { panels: Panel[]; onClock: ((to: Date) => Promise<void>) | undefined; tour: TourStep[] };

const FILES: { [path: string]: { file: string; type: string } } = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/_sandbox/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/_sandbox/draw.js': { file: 'draw.js', type: 'text/javascript; charset=utf-8' },
};

export function createPage(machine: Machine, as: (user: string) => Person, extras: Extras): PageHandler {
  return async (req, res, url) => {
    const own = FILES[url.pathname];
    if (own !== undefined) return sendFile(res, own.file, own.type);
    if (!url.pathname.startsWith('/_sandbox/')) return false;
    if (!isLocal(req)) return send(res, { error: 'only from the page itself' }, 403);
    return endpoint(machine, as, extras, req, res, url);
  };
}

/** Another site's page in the same browser must not act here. */
function isLocal(req: IncomingMessage): boolean {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  const { origin } = req.headers;
  return (
    ['127.0.0.1', 'localhost', '[::1]'].includes(host) &&
    (origin === undefined || new URL(origin).host === req.headers.host)
  );
}

async function endpoint(
  machine: Machine,
  as: (user: string) => Person,
  extras: Extras,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<boolean> {
  const path = url.pathname.slice('/_sandbox/'.length);
  const user = url.searchParams.get('as') ?? '';
  if (path === 'people')
    return send(res, { ...directory(machine), tour: extras.tour, clock: extras.onClock !== undefined });
  if (path === 'traffic') return send(res, { entries: machine.traffic.entries.slice(-200) });
  if (path === 'panels') return send(res, { panels: extras.panels.map(({ id, title }) => ({ id, title })) });
  const panel = extras.panels.find(({ id }) => path === `panels/${id}`);
  if (panel !== undefined) return send(res, { panel: await panel.load() });
  if (path === 'state' && machine.workspace.users.has(user)) return send(res, stateFor(machine, as(user)));
  if (path === 'stream' && machine.workspace.users.has(user)) return stream(machine, as(user), req, res);
  if (req.method !== 'POST') return send(res, { ok: false, error: 'not found' }, 404);
  const body = asObject(parseJson((await readBody(req)).toString('utf8'))?.value);
  if (path === 'act') return send(res, await attempt(() => perform(machine, as, body)));
  if (path === 'clock') return send(res, await attempt(() => moveClock(extras, asText(body.to))));
  return send(res, { ok: false, error: 'not found' }, 404);
}

async function moveClock({ onClock }: Extras, to: string): Promise<Json> {
  const at = new Date(to);
  if (onClock === undefined || Number.isNaN(at.getTime())) throw new Error('there is no clock, or that is no instant');
  await onClock(at);
  return {};
}

async function attempt(act: () => Promise<Json>): Promise<Json> {
  try {
    return { ok: true, ...(await act()) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function send(res: ServerResponse, body: Json, status = 200): true {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
  return true;
}

async function sendFile(res: ServerResponse, file: string, type: string): Promise<true> {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  res.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  res.end(file.endsWith('.ts') ? stripTypeScriptTypes(text) : text);
  return true;
}
