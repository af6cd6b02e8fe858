import { readFileSync } from 'node:fs';
import { toWords } from '../../../src/app/content.ts';
import { contentHash, type Done, handle } from '../../../src/app/handle.ts';
import type { Intent } from '../../../src/app/intents.ts';
import { Later } from '../../../src/app/later.ts';
import type { Command } from '../../../src/core/command.ts';
import { isRefusal } from '../../../src/core/refusal.ts';
import { createSandbox, type Message, type Sandbox, seededApp, seededCompany } from '../../../src/sandbox/index.ts';
import { createClient } from '../../../src/slack/client.ts';
import {
  createDeliverer,
  type Deliverer,
  type DelivererOptions,
  NO_ERRANDS,
} from '../../../src/slack/deliver/index.ts';
import { createDirectory } from '../../../src/slack/directory.ts';
import { connect, type Store } from '../../../src/store/connect.ts';
import { createEventLog } from '../../../src/store/eventLog.ts';
import { owe, takeOwed } from '../../../src/store/outbox.ts';
import { createPolicies } from '../../../src/store/policies.ts';
import { publishPolicy } from '../../../src/store/publish.ts';
import { readRequest } from '../../../src/store/requests.ts';
import { recordedLog } from '../../jobs/support.ts';
import { createTestDatabase } from '../../support/database.ts';
import { type Form, form } from '../../support/given.ts';
import { waitFor } from '../../support/wait.ts';

/** When everything happens, for those who look at the business clock. */
const NOW = '2026-11-23T10:00:00.000Z';
export const WHO = {
  nina: 'U0NINA',
  olga: 'U0OLGA',
  omar: 'U0OMAR',
  bea: 'U0BEA',
  lena: 'U0LENA',
  liam: 'U0LIAM',
  evan: 'U0EVAN',
  wanda: 'U0WANDA',
  cara: 'U0CARA',
} as const;
type Who = keyof typeof WHO;
type Order = Command extends infer C ? (C extends Command ? Omit<C, 'by' | 'at'> : never) : never;

const POLICY = readFileSync(new URL('../../../policy.yaml', import.meta.url), 'utf8');

export type Office = Awaited<ReturnType<typeof createOffice>>;

/** The bot's delivering side against the local Slack: real database, real Web API client, no pg-boss unless a test adds it. */
export async function createOffice({ limited = false }: { limited?: boolean } = {}) {
  const database = await createTestDatabase();
  const sandbox = await createSandbox({
    company: seededCompany(),
    app: seededApp(),
    ...(limited ? {} : { rateLimits: 'off' as const }),
  });
  const { lines, log } = recordedLog();
  const store = connect(database.url, log, 8);
  const teamId = sandbox.workspace.team.id;
  await publishPolicy(store, teamId, POLICY, '2026-11-01T00:00:00.000Z');
  const policies = createPolicies(store.db, teamId);
  const events = createEventLog(store.pool, policies);
  const client = createClient({ token: sandbox.workspace.app.botToken, apiUrl: sandbox.apiUrl, log });
  const directory = createDirectory({ db: store.db, client, teamId, policies, log });
  await directory.refreshAll();
  const given = { db: store.db, policies, client, teamId, clock: { now: () => NOW }, log };
  // Where the local Slack has no limits, nobody needs to wait for them.
  const speed = limited ? 1 : 50;
  const deliverer = ({ timing, ...options }: Partial<DelivererOptions> = {}): Deliverer =>
    createDeliverer({
      ...{ ...given, errands: NO_ERRANDS, postDigest: async () => undefined },
      ...{ ...options, timing: { speed, ...timing } },
    });
  const one = deliverer();

  async function order(by: string, given: Order, number: number | null, at = NOW): Promise<Done> {
    const done = await handle(events, teamId, { ...given, by, at } as Command, { number, key: null });
    if (isRefusal(done)) throw new Error(`refused: ${JSON.stringify(done)}`);
    return done;
  }
  async function decide(type: 'approve' | 'reject', who: Who, number: number): Promise<void> {
    const state = (await readRequest(store.db, policies, teamId, number))?.state;
    if (state?.status !== 'in_review') throw new Error(`EX-${number} is not in review`);
    const seen = { round: state.round, stage: state.stage, contentHash: contentHash(state) };
    await order(
      WHO[who],
      {
        type,
        seen,
        rationale: toWords('Seen and judged.'),
        ...(type === 'approve' ? { checks: [], conditions: [] } : {}),
      } as Order,
      number,
    );
  }
  const ask = async (over: Partial<Form> = {}): Promise<number> =>
    (
      await order(
        WHO.nina,
        { type: 'submit', form: form({ rule: 'refund-window', category: 'customer-retention', ...over }) },
        null,
      )
    ).number;

  /** What is owed now, taken out of the outbox. */
  const owed = async (): Promise<Intent[]> =>
    (await takeOwed(store.db, teamId, 1000)).flatMap(({ intents }) => intents as Intent[]);

  /** Delivers everything that is owed, and what that owes in turn; what must wait is tried again at its turn, as in the queue. */
  async function settle(through: Deliverer = one): Promise<void> {
    type Held = { intent: Intent; booked: string[]; from: number };
    const taken = async (): Promise<Held[]> => (await owed()).map((intent) => ({ intent, booked: [], from: 0 }));
    let waiting = await taken();
    await waitFor(
      async () => {
        const held: Held[] = [];
        for (const job of waiting)
          if (performance.now() < job.from) held.push(job);
          else
            await through.deliver(job.intent, job.booked).catch((error: unknown) => {
              if (!(error instanceof Later)) throw error;
              const { booked } = error;
              held.push({
                intent: job.intent,
                booked,
                from: performance.now() + (booked.length > 0 ? (error.ms ?? 0) : 0),
              });
            });
        waiting = [...held, ...(await taken())];
        return waiting.length === 0;
      },
      { what: 'everything to be delivered', timeoutMs: 15_000 },
    );
  }

  const inChannel = (name: string): Message[] => {
    const channel = sandbox.workspace.channelNamed(name);
    return sandbox.messages().filter((message) => message.channel === channel?.id && !message.subtype);
  };
  const toPerson = (who: Who): Message[] =>
    sandbox.messages().filter((message) => {
      const channel = sandbox.workspace.channels.get(message.channel);
      return channel?.kind === 'im' && channel.user === WHO[who];
    });

  return {
    ...{ sandbox, store, db: store.db, url: database.url, teamId, policies, events, client, directory, lines, log },
    ...{ given, deliverer, deliver: one.deliver, order, ask, owed, settle, inChannel, toPerson },
    owe: (...intents: Intent[]) => owe(store.db, teamId, intents),
    confirm: (who: Who, number: number) => decide('approve', who, number),
    authorize: (who: Who, number: number) => decide('approve', who, number),
    reject: (who: Who, number: number) => decide('reject', who, number),
    withdraw: (number: number) => order(WHO.nina, { type: 'withdraw', reason: null }, number),
    /** The policy as an admin changed it. */
    publish: (change: (policy: string) => string) => publishPolicy(store, teamId, change(POLICY), NOW),
    tick: (number: number, at: string) => order('system', { type: 'tick' }, number, at),
    /** A message as a person reads it, in one line. */
    read: (message: Message | undefined) => (message ? sandbox.read(message).replaceAll(/\s+/g, ' ') : ''),
    async close() {
      await store.close();
      await sandbox.stop();
      await database.drop();
    },
  } satisfies { sandbox: Sandbox; store: Store; [key: string]: unknown };
}
