/** A CRM as other companies run it: an HTTP server with a few facts about each customer, and with bad days. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CrmServer = {
  /** For the policy: `http://127.0.0.1:<port>/customers/{customer}` */
  url: string;
  /** What it says about every customer; null: that it knows none. */
  facts: Record<string, string> | null;
  /** `slow` answers only when somebody gave up waiting. */
  mood: 'well' | 'slow' | 'broken';
  /** How often it was asked. */
  asked: number;
  stop(): Promise<void>;
};

export async function startCrmServer(facts: Record<string, string>): Promise<CrmServer> {
  const server = createServer((_req, res) => {
    crm.asked++;
    if (crm.mood === 'slow') return;
    if (crm.mood === 'broken') res.writeHead(500).end('{"error": "out of order"}');
    else if (crm.facts === null) res.writeHead(404).end('{}');
    else res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(crm.facts));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const crm: CrmServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/customers/{customer}`,
    ...{ facts, mood: 'well', asked: 0 },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return crm;
}
