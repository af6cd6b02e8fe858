/** The demo's three sources of facts: where they are, and how they are asked. */
import { dirname } from 'node:path';
import type { Sources } from '../../app/ports.ts';
import { createSources } from '../../connectors/index.ts';
import type { Panel } from '../../sandbox/index.ts';
import type { Db } from '../../store/schema.ts';
import { writeContracts } from './contracts.ts';
import { startCrm } from './crm.ts';

export type DemoSources = {
  sources: Sources;
  /** Where they are switched. */
  page: string;
  panel: Panel;
  stop(): Promise<void>;
};

/** What the demo's policy calls the CRM's server; on this machine it is on whatever port was free. */
const CRM_HOST = 'crm.harbour.example';

export async function startSources(db: Db, databaseUrl: string, policyFile: string): Promise<DemoSources> {
  await writeContracts(db, { disagree: false });
  const crm = await startCrm(({ contractsDisagree }) => writeContracts(db, { disagree: contractsDisagree }));
  const toCrm: typeof fetch = (address, init) => {
    const url = new URL(address instanceof Request ? address.url : address);
    return fetch(url.host === CRM_HOST ? new URL(url.pathname, crm.origin) : url, init);
  };
  // What somebody's own policy wires beside them is asked as ever.
  const env = { ...process.env, DEMO_CONTRACTS_URL: databaseUrl };
  return {
    sources: createSources({ env, fetch: toCrm, baseDir: dirname(policyFile) }),
    page: crm.origin,
    panel: {
      id: 'sources',
      title: 'Sources',
      load: async () => {
        const { crmIsOff, contractsDisagree } = crm.switches();
        return {
          CRM: crmIsOff ? 'is switched off' : 'answers',
          'Contract records': contractsDisagree ? 'disagree with the CRM' : 'agree with the CRM',
          'Customer history': 'answers',
          'switch them at': crm.origin,
        };
      },
    },
    stop: crm.stop,
  };
}
