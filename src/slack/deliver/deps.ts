import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../app/ports.ts';
import type { Log } from '../../log.ts';
import type { Delivery, Surface } from '../../store/deliveries.ts';
import type { Policies } from '../../store/policies.ts';
import type { Db } from '../../store/schema.ts';
import type { Drawn, Message } from '../views/drawn.ts';

/** What delivering needs of the world. */
export type Deps = {
  db: Db;
  policies: Policies;
  client: WebClient;
  teamId: string;
  clock: Clock;
  log: Log;
  timing: Timing;
  /** Channels of direct messages by person; Slack keeps them, so they are asked for once a process. */
  dms: Map<string, string>;
  /** Buckets of which this job has booked a turn, that is now. */
  booked: Set<string>;
  /** Nobody else delivers for this workspace, and one thing is delivered after the other: nothing needs to be locked. */
  onlyOne?: boolean;
};

/** Milliseconds on the machine's clock. */
export type Timing = {
  /** How long a worker waits for its turn before it gives the job back and takes another. */
  patience: number;
  /** How long one message may be in the making: the search in the history and the post, each with its timeout. */
  lease: number;
  /** 1 keeps to Slack's limits; a local Slack that has none can be given messages so many times as fast, or without taking turns (Infinity). */
  speed: number;
  /** How long deliveries rest when the workspace has shut the bot out. */
  shutOut: number;
};

/** A message that is to be posted once, however often this is tried and by however many. */
export type Post = {
  key: string;
  surface: Surface;
  /** The request's number. */
  request?: number;
  /** Whom it is for, where it is a direct message. */
  person?: string;
  channel: string;
  thread_ts?: string;
  message: Message;
  /** Whether it is drawn again when the request changes. */
  live?: boolean;
  /**
   * What remains of the request's lease, where nobody posts under this key without holding that. Else it is posted under a
   * lease of its own.
   */
  within?: () => number;
  /** What is needed to draw it again. */
  subject?: Record<string, unknown>;
};

/** A message that stands in Slack. */
export type Posted = Delivery & { channel: string; ts: string };

export const isPosted = (delivery: Delivery | undefined): delivery is Posted =>
  delivery?.status === 'sent' && delivery.channel !== null && delivery.ts !== null;

/** A request as it is now, with what is drawn from it. */
export type Scene = Drawn & { version: number };
