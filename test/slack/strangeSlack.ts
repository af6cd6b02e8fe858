import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a connection of a Slack that is not well does. */
export type Behaviour = {
  /** Text messages it sends, one frame each. */
  says: string[];
};

export type StrangeSlack = {
  apiUrl: string;
  /** How many connections were opened so far. */
  opened(): number;
  stop(): Promise<void>;
};

export const HELLO = JSON.stringify({ type: 'hello', num_connections: 1 });

/**
 * The Web API's way to Socket Mode, and connections that never answer: no pong, no closing. The n-th behaves as the n-th
 * behaviour says, further ones as the last.
 */
export async function strangeSlack(...behaviours: [Behaviour, ...Behaviour[]]): Promise<StrangeSlack> {
  const sockets = new Set<Duplex>();
  let opened = 0;
  const server: Server = createServer((req, res) => {
    req.resume();
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${portOf(server)}/link` }));
  });
  server.on('upgrade', (req, socket: Duplex) => {
    const behaviour = behaviours[Math.min(opened, behaviours.length - 1)];
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
    socket.write(handshake(req.headers['sec-websocket-key'] ?? ''));
    for (const text of behaviour?.says ?? []) socket.write(frame(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${portOf(server)}/api/`,
    opened: () => opened,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function handshake(key: string): string {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

/** A whole text message of at most 125 bytes. */
function frame(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, bytes.length]), bytes]);
}
