import type { TokenState } from './api/call.ts';
import type { ApiContext } from './api/context.ts';
import { Courier } from './delivery/courier.ts';
import { EventSource } from './delivery/events.ts';
import { ResponseUrls } from './delivery/responseUrls.ts';
import { SocketHub } from './delivery/socket.ts';
import { Triggers } from './delivery/triggers.ts';
import { Faults } from './faults.ts';
import { Modals } from './modals.ts';
import { RateLimiter, type RateLimits } from './rateLimits.ts';
import { Traffic } from './traffic.ts';
import type { App, Company } from './types.ts';
import { Workspace } from './workspace.ts';

/** All the parts of one sandbox, wired. */
export type Machine = {
  context: ApiContext;
  workspace: Workspace;
  courier: Courier;
  events: EventSource;
  socket: SocketHub;
  triggers: Triggers;
  modals: Modals;
  responseUrls: ResponseUrls;
  limiter: RateLimiter;
  faults: Faults;
  traffic: Traffic;
  tokens: TokenState;
  machineNow: () => number;
  acknowledgeMs: number;
};

export type MachineOptions = {
  company: Company;
  app: App;
  now: () => number;
  machineNow: () => number;
  rates: RateLimits | undefined;
  eventRetryDelaysMs: readonly number[];
  acknowledgeMs: number;
  origin: () => string;
};

export function createMachine(options: MachineOptions): Machine {
  const { company, app, now, machineNow, origin, acknowledgeMs } = options;
  const workspace = new Workspace(company, app, now, origin);
  const faults = new Faults();
  const traffic = new Traffic();
  const courier = new Courier(traffic, faults);
  const events = new EventSource(workspace, courier, options.eventRetryDelaysMs);
  const socket = new SocketHub(app.appId, acknowledgeMs);
  const triggers = new Triggers(machineNow);
  const modals = new Modals(workspace);
  return {
    ...{ workspace, faults, traffic, courier, events, socket, triggers, modals, machineNow, acknowledgeMs },
    context: { workspace, triggers, modals, events, socket, origin },
    responseUrls: new ResponseUrls(workspace, events, machineNow, origin),
    limiter: new RateLimiter(options.rates, machineNow),
    tokens: { revoked: false },
  };
}
