/** The whole product as people meet it: the bot on a database of its own, and the local Slack with its company. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../src/app/clock.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import type { SealConfig } from '../../src/config.ts';
import { demoApp } from '../../src/demo/app.ts';
import { createLogger } from '../../src/log.ts';
import {
  createSandbox,
  type Message,
  type Modal,
  type Person,
  type Sandbox,
  type SandboxOptions,
  seededCompany,
} from '../../src/sandbox/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { waitFor } from './wait.ts';

export type Office = {
  sandbox: Sandbox;
  bot: Bot;
  database: TestDatabase;
  /** Moves the business clock forward and lets what is due happen. */
  pass(hours: number): Promise<void>;
  now(): string;
  as(handle: string): Person;
  /** Stops the bot and starts another on the same database and Slack. */
  restart(): Promise<void>;
  /** What the bot logged, one JSON object a line. */
  logged(): Record<string, unknown>[];
  close(): Promise<void>;
};

export type OfficeOptions = {
  over?: 'http' | 'socket';
  policyFile?: string;
  /** The policy's text, where it is a test's own. */
  policy?: string;
  sandbox?: Partial<SandboxOptions>;
  /** The business clock at the start; now unless told. */
  at?: string;
  /** Whether reports come with their picture: drawing one takes as long as a whole test. */
  pictures?: boolean;
  /** With what checkpoints are signed, and where they go beside Slack. */
  seal?: SealConfig;
  /** Of the bot's log. */
  level?: 'debug' | 'info';
};

export async function openOffice({
  over = 'http',
  policyFile = 'policy.yaml',
  policy,
  sandbox: changes = {},
  at,
  pictures = false,
  seal,
  level = 'info',
}: OfficeOptions = {}): Promise<Office> {
  const database = await createTestDatabase();
  const written = policy === undefined ? null : await mkdtemp(join(tmpdir(), 'carveout-policy-'));
  const policyPath = written ? join(written, 'policy.yaml') : policyFile;
  if (policy !== undefined) await writeFile(policyPath, policy);
  const app = demoApp();
  const sandbox = await createSandbox({ company: seededCompany(), app, rateLimits: 'off', ...changes });
  let offset = at === undefined ? 0 : Date.parse(at) - Date.now();
  const clock = createClock(() => offset);
  const lines: string[] = [];
  const log = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  const { botToken, appToken, signingSecret } = app;
  const delivery = over === 'http' ? { mode: 'http' as const, signingSecret } : { mode: 'socket' as const, appToken };
  const slack = { botToken, apiUrl: sandbox.apiUrl, delivery };
  const config = {
    slack,
    port: 0,
    // As it is to be run: what the bot does, it does without owning a table.
    databaseUrl: database.botUrl,
    dataDir: '',
    policyFile: policyPath,
    logLevel: 'info' as const,
    ...(seal && { seal }),
  };

  const start = async () => {
    const bot = await startBot({
      ...{ config, databaseUrl: database.botUrl, log, clock, speed: 50, pictures },
    });
    sandbox.deliverTo(
      over === 'http' ? { kind: 'http', url: `http://127.0.0.1:${bot.port}/slack/events` } : { kind: 'socket' },
    );
    await bot.ready;
    if (over === 'socket')
      await waitFor(() => bot.readiness().missing.length === 0, { what: 'Socket Mode to connect' });
    return bot;
  };
  const office: Office = {
    sandbox,
    bot: await start(),
    database,
    now: clock.now,
    as: sandbox.as,
    async pass(hours) {
      offset += hours * 3_600_000;
      await office.bot.catchUp();
    },
    async restart() {
      await office.bot.stop();
      office.bot = await start();
    },
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    async close() {
      await office.bot.stop();
      await sandbox.stop();
      await database.drop();
      const denied = lines.find((line) => line.includes('permission denied'));
      if (denied) throw new Error(`the bot's role lacks a right: ${denied}`);
      if (written) await rm(written, { recursive: true });
    },
  };
  return office;
}

