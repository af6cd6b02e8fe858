import type { EventSource } from '../delivery/events.ts';
import type { SocketHub } from '../delivery/socket.ts';
import type { Triggers } from '../delivery/triggers.ts';
import type { Json } from '../json.ts';
import type { Modals } from '../modals.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';

/** What a method works on. */
export type ApiContext = {
  workspace: Workspace;
  triggers: Triggers;
  modals: Modals;
  events: EventSource;
  socket: SocketHub;
  /** The sandbox's own address, without a slash at the end. */
  origin: () => string;
};

/** Calls a minute, after Slack's tiers; `post` is chat.postMessage's own rule; `free` is not limited. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'free';

export type Method = {
  /** Scopes of the bot token, all needed. Methods whose need depends on the channel check it themselves. */
  scopes: readonly string[];
  tier: Tier;
  /** Which token Slack takes. `none`: works without. */
  token: 'bot' | 'app' | 'any' | 'none';
  run: (args: Args, context: ApiContext) => Json;
};
