import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Machine } from '../machine.ts';
import type { Person } from '../person/person.ts';
import { maySee } from '../person/sight.ts';
import type { Change } from '../workspace.ts';

const KEEP_ALIVE_MS = 15_000;

/** Server-sent events for one person's window, until the browser goes away. */
export function stream(machine: Machine, person: Person, req: IncomingMessage, res: ServerResponse): true {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = (event: string, data: unknown): void => {
    res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  tell('change', { kind: 'hello' });
  const offChanges = machine.workspace.changes.on((change) => {
    if (concerns(machine, person, change)) tell('change', { kind: change.kind });
  });
  const offTraffic = machine.traffic.news.on((entry) => tell('traffic', entry));
  const keepAlive = setInterval(() => res.write(': here\n\n'), KEEP_ALIVE_MS);
  keepAlive.unref();
  req.on('close', () => {
    offChanges();
    offTraffic();
    clearInterval(keepAlive);
  });
  return true;
}

function concerns(machine: Machine, person: Person, change: Change): boolean {
  switch (change.kind) {
    case 'message': {
      const channel = machine.workspace.channels.get(change.message.channel);
      return channel !== undefined && maySee(machine, person.user, channel);
    }
    case 'ephemeral':
      return change.message.onlyFor === person.id;
    case 'modal':
    case 'home':
      return change.user === person.id;
    case 'toast':
      return change.toast.user === person.id;
    case 'people':
    case 'channels':
      return true;
    default:
      return change satisfies never;
  }
}
