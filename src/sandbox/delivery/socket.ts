import { randomUUID } from 'node:crypto';
import { Emitter } from '../emitter.ts';
import { newSecret } from '../ids.ts';
import { asObject, asText, parseJson } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { Answer, Delivery, Transport } from './transport.ts';
import type { WebSocketConnection } from './websocket.ts';

const PING_EVERY_MS = 10_000;
const CLOSE_AFTER_REFRESH_MS = 10_000;
const POLITE_MS = 500;

/** Socket Mode: tickets, connections, envelopes and their acknowledgements. */
export class SocketHub implements Transport {
  readonly name = 'socket';
  /** Says the number of connections whenever one comes or goes. */
  readonly news = new Emitter<number>();
  readonly #appId: string;
  readonly #timeoutMs: number;
  readonly #tickets = new Map<string, number>();
  readonly #connections = new Set<WebSocketConnection>();
  readonly #waiting = new Map<string, (body: unknown) => void>();
  readonly #pings: NodeJS.Timeout;
  #turn = 0;

  constructor(appId: string, timeoutMs: number = LIMIT.acknowledgeMs) {
    this.#appId = appId;
    this.#timeoutMs = timeoutMs;
    this.#pings = setInterval(() => {
      for (const connection of this.#connections) connection.ping();
    }, PING_EVERY_MS);
    this.#pings.unref();
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** An address that can be connected to once, for half a minute. */
  ticketUrl(origin: string): string {
    const ticket = newSecret();
    this.#tickets.set(ticket, Date.now() + LIMIT.socketTicketTtlMs);
    return `${origin.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${this.#appId}`;
  }

  /** Is the ticket good, and is there room for one more connection? It is spent either way. */
  admits(ticket: string): boolean {
    const until = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return until !== undefined && Date.now() <= until && this.#connections.size < LIMIT.socketConnections;
  }

  add(connection: WebSocketConnection): void {
    this.#connections.add(connection);
    connection.messages.on((text) => this.#acknowledged(text));
    connection.closed.on(() => {
      this.#connections.delete(connection);
      this.news.emit(this.connections);
    });
    const hello = {
      type: 'hello',
      num_connections: this.connections,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#appId },
    };
    connection.send(JSON.stringify(hello));
    this.news.emit(this.connections);
  }

  /** Slack asks every client to connect anew, and hangs up a little later on those who don't. */
  refresh(reason: 'warning' | 'refresh_requested' = 'refresh_requested'): void {
    for (const connection of this.#connections) {
      connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      if (reason === 'refresh_requested') setTimeout(() => connection.close(), CLOSE_AFTER_REFRESH_MS).unref();
    }
  }

  /** The network breaks: every connection is gone without a word. */
  dropAll(): void {
    for (const connection of [...this.#connections]) connection.destroy();
  }

  /** Sends to any one connection, and waits for the envelope's acknowledgement. */
  send(delivery: Delivery): Promise<Answer> {
    const open = [...this.#connections].filter((connection) => connection.isOpen);
    this.#turn += 1;
    const connection = open[this.#turn % Math.max(1, open.length)];
    if (connection === undefined)
      return Promise.resolve({ ok: false, reason: 'connection_failed', status: 'no socket connection' });
    const envelope_id = randomUUID();
    const envelope = {
      envelope_id,
      type: delivery.kind,
      accepts_response_payload: delivery.kind !== 'events_api',
      payload: delivery.payload,
      ...(delivery.kind === 'events_api'
        ? { retry_attempt: delivery.retry?.num ?? 0, retry_reason: delivery.retry?.reason ?? '' }
        : {}),
    };
    return new Promise((resolve) => {
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        this.#waiting.delete(envelope_id);
        off();
        resolve(answer);
      };
      const timer = setTimeout(() => settle({ ok: false, reason: 'http_timeout', status: 'timeout' }), this.#timeoutMs);
      const off = connection.closed.on(() =>
        settle({ ok: false, reason: 'connection_failed', status: 'socket closed' }),
      );
      this.#waiting.set(envelope_id, (body) => settle({ ok: true, status: 'ack', body }));
      connection.send(JSON.stringify(envelope));
    });
  }

  /** Hangs up politely; whoever does not hang up too is cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pings);
    for (const connection of this.#connections) connection.close(1001);
    if (this.connections > 0)
      await this.news.next((left) => left === 0, POLITE_MS, 'the hanging up').catch(() => this.dropAll());
  }

  #acknowledged(text: string): void {
    const message = asObject(parseJson(text)?.value);
    const payload = message.payload;
    const empty = payload === undefined || Object.keys(asObject(payload)).length === 0;
    this.#waiting.get(asText(message.envelope_id))?.(empty ? '' : payload);
  }
}
