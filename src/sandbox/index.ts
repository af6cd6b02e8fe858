import type { Server } from 'node:http';
import { Admin } from './admin.ts';
import { httpTransport } from './delivery/http.ts';
import { deliverRaw, type RawDelivery } from './delivery/raw.ts';
import type { SocketHub } from './delivery/socket.ts';
import type { Faults } from './faults.ts';
import { LIMIT } from './limits.ts';
import { createMachine, type Machine } from './machine.ts';
import { createPage, type HostClock, type Panel, type TourStep } from './page/server.ts';
import { Person } from './person/person.ts';
import { readMessage } from './person/sight.ts';
import { type RateLimits, SLACK_RATES } from './rateLimits.ts';
import { restore, type Saved, save } from './saved.ts';
import { fetchHere, portOf, startServer } from './server.ts';
import type { Traffic } from './traffic.ts';
import type { App, Company, Message } from './types.ts';
import { allMessages, idle, waitForMessage } from './waiting.ts';
import type { Workspace } from './workspace.ts';

export type DeliveryAddress = { kind: 'http'; url: string } | { kind: 'socket' };

export type SandboxOptions = {
  company: Company;
  app: App;
  /** 0 or absent: any free port of 127.0.0.1. */
  port?: number;
  /** Where the app listens; can be set later with `deliverTo`. */
  delivery?: DeliveryAddress;
  /** ms since 1970 for time stamps of messages and events. Signatures, triggers and limits use the machine's clock. */
  now?: () => number;
  /** ms; the machine's clock, for tests of what expires. */
  machineNow?: () => number;
  /** Slack's own unless stated; `'off'` limits nothing. */
  rateLimits?: Partial<RateLimits> | 'off';
  /** When an unacknowledged event is sent again, in ms after the failure. Slack's own: at once, 1 min, 5 min. */
  eventRetryDelaysMs?: readonly number[];
  /** How long the app may take to acknowledge; Slack's own is 3000. */
  acknowledgeMs?: number;
  /** What `save()` gave: the conversations go on where they stopped. */
  state?: Saved;
  /** What the page shows besides Slack: tabs of its drawer, and a tour on first open. */
  panels?: Panel[];
  tour?: TourStep[];
  /** Moves the business clock forward to `to`, and does what has become due. With it, the page shows a clock. */
  onClock?: (to: Date) => Promise<void>;
  /** What that clock says, and where to jump; without it the page shows `now`. */
  clock?: HostClock;
};

export type Sandbox = {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  port: number;
  /** For `SLACK_API_URL`: the Web API's address, with its slash. */
  apiUrl: string;
  /** For an app in this process: calls of the Web API go without a connection. */
  fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
  workspace: Workspace;
  traffic: Traffic;
  faults: Faults;
  socket: SocketHub;
  admin: Admin;
  deliverTo: (address: DeliveryAddress) => void;
  /** A person by id or handle. */
  as: (user: string) => Person;
  /** A message as `reader` reads it, names for ids. */
  read: (message: Message, reader?: string) => string;
  /** Every message there is, ephemeral ones too, in order of time. */
  messages: () => Message[];
  /** The first message that `test` accepts, there already or to come. `timeout` in ms, 5000 unless told. */
  waitForMessage: (test: (message: Message) => boolean, options?: { timeout?: number }) => Promise<Message>;
  /** Resolves when no delivery is under way. */
  idle: () => Promise<void>;
  /** Slack is gone: every connection breaks. */
  down: () => void;
  up: () => void;
  deliverRaw: (delivery: RawDelivery) => Promise<{ status: number; body: string }>;
  /** What was said, to be given to another sandbox as `state`. */
  save: () => Saved;
  stop: () => Promise<void>;
};

/** Starts a local Slack. It holds everything in memory; `stop()` forgets what was not saved. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  let origin = '';
  const machine = createMachine({
    company: options.company,
    app: structuredClone(options.app),
    now: options.now ?? Date.now,
    machineNow: options.machineNow ?? Date.now,
    rates: options.rateLimits === 'off' ? undefined : { ...SLACK_RATES, ...options.rateLimits },
    eventRetryDelaysMs: options.eventRetryDelaysMs ?? LIMIT.eventRetryDelaysMs,
    acknowledgeMs: options.acknowledgeMs ?? LIMIT.acknowledgeMs,
    origin: () => origin,
  });
  if (options.state !== undefined) restore(machine.workspace, options.state);
  const people = new Map<string, Person>();
  const as = (user: string): Person => personOf(machine, people, user);
  const page = createPage(machine, as, {
    panels: options.panels ?? [],
    onClock: options.onClock,
    clock: options.clock,
    tour: options.tour ?? [],
  });
  const server = await startServer(machine, page, options.port ?? 0);
  origin = `http://127.0.0.1:${portOf(server)}`;
  let address = options.delivery;
  const deliverTo = (to: DeliveryAddress): void => {
    address = to;
    machine.courier.transport =
      to.kind === 'socket'
        ? machine.socket
        : httpTransport(machine.workspace.app, to.url, machine.machineNow, machine.acknowledgeMs);
  };
  if (address !== undefined) deliverTo(address);
  return {
    origin,
    port: portOf(server),
    apiUrl: `${origin}/api/`,
    fetch: (url, init) => fetchHere(machine, url, init),
    ...{ workspace: machine.workspace, traffic: machine.traffic, faults: machine.faults, socket: machine.socket },
    ...{ admin: new Admin(machine), deliverTo, as },
    read: (message, reader = '') => readMessage(machine, message, reader),
    messages: () => allMessages(machine.workspace),
    waitForMessage: (test, wait) => waitForMessage(machine.workspace, test, wait?.timeout ?? 5000),
    idle: () => idle(machine),
    down: () => {
      machine.faults.isDown = true;
      machine.socket.dropAll();
    },
    up: () => {
      machine.faults.isDown = false;
    },
    deliverRaw: (delivery) => {
      if (address?.kind !== 'http') throw new Error('there is no HTTP address to deliver to');
      return deliverRaw(machine, address.url, delivery);
    },
    save: () => save(machine.workspace),
    stop: () => stop(machine, server),
  };
}

function personOf(machine: Machine, people: Map<string, Person>, who: string): Person {
  const { users } = machine.workspace;
  const user = users.get(who) ?? [...users.values()].find((each) => each.name === who);
  if (user === undefined) throw new Error(`nobody here is called "${who}"`);
  const person = people.get(user.id) ?? new Person(machine, user.id);
  people.set(user.id, person);
  return person;
}

async function stop(machine: Machine, server: Server): Promise<void> {
  machine.events.stop();
  await machine.socket.stop();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

export { METHODS } from './api/table.ts';
export { seededApp, seededCompany } from './company.ts';
export type { Fault } from './faults.ts';
export type { HostClock, Panel, TourStep } from './page/server.ts';
export { Modal } from './person/modal.ts';
export { Person } from './person/person.ts';
export { SLACK_RATES } from './rateLimits.ts';
export type { Saved } from './saved.ts';
export type { TrafficEntry } from './traffic.ts';
export type { App, Channel, Company, Message, User, View } from './types.ts';
