/** From a parsed delivery to Bolt, the same over both transports: events are stored first, a click is answered once. */
import type { App, ReceiverEvent } from '@slack/bolt';
import type { Metrics } from '../../app/metrics.ts';
import type { Log } from '../../log.ts';
import { wording } from '../wording/index.ts';
import { type About, about } from './about.ts';
import type { Body, Incoming, SlackEvent } from './body.ts';

/**
 * Keeps an event under its team and `event_id`, for at least a day: Slack's last retry comes after five minutes or more.
 * @returns whether it is new
 */
type StoreEvent = (event: SlackEvent) => Promise<boolean>;

export type Failure = { error: unknown; about: About; body: Body; acknowledged: boolean };

export type DispatchOptions = {
  log: Log;
  metrics: Metrics;
  storeEvent: StoreEvent;
  /** Called when a listener failed, so that the person can be told. */
  onFailure?: ((failure: Failure) => void) | undefined;
};

/** The transport's two ways to answer. */
export type Reply = {
  /** @throws TypeError where the response is not JSON; then nothing was answered. A lost connection is not an error. */
  acknowledge(response?: unknown): void;
  fail(): void;
};
export type Retry = { retryNum?: number; retryReason?: string };
type Delivery = Extract<Incoming, { kind: 'event' | 'interactive' | 'command' }>;

export type Dispatch = {
  init(app: App): void;
  /** Resolves when everything the delivery set off has ended, which may be after the answer. Never rejects. */
  deliver(delivery: Delivery, reply: Reply, retry?: Retry): Promise<void>;
  /** Waits for deliveries under way, at most so many milliseconds. */
  settle(graceMs: number): Promise<void>;
};

/** Slack gives up after three seconds; the line in the log should stand before the person complains. */
const SLOW_MS = 2900;
export const RATE_LIMITED = 'Slack has more events for this app than it sends: over 30,000 an hour are dropped';

export function createDispatch({ log, metrics, storeEvent, onFailure }: DispatchOptions): Dispatch {
  const underWay = new Set<Promise<void>>();
  let app: App | undefined;

  const process = async (event: ReceiverEvent): Promise<void> => {
    if (!app) throw new Error('a delivery came before the app was there');
    await app.processEvent(event);
  };

  const failed = (kind: Delivery['kind'], error: unknown, body: Body, acknowledged: boolean): void => {
    metrics.failed.add(kind);
    log.error({ err: error, ...about(body), acknowledged }, `${kind} failed`);
    onFailure?.({ error, about: about(body), body, acknowledged });
  };

  // Acknowledged once it is stored, so that Slack retries until it is. What follows is only a hint to look at once: the
  // store keeps the event, and the periodic refresh finds what a crash between here and there would leave undone.
  const event = async (body: SlackEvent, reply: Reply, retry: Retry): Promise<void> => {
    let isNew: boolean;
    try {
      isNew = await storeEvent(body);
    } catch (error) {
      reply.fail();
      return failed('event', error, body, false);
    }
    reply.acknowledge();
    if (!isNew) return;
    try {
      await process({ body, ack: async () => undefined, ...retry });
    } catch (error) {
      failed('event', error, body, true);
    }
  };

  const click = async (kind: 'interactive' | 'command', body: Body, reply: Reply, retry: Retry): Promise<void> => {
    let answered = false;
    const slow = setTimeout(
      () => log.warn({ ...about(body), ms: SLOW_MS }, `${kind} not acknowledged in time`),
      SLOW_MS,
    );
    const ack = async (response?: unknown): Promise<void> => {
      if (answered) return log.warn(about(body), 'acknowledged a second time; only the first answer counts');
      answered = true;
      clearTimeout(slow);
      try {
        reply.acknowledge(response);
      } catch (error) {
        answered = false;
        throw error;
      }
    };
    try {
      if (!app && kind === 'command')
        return await ack({ response_type: 'ephemeral', text: wording().notices.starting });
      await process({ body, ack, ...retry });
      if (!answered) throw new Error('no listener acknowledged it');
    } catch (error) {
      const acknowledged = answered;
      answered = true;
      clearTimeout(slow);
      if (!acknowledged) reply.fail();
      failed(kind, error, body, acknowledged);
    }
  };

  return {
    init: (bolt) => {
      app = bolt;
    },
    deliver: (delivery, reply, retry = {}) => {
      metrics.received.add(delivery.kind);
      const work =
        delivery.kind === 'event'
          ? event(delivery.body, reply, retry)
          : click(delivery.kind, delivery.body, reply, retry);
      underWay.add(work);
      return work
        .catch((error) => log.error({ err: error }, 'telling of a failure failed'))
        .finally(() => underWay.delete(work));
    },
    settle: (graceMs) => within(graceMs, Promise.all(underWay)),
  };
}

/** Waits for `work`, at most so many milliseconds. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
