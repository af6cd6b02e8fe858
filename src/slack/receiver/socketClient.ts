import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import type { Log } from '../../log.ts';
import { boltLogger } from '../boltLogger.ts';
import { type Body, isObject } from './body.ts';

/** One delivery: acknowledged by its id. */
export type Envelope = Body & { type: string; envelope_id: string };

export type SocketClientOptions = {
  appToken: string;
  clientOptions: NonNullable<SocketModeOptions['clientOptions']>;
  log: Log;
  onEnvelope(envelope: Envelope, client: SocketClient): void;
  /** Slack is about to close this connection and says why. */
  onLeaving(reason: string): void;
  /** How long Slack may take to answer a ping, in milliseconds. */
  pongMs: number;
};

const OPEN_MS = 10_000;

/**
 * Slack's client, for one connection. It does not reconnect by itself: its own attempts reject where nobody can catch them.
 * And it reads messages here: the inherited reader rejects, uncaught too, on `app_rate_limited` and on anything that is no
 * object, and closes a connection that Slack announces to refresh before there is another one.
 */
export class SocketClient extends SocketModeClient {
  readonly #options: SocketClientOptions;
  /** When anything was last heard, hello included; milliseconds of the machine's clock. */
  heardAt = Date.now();

  constructor(options: SocketClientOptions) {
    const logger = boltLogger(options.log);
    super({
      appToken: options.appToken,
      autoReconnectEnabled: false,
      clientPingTimeout: options.pongMs,
      // Losses are told by whoever keeps the link, once and with the remedy; the library's own words add detail.
      logger: { ...logger, error: logger.info },
      // An object of its own, and with a retryConfig: the library writes its own into what it is given.
      clientOptions: {
        timeout: OPEN_MS,
        ...options.clientOptions,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
      },
    });
    this.#options = options;
  }

  /** Answers a delivery. Where the connection is gone the answer is lost, and Slack delivers again or tells the person. */
  acknowledge(envelopeId: string, response?: unknown): void {
    const payload = typeof response === 'string' ? { text: response } : response;
    const message = JSON.stringify({ envelope_id: envelopeId, ...(payload === undefined ? {} : { payload }) });
    const lost = (why: unknown) => this.#options.log.warn({ err: why, envelopeId }, 'an acknowledgement was lost');
    if (this.websocket?.isActive()) this.websocket.send(message, (error) => error && lost(error));
    else lost(new Error('the connection was closed meanwhile'));
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    this.heardAt = Date.now();
    const message = typeof data === 'string' ? parseObject(data) : null;
    if (message?.type === 'hello') await super.onWebSocketMessage(data, isBinary);
    else if (message?.type === 'disconnect') this.#options.onLeaving(String(message.reason ?? 'no reason given'));
    else if (isEnvelope(message)) this.#options.onEnvelope(message, this);
    else this.#options.log.warn({ type: message?.type }, 'ignored a message of Socket Mode that is no delivery');
  }
}

function parseObject(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isEnvelope = (message: Body | null): message is Envelope =>
  typeof message?.type === 'string' && typeof message.envelope_id === 'string';
