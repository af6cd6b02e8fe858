/**
 * What the web page talks to. Everything here is about the page; Slack's own protocol lives elsewhere.
 * The shapes are in wire.ts.
 *
 *     GET  /                         the page; its files lie below /_sandbox/<edition>, see files.ts
 *     GET  /_sandbox/people          Directory: who is here, commands, shortcuts, the tour
 *     GET  /_sandbox/state?as=U…     State: what that person sees
 *     GET  /_sandbox/stream?as=U…    server-sent events: `change` News, `traffic` TrafficLine
 *     GET  /_sandbox/file/F…?as=U…   a file that this person may see
 *     GET  /_sandbox/traffic         {entries: TrafficLine[]}: the last 200
 *     GET  /_sandbox/traffic/<id>    {entry: TrafficEntry}
 *     GET  /_sandbox/panels/<id>     {panel}: what the panel's load() gives
 *     GET  /_sandbox/clock           Clock
 *     POST /_sandbox/clock           {to: ISO instant}: moves the business clock forward
 *     POST /_sandbox/act             Act with {as}; answers {ok: true, …} or {ok: false, error}
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { filesShown } from '../api/slackFiles.ts';
import { Emitter } from '../emitter.ts';
import { asObject, asText, parseJson } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { maySee, visibleMessages } from '../person/sight.ts';
import { type PageHandler, readBody } from '../server.ts';
import type { FileRecord } from '../types.ts';
import { perform } from './acts.ts';
import { sendPageFile } from './files.ts';
import { Marks } from './marks.ts';
import { directory, stateFor } from './state.ts';
import { lineOf, stream } from './stream.ts';
import type { Clock, Jump, WireTourStep } from './wire.ts';

/**
 * A tab of the drawer. `load` is called when the tab is opened and after traffic. A list of objects is shown as a table
 * whose columns are their keys; anything else as JSON.
 */
export type Panel = { id: string; title: string; load: () => Promise<unknown> };

/**
 * One step of the tour. `as`: the handle of who should be in front; `at`: where to look, a channel's name, `app` for the
 * direct messages with the app, or `home`; `draft`: what to put into the composer; `highlight`: a part of the page,
 * one of `person`, `sidebar`, `messages`, `composer`, `clock`, `inside`.
 */
export type TourStep = WireTourStep;

/** The business clock, where the host has one. `jumps` are instants worth moving to, asked for each time. */
export type HostClock = { now: () => Date; jumps?: () => Promise<Jump[]> };

export type Extras = {
  panels: Panel[];
  onClock: ((to: Date) => Promise<void>) | undefined;
  clock: HostClock | undefined;
  tour: TourStep[];
};

/** What every endpoint needs. */
type Desk = { machine: Machine; as: (user: string) => Person; extras: Extras; marks: Marks; moves: Emitter<Date> };

export function createPage(machine: Machine, as: (user: string) => Person, extras: Extras): PageHandler {
  const desk: Desk = { machine, as, extras, marks: new Marks(machine.workspace.now), moves: new Emitter<Date>() };
  return async (req, res, url) => {
    if (url.pathname !== '/' && !url.pathname.startsWith('/_sandbox/')) return false;
    if (!isLocal(req)) return send(res, { error: 'only from the page itself' }, 403);
    if (req.method === 'POST') return post(desk, req, res, url);
    return (await sendPageFile(res, url.pathname)) || get(desk, req, res, url);
  };
}

/** Another site's page in the same browser must not act here. */
function isLocal(req: IncomingMessage): boolean {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '');
  const { origin } = req.headers;
  return (
    ['127.0.0.1', 'localhost', '[::1]'].includes(host) &&
    (origin === undefined || (URL.canParse(origin) && new URL(origin).host === req.headers.host))
  );
}

