/** The CRM: a server on a port of this machine, with a page on which the demo's sources are switched. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { customerKey } from '../../core/sources.ts';
import { CUSTOMERS } from './customers.ts';
import { switchesPage } from './page.ts';

export type Switches = { crmIsOff: boolean; contractsDisagree: boolean };
export type Crm = { origin: string; switches(): Switches; stop(): Promise<void> };

/** @param onSwitch what a switch of the page sets going before it counts */
export async function startCrm(onSwitch: (to: Switches) => Promise<void>): Promise<Crm> {
  let switches: Switches = { crmIsOff: false, contractsDisagree: false };
  const server = createServer((req, res) => {
    respond(req, res).catch(() => res.writeHead(500).end());
  });

  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = new URL(req.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith('/customers/')) return customer(res, path.slice('/customers/'.length), switches);
    if (path === '/' && req.method === 'GET') return html(res, switchesPage(switches));
    const which = SWITCHES[path];
    if (which && req.method === 'POST' && isOwn(req)) {
      const to = { ...switches, [which]: !switches[which] };
      await onSwitch(to);
      switches = to;
      res.writeHead(303, { location: '/' }).end();
      return;
    }
    res.writeHead(404).end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    switches: () => switches,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const SWITCHES: Readonly<Record<string, keyof Switches>> = {
  '/switch/crm': 'crmIsOff',
  '/switch/contracts': 'contractsDisagree',
};

/** Pressed on this page, not sent by some other one that happens to be open. */
const isOwn = ({ headers }: IncomingMessage): boolean =>
  headers.origin === undefined || headers.origin === `http://${headers.host}`;

function customer(res: ServerResponse, name: string, { crmIsOff }: Switches): void {
  const asked = customerKey(decodeURIComponent(name));
  const found = CUSTOMERS.find((known) => customerKey(known.name) === asked);
  const { segment, manager, since } = found ?? {};
  if (crmIsOff) json(res, 503, { error: 'switched off' });
  else if (found) json(res, 200, { customer: { name: found.name, segment, account_manager: manager, since } });
  else json(res, 404, { error: 'no such customer' });
}

const json = (res: ServerResponse, status: number, body: object): void =>
  void res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

const html = (res: ServerResponse, body: string): void =>
  void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
