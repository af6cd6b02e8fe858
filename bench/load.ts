/** The driver: bytes prepared beforehand over plain sockets, so that it takes little of the CPU it shares with the servers. */
import { connect, type Socket } from 'node:net';

export type Load = {
  /** From the first byte sent to the last answer, in milliseconds. */
  elapsedMs: number;
  /** Of each request, ascending, in milliseconds. */
  latenciesMs: number[];
};

/** Answered by every server, if only with 404. */
const HELLO = Buffer.from('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
const END_OF_HEAD = '\r\n\r\n';

/**
 * Sends every request once over `connections` kept-alive connections, each sending its next when the last is answered.
 * @throws where an answer is not an empty 200: it would be a request that was refused, faster than one that was done
 */
export async function drive(port: number, requests: readonly Buffer[], connections: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  // A server takes one new connection a turn of its loop, and Slack's are kept alive: each is taken before anything is counted.
  await Promise.all(sockets.map((socket) => exchange(socket, HELLO)));
  const latenciesMs: number[] = [];
  let next = 0;
  const began = performance.now();
  const work = async (socket: Socket) => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const sent = performance.now();
      check(await exchange(socket, request));
      latenciesMs.push(performance.now() - sent);
    }
  };
  await Promise.all(sockets.map(work));
  const elapsedMs = performance.now() - began;
  for (const socket of sockets) socket.destroy();
  return { elapsedMs, latenciesMs: latenciesMs.sort((a, b) => a - b) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** One request and its whole answer. */
export function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const settle = () => {
      socket.off('data', onData).off('close', onClose);
    };
    const onClose = () => {
      settle();
      reject(new Error(`the connection was closed after ${JSON.stringify(answer)}`));
    };
    const onData = (bytes: Buffer) => {
      answer += bytes.toString('latin1');
      if (!isWhole(answer)) return;
      settle();
      resolve(answer);
    };
    socket.on('data', onData).on('close', onClose);
    socket.write(request);
  });
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf(END_OF_HEAD);
  if (head === -1) return false;
  const body = answer.length - head - END_OF_HEAD.length;
  const announced = /^content-length: (\d+)/im.exec(answer)?.[1];
  return announced === undefined ? answer.endsWith('0\r\n\r\n') : body >= Number(announced);
}

function check(answer: string): void {
  const body = answer.slice(answer.indexOf(END_OF_HEAD) + END_OF_HEAD.length);
  if (!answer.startsWith('HTTP/1.1 200') || !['', '0\r\n\r\n'].includes(body)) throw new Error(`answered ${answer}`);
}
