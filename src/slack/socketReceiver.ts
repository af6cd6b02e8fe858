/** Slack's deliveries over Socket Mode, on Bolt's `Receiver` interface, and the plain HTTP side beside it. */
import type { Receiver } from '@slack/bolt';
import { about } from './receiver/about.ts';
import { fromCommand, fromInteraction, fromJson, type Incoming } from './receiver/body.ts';
import { createDispatch, type DispatchOptions, RATE_LIMITED, type Reply, type Retry } from './receiver/dispatch.ts';
import { createHttpServer, GRACE_MS, type Routes } from './receiver/httpServer.ts';
import type { Envelope, SocketClient, SocketClientOptions } from './receiver/socketClient.ts';
import { type Patience, SocketLink, type SocketState } from './receiver/socketLink.ts';

export type SocketReceiverOptions = DispatchOptions & {
  appToken: string;
  /** Of Slack's Web API, with a trailing slash. */
  apiUrl: string;
  /** Further options of the Web API client that opens connections. */
  clientOptions?: SocketClientOptions['clientOptions'];
  patience?: Partial<Patience>;
  /** Of the HTTP side; 0 takes any free one. */
  port: number;
  host?: string;
  routes: Routes;
};

export type SocketReceiver = Pick<Receiver, 'init'> & {
  /**
   * Serves HTTP and begins to connect; does not wait for Slack.
   * @returns the port. @throws where it cannot be listened on, in words for an operator
   */
  start(): Promise<number>;
  /** Lets what is under way finish and be acknowledged, at most so many milliseconds (default 5000), then disconnects. */
  stop(graceMs?: number): Promise<void>;
  state(): SocketState;
  /** Milliseconds without a connection; 0 while there is one. */
  lostMs(): number;
};

export function createSocketReceiver(options: SocketReceiverOptions): SocketReceiver {
  const { appToken, apiUrl, clientOptions, patience, log, metrics } = options;
  const dispatch = createDispatch(options);
  const server = createHttpServer(options);

  const onEnvelope = (envelope: Envelope, client: SocketClient): void => {
    const incoming = read(envelope);
    if (incoming?.kind === 'rate_limited') {
      log.warn(about(incoming.body), RATE_LIMITED);
      client.acknowledge(envelope.envelope_id);
    } else if (isDelivery(incoming)) void dispatch.deliver(incoming, replyOver(client, envelope), retryOf(envelope));
    else {
      metrics.refused.add('malformed');
      log.warn({ type: envelope.type, envelopeId: envelope.envelope_id }, 'ignored a delivery that cannot be read');
    }
  };

  const link = new SocketLink({
    appToken,
    clientOptions: { ...clientOptions, slackApiUrl: apiUrl },
    log,
    onEnvelope,
    patience,
  });
  return {
    init: dispatch.init,
    start: async () => {
      const port = await server.start();
      link.start();
      return port;
    },
    stop: async (graceMs = GRACE_MS) => {
      // Acknowledgements need the connection, so it goes last.
      await Promise.all([server.stop(graceMs), dispatch.settle(graceMs)]);
      await link.stop(graceMs);
    },
    state: () => link.state,
    lostMs: () => link.lostMs,
  };
}

function read({ type, payload }: Envelope): Incoming | null {
  if (type === 'events_api') return fromJson(payload);
  if (type === 'interactive') return fromInteraction(payload);
  return type === 'slash_commands' ? fromCommand(payload) : null;
}

type Delivery = Extract<Incoming, { kind: 'event' | 'interactive' | 'command' }>;
const isDelivery = (incoming: Incoming | null): incoming is Delivery =>
  incoming?.kind === 'event' || incoming?.kind === 'interactive' || incoming?.kind === 'command';

/** There is no "no" over Socket Mode: what is not acknowledged is delivered again, or Slack tells the person. */
const replyOver = (client: SocketClient, { envelope_id }: Envelope): Reply => ({
  acknowledge: (response) => client.acknowledge(envelope_id, response),
  fail: () => undefined,
});

const retryOf = ({ retry_attempt, retry_reason }: Envelope): Retry =>
  typeof retry_attempt === 'number' && retry_attempt > 0
    ? { retryNum: retry_attempt, retryReason: String(retry_reason ?? '') }
    : {};
