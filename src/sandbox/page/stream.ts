import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Emitter } from '../emitter.ts';
import { asObject, asText } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { maySee } from '../person/sight.ts';
import type { TrafficEntry } from '../traffic.ts';
import type { Change } from '../workspace.ts';
import type { Marks } from './marks.ts';
import { messageFor, viewFor } from './state.ts';
import type { News, TrafficLine } from './wire.ts';

const KEEP_ALIVE_MS = 15_000;

/** Server-sent events for one person's window, until the browser goes away. */
export function stream(
  machine: Machine,
  marks: Marks,
  moves: Emitter<Date>,
  person: Person,
  req: IncomingMessage,
  res: ServerResponse,
): true {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = (event: 'change' | 'traffic', data: News | TrafficLine): void => {
    res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  tell('change', { kind: 'hello' });
  const offs = [
    machine.workspace.changes.on((change) => {
      const news = newsFor(machine, person, change);
      if (news !== undefined) tell('change', news);
    }),
    machine.traffic.news.on((entry) => tell('traffic', lineOf(entry))),
    marks.news.on(({ user, channel, ts }) => {
      if (user === person.id) tell('change', { kind: 'read', channel, ts });
    }),
    moves.on((now) => tell('change', { kind: 'clock', now: now.toISOString() })),
  ];
  const keepAlive = setInterval(() => res.write(': here\n\n'), KEEP_ALIVE_MS);
  keepAlive.unref();
  req.on('close', () => {
    for (const off of offs) off();
    clearInterval(keepAlive);
  });
  return true;
}

const UNACKNOWLEDGED = ['http_timeout', 'http_error', 'connection_failed'];

/** One entry without its payloads. */
export function lineOf({ args: _args, answer, ...entry }: TrafficEntry): TrafficLine {
  const refused = entry.direction === 'call' ? asText(asObject(answer).error) : asText(answer);
  return { ...entry, error: entry.direction === 'call' || UNACKNOWLEDGED.includes(refused) ? refused : '' };
}

/** A change as this person's window needs it; nothing when it is none of theirs. */
function newsFor(machine: Machine, person: Person, change: Change): News | undefined {
  const { workspace } = machine;
  switch (change.kind) {
    case 'message': {
      const channel = workspace.channels.get(change.message.channel);
      if (channel === undefined || !maySee(machine, person.user, channel)) return undefined;
      return { kind: 'message', how: change.how, message: messageFor(machine, person, change.message) };
    }
    case 'ephemeral':
      if (change.message.onlyFor !== person.id) return undefined;
      return { kind: 'message', how: change.how, message: messageFor(machine, person, change.message) };
    case 'values':
      if (change.user !== person.id) return undefined;
      return { kind: 'message', how: 'changed', message: messageFor(machine, person, change.message) };
    case 'modal':
      return change.user === person.id ? { kind: 'modal', modals: workspace.stack(person.id).map(viewFor) } : undefined;
    case 'home': {
      const home = change.user === person.id ? workspace.homes.get(person.id) : undefined;
      return home === undefined ? undefined : { kind: 'home', home: viewFor(home) };
    }
    case 'toast':
      return change.toast.user === person.id ? { kind: 'toast', text: change.toast.text } : undefined;
    case 'people':
    case 'channels':
      return { kind: change.kind };
    default:
      return change satisfies never;
  }
}
