/** Whoever tries the demo finds each case of the procedure under way, and the button that takes it on. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../src/app/clock.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import { conditionsOf, type ExceptionRequest, openHolds } from '../../src/core/request.ts';
import { type Situation, situationOf } from '../../src/core/situation.ts';
import { demoApp } from '../../src/demo/app.ts';
import { makePast } from '../../src/demo/past.ts';
import { type DemoSources, startSources } from '../../src/demo/sources/index.ts';
import { createLogger } from '../../src/log.ts';
import { createSandbox, type Modal, type Person, type Sandbox, seededCompany } from '../../src/sandbox/index.ts';
import { connect, type Store } from '../../src/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait.ts';

const POLICY = fileURLToPath(new URL('../../src/demo/policy.yaml', import.meta.url));
const log = createLogger({ level: 'silent' });

let database: TestDatabase;
let store: Store;
let known: DemoSources;
let sandbox: Sandbox;
let bot: Bot;
let states: ExceptionRequest[];

/** Milliseconds since the past was made: as long as a past that is made at install may wait for its first start. */
const AGE = 20 * 3_600_000;
const clock = createClock(() => -AGE);

beforeAll(async () => {
  database = await createTestDatabase();
  store = connect(database.url, log, 3);
  known = await startSources(store.db, database.url, POLICY);
  const app = demoApp();
  const given = { databaseUrl: database.url, log, sources: known.sources };
  const until = clock.now();
  const state = await makePast({ ...given, app, policyFile: POLICY, until });
  sandbox = await createSandbox({
    company: seededCompany(),
    app,
    rateLimits: 'off',
    state,
    now: () => Date.parse(clock.now()),
  });
  const delivery = { mode: 'http' as const, signingSecret: app.signingSecret };
  const slack = { botToken: app.botToken, apiUrl: sandbox.apiUrl, delivery };
  const config = { slack, port: 0, databaseUrl: database.url, dataDir: '', policyFile: POLICY };
  bot = await startBot({ ...given, config: { ...config, logLevel: 'silent' }, clock, speed: 50 });
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${bot.port}/slack/events` });
  await bot.ready;
  const rows = await store.db.selectFrom('requests').select('state').orderBy('number').execute();
  states = rows.map((row) => row.state as ExceptionRequest);
}, 60_000);
afterAll(async () => {
  await bot.stop();
  await sandbox.stop();
  await known.stop();
  await store.close();
  await database.drop();
});

const FORM = 'Request an exception';

/** The newest request that is so. */
function which(is: (state: ExceptionRequest) => boolean): string {
  const found = states.findLast(is);
  if (!found) throw new Error(`the demo has no request for ${is}`);
  return `EX-${found.number}`;
}
const stands = (situation: Situation) => (state: ExceptionRequest) => situationOf(state) === situation;
const held = (kind: string) => (state: ExceptionRequest) => openHolds(state).some((hold) => hold.kind === kind);

const ofNina = (state: ExceptionRequest) => stands('returned')(state) && state.owner === 'U0NINA';
const ofTom = (state: ExceptionRequest) => stands('authorization')(state) && state.owner === 'U0TOM';
const confirmedByOlga = (state: ExceptionRequest) =>
  stands('authorization')(state) && state.approvals.at(-1)?.by === 'U0OLGA';
/** Its question is the oldest. */
const unanswered = (state: ExceptionRequest) =>
  state === states.find(({ questions }) => questions.some(({ answer, closed }) => !answer && !closed));

/** With managers, and nobody has made it quicker yet. */
const calm = (state: ExceptionRequest) =>
  ['validation', 'authorization'].includes(situationOf(state)) && state.tier === 'manager' && !state.expedited;

/** The whole record, as `/exception status` opens it. */
async function record(person: Person, number: string): Promise<Modal> {
  const before = person.ephemerals().length;
  await person.command('/exception', `status ${number}`);
  const answer = await waitFor(() => person.ephemerals()[before], { what: `${number} to be shown` });
  await person.click('Open', { in: answer });
  return person.waitForModal((modal) => modal.title === number);
}

describe('each case is under way, for the person whose turn it is', () => {
  it.each<[string, string, (state: ExceptionRequest) => boolean, string, string]>([
    ['inputs are missing', 'nina', ofNina, 'Complete', 'Complete request'],
    ['the figures tell no tier', 'olga', stands('tier_unset'), 'Pick tier', 'Pick the tier'],
    ['details wait to be confirmed', 'olga', stands('validation'), 'Send back', 'Send back'],
    ['details are wrong', 'omar', stands('validation'), 'Correct', 'Correct a request'],
    ['data is unavailable', 'olga', held('data_unavailable'), 'Release hold (1)', 'Release a hold'],
    ['sources contradict each other', 'dave', held('data_conflict'), 'Release hold', 'Release a hold'],
    ['a regulation applies', 'cara', held('regulatory'), 'Release hold', 'Release a hold'],
    ['it is urgent', 'mara', calm, 'Expedite', 'Expedite a request'],
    ['a customer complains', 'olga', stands('authorization'), 'Customer complaint', 'Customer complaint'],
    ['it is approved', 'olga', stands('to_carry_out'), 'Report outcome', 'Report the outcome'],
    ['it could not be done', 'olga', stands('not_carried_out'), 'Report outcome', 'Report the outcome'],
    ['a condition is open', 'omar', stands('conditions_open'), 'Condition met', 'Condition met'],
    ['it was carried out', 'olga', stands('to_close'), 'Close record', 'Close the record'],
    ['the corrective action is due', 'nina', stands('check_due'), 'Say whether it helped', 'Did it help?'],
    ['a confirmation was premature', 'olga', confirmedByOlga, 'Take back', 'Take confirmation back'],
    ['what was confirmed changes', 'tom', ofTom, 'Change', 'Change request'],
    ['it is to be given away', 'tom', ofTom, 'Hand over', 'Hand over'],
    ['nobody answers', 'omar', unanswered, 'Close question', 'Question closed'],
    ['it was rejected', 'elif', (state) => state.status === 'rejected' && state.owner === 'U0ELIF', 'Ask again', FORM],
  ])('%s', async (_case, handle, is, button, title) => {
    const person = sandbox.as(handle);
    const modal = await record(person, which(is));
    expect(person.buttons(modal)).toContain(button);
    await person.click(button, { in: 'modal' });
    await person.waitForModal((open) => open.title === title);
  });
});

it('has a policy review for whoever looks after the policy', async () => {
  const cara = sandbox.as('cara');
  const review = cara.dms().find((message) => cara.read(message).startsWith('Policy review 2'));
  expect(review && cara.read(review)).toContain('Kranz Logistics');
  if (review) await cara.click('Close review', { in: review });
  await cara.waitForModal((open) => open.title === 'Close policy review');
});

it('has conditions of which one is met', () => {
  const [one] = states.filter(stands('conditions_open'));
  expect(one && conditionsOf(one).map(({ met }) => met !== null)).toEqual([true, false]);
});

/** Asks for a refund of damaged goods, and waits for the card to say so. */
async function claims(customer: string, says: string): Promise<void> {
  const nina = sandbox.as('nina');
  await nina.command('/exception');
  const form = await nina.waitForModal((modal) => modal.title === FORM);
  await form.choose('Policy', 'Vendor approval');
  await form.choose('Category', 'Damage claim');
  await waitFor(() => form.fields().some(({ label }) => label === 'Order number'), {
    what: 'the category’s own fields',
  });
  const typed = {
    ...{ 'Deviation from policy (%)': '10', 'Decision value': '300', Customer: customer, Rationale: 'Broken.' },
    ...{ 'Impact analysis': '300.', Evidence: 'https://crm.harbour.example/photos/1', 'Order number': 'SO-2026-1' },
  };
  for (const [label, text] of Object.entries(typed)) await form.fill(label, text);
  expect(await form.submit()).toMatchObject({ closed: true });
  const reads = () => sandbox.messages().map((message) => sandbox.read(message));
  await waitFor(() => reads().some((text) => text.includes(customer) && text.includes(says)), {
    what: says,
    timeoutMs: 15_000,
  });
}

it('has sources that go silent and contradict each other at the press of a switch', async () => {
  await fetch(`${known.page}/switch/crm`, { method: 'POST' });
  await claims('Lumen Hotels', 'data is unavailable (CRM)');
  await fetch(`${known.page}/switch/crm`, { method: 'POST' });
  await fetch(`${known.page}/switch/contracts`, { method: 'POST' });
  await claims('Quayside Markets', 'sources contradict each other');
});
