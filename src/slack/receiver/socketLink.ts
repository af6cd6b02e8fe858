/** Keeps one Socket Mode connection open, whatever happens to it, and never blocks or ends the program. */
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { within } from './dispatch.ts';
import { SocketClient, type SocketClientOptions } from './socketClient.ts';

export type SocketState = 'connected' | 'connecting' | 'down';

export type SocketLinkOptions = Omit<SocketClientOptions, 'onLeaving' | 'pongMs'> & {
  patience?: Partial<Patience> | undefined;
};

/** How long to wait for what, in milliseconds. */
export type Patience = {
  /** From the opening to Slack's hello. */
  hello: number;
  /** From a ping to its answer. */
  pong: number;
  /** Without a single message: the connection may be dead though its pings are answered. A quiet night costs a call each. */
  silence: number;
  /** Before the second attempt, doubled for each further one up to `retryMax`. */
  retry: number;
  retryMax: number;
  /** A connection that was replaced stays this long to acknowledge what it brought. */
  drain: number;
};

const PATIENCE: Patience = {
  hello: 20_000,
  pong: 15_000,
  silence: 600_000,
  retry: 1000,
  retryMax: 60_000,
  drain: 3000,
};

export class SocketLink {
  readonly #options: SocketLinkOptions;
  readonly #log: Log;
  readonly #patience: Patience;
  #current: SocketClient | undefined;
  #opening = false;
  #failures = 0;
  /** On the machine's clock. */
  #lostAt = Date.now();
  #stopped = false;
  #retry: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  readonly #draining = new Set<SocketClient>();

  constructor(options: SocketLinkOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#patience = { ...PATIENCE, ...options.patience };
  }

  get state(): SocketState {
    if (this.#current) return 'connected';
    return this.#failures > 0 ? 'down' : 'connecting';
  }

  /** Milliseconds without a connection; 0 while there is one. */
  get lostMs(): number {
    return this.#current ? 0 : Date.now() - this.#lostAt;
  }

  start(): void {
    void this.#open();
    this.#watchdog = setInterval(() => this.#watch(), this.#patience.silence / 4);
    this.#watchdog.unref();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#watchdog);
    const open = [...this.#draining, ...(this.#current ? [this.#current] : [])];
    this.#current = undefined;
    await within(graceMs, Promise.all(open.map(close)));
  }

  /** Opens a connection and puts it in the place of the one there is, which serves until then. */
  async #open(): Promise<void> {
    if (this.#opening || this.#stopped) return;
    clearTimeout(this.#retry);
    this.#opening = true;
    const client = this.#createClient();
    try {
      await this.#connect(client);
      this.#adopt(client);
    } catch (error) {
      void close(client);
      this.#again(error);
    } finally {
      this.#opening = false;
    }
  }

  #createClient(): SocketClient {
    const client: SocketClient = new SocketClient({
      ...this.#options,
      pongMs: this.#patience.pong,
      onLeaving: (reason) => {
        this.#log.info({ reason }, 'Slack is about to close the connection; opening another');
        if (this.#current === client) void this.#open();
      },
    });
    client.on('disconnected', () => {
      if (this.#current !== client) return;
      this.#current = undefined;
      this.#lostAt = Date.now();
      if (this.#stopped) return;
      this.#log.warn('the connection to Slack was lost; opening another');
      void this.#open();
    });
    return client;
  }

  async #connect(client: SocketClient): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Slack said no hello in time')), this.#patience.hello);
    });
    const started = client.start();
    started.catch(() => undefined);
    await Promise.race([started, late]).finally(() => clearTimeout(timer));
    if (!client.websocket?.isActive()) throw new Error('closed right after the hello');
  }

  #adopt(client: SocketClient): void {
    if (this.#stopped) {
      void close(client);
      return;
    }
    const old = this.#current;
    this.#current = client;
    this.#failures = 0;
    this.#log.info('connected to Slack');
    if (!old) return;
    this.#draining.add(old);
    setTimeout(() => {
      this.#draining.delete(old);
      void close(old);
    }, this.#patience.drain).unref();
  }

  #again(error: unknown): void {
    if (this.#stopped) return;
    const { retry, retryMax } = this.#patience;
    const wait = Math.min(retryMax, retry * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    const ms = error instanceof WebAPIRateLimitedError ? Math.max(wait, error.retryAfter * 1000) : wait;
    this.#log.error(
      { reason: reasonOf(error), attempt: this.#failures, retryInMs: Math.round(ms) },
      this.#current ? NO_OTHER : NO_CONNECTION,
    );
    this.#retry = setTimeout(() => void this.#open(), ms);
  }

  #watch(): void {
    const silentMs = Date.now() - (this.#current?.heardAt ?? Date.now());
    if (silentMs < this.#patience.silence) return;
    this.#log.info({ silentMs }, 'nothing heard from Slack for long; opening another connection');
    void this.#open();
  }
}

const NO_OTHER = 'cannot open another connection to Slack; the one there is goes on';
const NO_CONNECTION = 'no connection to Slack; commands and clicks do not arrive';

/** What went wrong, with the remedy where there is one to name. */
function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    return TOKEN_ERRORS.has(code)
      ? `Slack refuses SLACK_APP_TOKEN (${code}): it must be an app-level token with the scope connections:write`
      : `Slack answered ${code}`;
  }
  return error instanceof Error ? error.message : 'the connection was closed before it was ready';
}

const TOKEN_ERRORS: ReadonlySet<string | undefined> = new Set([
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'missing_scope',
  'token_revoked',
  'account_inactive',
]);

// A peer that never answers the closing is cut off by the library after half a minute; nobody waits for that.
const close = (client: SocketClient): Promise<void> => client.disconnect().catch(() => undefined);
