/** An office whose policy asks a CRM over HTTP, contract records in Postgres and a CSV file about every customer. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, Person } from '../../src/sandbox/index.ts';
import { type CrmServer, startCrmServer } from './crm.ts';
import { createTestDatabase } from './database.ts';
import { withClient } from './database-url.ts';
import { type Office, openOffice } from './office.ts';
import { policyWith } from './policy.ts';
import { waitFor } from './wait.ts';

const CONTRACTS_URL = 'TEST_CONTRACTS_URL';
const DEFAULT = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');

const policyFor = (crm: CrmServer, history: string): string => {
  const sources = `  sources:
    crm:
      name: CRM
      max_age: 1h
      http: { url: "${crm.url}" }
      fields: { segment: { label: Segment, path: $.segment }, manager: { label: Account manager, path: $.manager } }
    contracts:
      name: Contract records
      postgres: { url_env: ${CONTRACTS_URL}, query: select * from contracts where lower(customer) = lower($1) }
      fields: { segment: { label: Segment, path: segment } }
    history:
      name: Customer history
      csv: { file: ${history}, key: customer }
      fields: { orders: { label: Orders in 12 months, path: orders } }
`;
  const reconcile = '  reconcile: [{ field: segment, label: Segment, sources: [crm, contracts] }]\n';
  const retention = '      name: Customer retention\n';
  return policyWith(
    retention,
    `${retention}      sources: [crm]\n`,
    policyWith('\nwiring:\n', `${reconcile}\nwiring:\n${sources}`, DEFAULT),
  );
};

export type SourcedOffice = Office & {
  crm: CrmServer;
  /** Lets the contract records say so of every customer they know. */
  contractsSay(segment: string): Promise<void>;
  /** Makes a customer known to the contract records and the history. */
  know(customer: string): Promise<void>;
};

export async function openSourcedOffice(): Promise<SourcedOffice> {
  const crm = await startCrmServer({ segment: 'Gold', manager: 'Nina Hartwig' });
  const records = await createTestDatabase();
  await withClient(records.url, (client) => client.query('create table contracts (customer text, segment text)'));
  const folder = mkdtempSync(join(tmpdir(), 'carveout-history-'));
  const history = join(folder, 'history.csv');
  writeFileSync(history, 'customer,orders\n');
  process.env[CONTRACTS_URL] = records.url;
  const office = await openOffice({ policy: policyFor(crm, history) });
  return {
    ...office,
    crm,
    async contractsSay(segment) {
      await withClient(records.url, (client) => client.query('update contracts set segment = $1', [segment]));
    },
    async know(customer) {
      await withClient(records.url, (client) => client.query(`insert into contracts values ($1, 'Gold')`, [customer]));
      writeFileSync(history, `customer,orders\n${customer},12\n`);
    },
    async close() {
      await office.close();
      await crm.stop();
      await records.drop();
      rmSync(folder, { recursive: true });
      delete process.env[CONTRACTS_URL];
    },
  };
}

/** The newest direct message in which the person can read this, waited for. */
export const messageTo = (person: Person, text: string | RegExp): Promise<Message> =>
  waitFor(
    () =>
      person.dms().findLast((message) => {
        const said = person.read(message);
        return typeof text === 'string' ? said.includes(text) : text.test(said);
      }),
    { what: `${person.user.real_name} to get a message with ${text}`, timeoutMs: 10_000 },
  );