const CHANNEL = { team_lead: 'C0TEAMLD', manager: 'C0MANAGE', executive: 'C0EXECUT' } as const;

export type Asked = Partial<
  Record<
    | 'Policy'
    | 'Deviation from policy (%)'
    | 'Decision value'
    | 'Customer'
    | 'Rationale'
    | 'Impact analysis'
    | 'Evidence',
    string
  >
>;

const USUAL: Required<Omit<Asked, 'Evidence'>> = {
  Policy: 'Data retention',
  'Deviation from policy (%)': '25',
  'Decision value': '900',
  Customer: 'ACME',
  Rationale: 'They renew in January.',
  'Impact analysis': 'Without it they leave.',
};

/** Opens the form and fills it as usual but for what is given; does not send it. */
export async function fillForm(person: Person, asked: Asked = {}): Promise<Modal> {
  await person.command('/exception');
  const form = await person.waitForModal((modal) => modal.title === 'Request an exception');
  // What a form before it left behind is not what this one asks.
  if (form.text().includes('Continued from what you typed')) {
    await person.click('Start afresh', { in: 'modal' });
    await waitFor(() => !form.text().includes('Continued from'), { what: 'an empty form' });
  }
  const { Policy, ...typed } = { ...USUAL, ...asked };
  await form.choose('Policy', Policy);
  for (const [label, text] of Object.entries(typed)) await form.fill(label, text);
  return form;
}

let customers = 0;

/** Asks for an exception and waits for its card in the tier's channel. */
export async function ask(
  office: Office,
  person: Person,
  asked: Asked = {},
  tier: keyof typeof CHANNEL = 'manager',
): Promise<Message> {
  const customer = asked.Customer ?? `Customer ${++customers}`;
  const form = await fillForm(person, { ...asked, Customer: customer });
  const sent = await form.submit();
  if (!('closed' in sent)) throw new Error(`the form did not close: ${JSON.stringify(sent)}`);
  const { sandbox } = office;
  return sandbox.waitForMessage(
    (message) => message.channel === CHANNEL[tier] && !message.thread_ts && sandbox.read(message).includes(customer),
    { timeout: 10_000 },
  );
}

/** `EX-12` of a card. */
export const numberOn = (office: Office, card: Message): string => /EX-\d+/.exec(office.sandbox.read(card))?.[0] ?? '';

/** The message as it stands now. */
export const current = (office: Office, { channel, ts }: Message): Message => {
  const { workspace } = office.sandbox;
  const found = workspace.find(channel, ts) ?? workspace.ephemerals.find((message) => message.ts === ts);
  if (!found) throw new Error('the message is gone');
  return found;
};

/** Presses Approve or Reject on the card and sends the modal with this rationale. */
export async function decide(
  office: Office,
  person: Person,
  button: 'Approve' | 'Reject',
  card: Message,
  rationale = 'I checked it.',
) {
  await person.click(button, { in: current(office, card) });
  const modal = await person.waitForModal((open) => open.fields().some(({ label }) => label === 'Rationale'));
  await modal.fill('Rationale', rationale);
  return modal.submit();
}

/** Waits until the message reads like this. */
export const reads = (office: Office, message: Message, text: string | RegExp): Promise<string> =>
  waitFor(
    () => {
      const now = office.sandbox.read(current(office, message));
      return (typeof text === 'string' ? now.includes(text) : text.test(now)) && now;
    },
    { what: `a message to read ${text}`, timeoutMs: 10_000 },
  );

/** What the person alone was told last, waited for. */
export const toldPrivately = (person: Person, text: string | RegExp): Promise<string> =>
  waitFor(
    () => {
      for (const message of [...person.ephemerals(), ...person.dms()].toReversed()) {
        const said = person.read(message);
        if (typeof text === 'string' ? said.includes(text) : text.test(said)) return said;
      }
      return false;
    },
    { what: `${person.user.real_name} to be told ${text}`, timeoutMs: 10_000 },
  );