async function get(desk: Desk, req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const { machine, extras, marks, moves } = desk;
  const [path = '', id = ''] = url.pathname.slice('/_sandbox/'.length).split('/');
  const user = url.searchParams.get('as') ?? '';
  const person = machine.workspace.users.has(user) ? desk.as(user) : undefined;
  switch (id === '' ? path : `${path}/`) {
    case 'people':
      return send(res, {
        ...directory(machine),
        tour: extras.tour,
        panels: extras.panels.map((panel) => ({ id: panel.id, title: panel.title })),
        clock: extras.onClock !== undefined,
      });
    case 'state':
      return person === undefined ? missing(res) : send(res, stateFor(machine, marks, person));
    case 'stream':
      return person === undefined ? missing(res) : stream(machine, marks, moves, person, req, res);
    case 'clock':
      return send(res, await clockOf(desk));
    case 'traffic':
      return send(res, { entries: machine.traffic.entries.slice(-200).map(lineOf) });
    case 'traffic/': {
      const entry = machine.traffic.entries.find((each) => String(each.id) === id);
      return entry === undefined ? missing(res) : send(res, { entry });
    }
    case 'panels/': {
      const panel = extras.panels.find((each) => each.id === id);
      return panel === undefined ? missing(res) : send(res, { panel: await panel.load() });
    }
    case 'file/':
      return person === undefined ? missing(res) : sendFile(machine, person, machine.workspace.files.get(id), res);
    default:
      return missing(res);
  }
}

async function post(desk: Desk, req: IncomingMessage, res: ServerResponse, url: URL): Promise<boolean> {
  const body = asObject(parseJson((await readBody(req)).toString('utf8'))?.value);
  if (url.pathname === '/_sandbox/act')
    return send(res, await attempt(() => perform(desk.machine, desk.marks, desk.as, body)));
  if (url.pathname === '/_sandbox/clock') return send(res, await attempt(() => moveClock(desk, asText(body.to))));
  return missing(res);
}

const nowOf = ({ extras, machine }: Desk): Date => extras.clock?.now() ?? new Date(machine.workspace.now());

const clockOf = async (desk: Desk): Promise<Clock> => ({
  now: nowOf(desk).toISOString(),
  jumps: (await desk.extras.clock?.jumps?.()) ?? [],
});

async function moveClock(desk: Desk, to: string): Promise<object> {
  const at = new Date(to);
  const { onClock } = desk.extras;
  if (onClock === undefined) throw new Error('There is no clock to move.');
  if (Number.isNaN(at.getTime())) throw new Error('That is no date and time.');
  if (at <= nowOf(desk)) throw new Error('The clock only goes forward.');
  await onClock(at);
  desk.moves.emit(nowOf(desk));
  return { now: nowOf(desk).toISOString() };
}

async function attempt(act: () => Promise<object>): Promise<object> {
  try {
    return { ok: true, ...(await act()) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

const missing = (res: ServerResponse): true => send(res, { ok: false, error: 'not found' }, 404);

function send(res: ServerResponse, body: object, status = 200): true {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
  return true;
}

/** The files that pictures show in what this person can see. */
function shownTo(machine: Machine, { id, user }: Person): Set<string> {
  const { workspace } = machine;
  const places = [...visibleMessages(machine, user), ...workspace.stack(id), workspace.homes.get(id)];
  return new Set(places.flatMap((place) => filesShown(place?.blocks).map((shown) => shown.id)));
}

/** A file that a picture shows, or that was shared, where this person can see it, or that is theirs. Never as something a browser would run. */
function sendFile(machine: Machine, person: Person, file: FileRecord | undefined, res: ServerResponse): true {
  const { channels } = machine.workspace;
  const seen = (id: string): boolean => {
    const channel = channels.get(id);
    return channel !== undefined && maySee(machine, person.user, channel);
  };
  const isShown = file?.complete === true && shownTo(machine, person).has(file.id);
  if (file === undefined || !(isShown || file.user === person.id || file.channels.some(seen))) return missing(res);
  res.writeHead(200, {
    'content-type': file.mimetype,
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  res.end(file.bytes);
  return true;
}
