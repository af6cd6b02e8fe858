import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Emitter } from '../emitter.ts';

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPCODE = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;
const MAX_MESSAGE = 4 * 1024 * 1024;

type Frame = { fin: boolean; opcode: number; payload: Buffer; rest: Buffer };

/** The server's end of one WebSocket (RFC 6455): text messages, ping and pong, close. No extensions. */
export class WebSocketConnection {
  readonly messages = new Emitter<string>();
  readonly closed = new Emitter<void>();
  readonly #socket: Duplex;
  #buffer: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #open = true;

  constructor(socket: Duplex, head: Buffer) {
    this.#socket = socket;
    socket.on('data', (data: Buffer) => this.#receive(data));
    socket.on('close', () => this.#ended());
    socket.on('error', () => socket.destroy());
    if (head.length > 0) this.#receive(head);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  send(text: string): void {
    this.#write(OPCODE.text, Buffer.from(text));
  }

  ping(): void {
    this.#write(OPCODE.ping, Buffer.from('Ping from slack'));
  }

  close(code = 1000): void {
    const reason = Buffer.alloc(2);
    reason.writeUInt16BE(code);
    this.#write(OPCODE.close, reason);
    this.#socket.end();
  }

  /** Breaks the connection without a word. */
  destroy(): void {
    this.#socket.destroy();
    this.#ended();
  }

  #ended(): void {
    if (!this.#open) return;
    this.#open = false;
    this.closed.emit();
  }

  #write(opcode: number, payload: Buffer): void {
    if (!this.#open || this.#socket.destroyed) return;
    const size = payload.length;
    const header = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
    header[0] = 0x80 | opcode;
    header[1] = size < 126 ? size : size < 65_536 ? 126 : 127;
    if (header.length === 4) header.writeUInt16BE(size, 2);
    if (header.length === 10) header.writeBigUInt64BE(BigInt(size), 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }

  #receive(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    if (this.#buffer.length > MAX_MESSAGE) {
      this.destroy();
      return;
    }
    for (let frame = readFrame(this.#buffer); frame !== undefined; frame = readFrame(this.#buffer)) {
      this.#buffer = frame.rest;
      this.#handle(frame);
    }
  }

  #handle({ fin, opcode, payload }: Frame): void {
    if (opcode === OPCODE.ping) this.#write(OPCODE.pong, payload);
    if (opcode === OPCODE.close) {
      this.#write(OPCODE.close, payload.subarray(0, 2));
      this.#socket.end();
      this.#ended();
    }
    if (opcode !== OPCODE.text && opcode !== OPCODE.continuation) return;
    this.#parts.push(payload);
    if (!fin) return;
    const text = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.messages.emit(text);
  }
}

/** The first whole frame of what arrived, unmasked; undefined while it is not all there. */
function readFrame(buffer: Buffer): Frame | undefined {
  if (buffer.length < 2) return undefined;
  const [first = 0, second = 0] = buffer;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskAt = 2 + lengthBytes;
  const masked = (second & 0x80) !== 0;
  const start = maskAt + (masked ? 4 : 0);
  if (buffer.length < start) return undefined;
  const size = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
  if (buffer.length < start + size) return undefined;
  const payload = Buffer.from(buffer.subarray(start, start + size));
  if (masked) for (let i = 0; i < size; i += 1) payload[i] = (payload[i] ?? 0) ^ (buffer[maskAt + (i % 4)] ?? 0);
  return { fin: (first & 0x80) !== 0, opcode: first & 0x0f, payload, rest: buffer.subarray(start + size) };
}

/** Answers an upgrade request; undefined (and the socket is closed) when it is not one for a WebSocket. */
export function acceptWebSocket(req: IncomingMessage, socket: Duplex, head: Buffer): WebSocketConnection | undefined {
  const key = req.headers['sec-websocket-key'];
  if (req.headers.upgrade?.toLowerCase() !== 'websocket' || key === undefined) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1')
    .update(key + MAGIC)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  return new WebSocketConnection(socket, head);
}
