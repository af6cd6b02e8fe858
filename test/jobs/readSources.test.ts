/** The sources of a request's customer, asked in a job and recorded: real servers and files, a real database. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSources } from '../../src/connectors/index.ts';
import { factsFrom } from '../../src/core/sources.ts';
import { readSourcesWith, type Waiting } from '../../src/jobs/errands/readSources.ts';
import { publishPolicy } from '../../src/store/publish.ts';
import { hour } from '../support/cast.ts';
import { type CrmServer, startCrmServer } from '../support/crm.ts';
import { type Form, words } from '../support/orders.ts';
import { policyWith } from '../support/policy.ts';
import { createWorld, type World } from '../support/world.ts';
import { recordedLog } from './support.ts';

let world: World;
let crm: CrmServer;
let folder: string;

const policy = () =>
  policyWith(
    '  default_category: customer\n',
    `    - { id: claim, name: Claim, sources: [crm] }
  default_category: customer
  reconcile: [{ field: segment, label: Segment, sources: [crm, contracts] }]
`,
    policyWith(
      'wiring:\n',
      `wiring:
  sources:
    crm: { name: CRM, http: { url: "${crm.url}" }, fields: { segment: { label: Segment, path: $.segment } } }
    contracts: { name: Contracts, csv: { file: contracts.csv, key: customer }, fields: { segment: { label: Segment, path: segment } } }
`,
    ),
  );
const contractsSay = (segment: string) =>
  writeFileSync(join(folder, 'contracts.csv'), `customer,segment\nACME GmbH,${segment}\n`);

beforeAll(async () => {
  world = await createWorld();
  crm = await startCrmServer({});
  folder = mkdtempSync(join(tmpdir(), 'carveout-sources-'));
  await publishPolicy(world.store, world.teamId, policy(), hour(0));
});
beforeEach(() => {
  Object.assign(crm, { mood: 'well', facts: { segment: 'Gold' }, asked: 0 });
  contractsSay('Gold');
});
afterAll(async () => {
  await crm.stop();
  await world.close();
  rmSync(folder, { recursive: true });
});

const filled: Waiting[] = [];
const logged = recordedLog();
const errand = (timeoutMs = 5000) =>
  readSourcesWith({
    ...{ db: world.store.db, events: world.log, policies: world.policies, teamId: world.teamId, log: logged.log },
    clock: { now: () => hour(1) },
    sources: createSources({ env: {}, baseDir: folder, timeoutMs }),
    fill: async (waiting) => void filled.push(waiting),
    wake: () => undefined,
  });
const asked = (form: Partial<Form> = {}) => world.submit('ada', { category: 'claim', ...form });
const at = (number: number, seq: number, moment: 'submission' | 'authorization' | 'retry' | 'decision') =>
  ({ kind: 'read_sources', number, seq, moment }) as const;
const said = async (number: number) =>
  (await world.read(number)).snapshots.map(({ source, moment, content }) => [
    moment,
    source,
    factsFrom(content?.text ?? ''),
  ]);

describe('the sources of a request', () => {
  it('are all asked, and what each said is kept with its moment', async () => {
    const number = await asked();
    await errand()(at(number, 1, 'submission'));
    const facts = [{ field: 'segment', label: 'Segment', value: 'Gold' }];
    expect(await said(number)).toEqual([
      ['submission', 'crm', { outcome: 'ok', facts }],
      ['submission', 'contracts', { outcome: 'ok', facts }],
    ]);
    expect((await world.read(number)).holds).toEqual([]);
  });

  it('are recorded once, however often and by however many the errand is done', async () => {
    const number = await asked();
    await Promise.all(Array.from({ length: 4 }, () => errand()(at(number, 1, 'submission'))));
    await errand()(at(number, 1, 'submission'));
    expect(await said(number)).toHaveLength(2);
    await errand()(at(number, 3, 'retry'));
    expect(await said(number)).toHaveLength(4);
  });

  it.each([
    ['is slow', 'slow', /did not answer within 0\.2 seconds/],
    ['is broken', 'broken', /answered with status 500/],
  ] as const)('that %s holds the request up, and say why; the others are kept all the same', async (_, mood, why) => {
    crm.mood = mood;
    const number = await asked();
    const { dueAt } = await world.read(number);
    await errand(200)(at(number, 1, 'submission'));
    const state = await world.read(number);
    expect(state.holds).toMatchObject([{ kind: 'data_unavailable', source: 'crm', released: null }]);
    expect(Date.parse(state.dueAt) - Date.parse(dueAt)).toBe(24 * 3_600_000);
    expect(await said(number)).toMatchObject([
      ['submission', 'crm', { outcome: 'failed', because: expect.stringMatching(why) }],
      ['submission', 'contracts', { outcome: 'ok' }],
    ]);
  });

  it('do not hold up what does not need them', async () => {
    crm.mood = 'broken';
    const number = await asked({ category: 'customer' });
    await errand()(at(number, 1, 'submission'));
    expect((await world.read(number)).holds).toEqual([]);
  });

  it('that answer after all end the hold they caused', async () => {
    crm.facts = null;
    const number = await asked();
    await errand()(at(number, 1, 'submission'));
    crm.facts = { segment: 'Gold' };
    await errand()(at(number, 3, 'retry'));
    expect((await world.read(number)).holds).toMatchObject([{ released: { outcome: 'answered', by: 'system' } }]);
  });

  it('that disagree make a hold with both values; resolved, it does not come back while they say the same', async () => {
    contractsSay('Silver');
    const number = await asked();
    await errand()(at(number, 1, 'submission'));
    const values = async () =>
      (await world.read(number)).holds.map(({ kind, discrepancies }) => [
        kind,
        ...discrepancies.flatMap((one) => one.values.map(({ name, value }) => `${name}: ${value.text}`)),
      ]);
    expect(await values()).toEqual([['data_conflict', 'CRM: Gold', 'Contracts: Silver']]);
    const right = words('The contract is of last year.');
    await world.order('quinn', { type: 'release_hold', hold: 1, outcome: 'resolved', words: right }, { number });
    await errand()(at(number, 4, 'authorization'));
    expect(await values()).toHaveLength(1);
    contractsSay('Bronze');
    await errand()(at(number, 5, 'retry'));
    expect((await values()).at(-1)).toEqual(['data_conflict', 'CRM: Gold', 'Contracts: Bronze']);
  });

  it('are not asked about what is decided, but a modal that waits is filled all the same', async () => {
    const number = await asked();
    await world.order('ada', { type: 'withdraw', reason: null }, { number });
    const fill = { view: 'V1', person: 'U0OLGA', act: 'approve' } as const;
    await errand()({ ...at(number, 2, 'decision'), fill });
    expect(crm.asked).toBe(0);
    expect(filled.at(-1)).toEqual({ ...fill, number });
  });

  it('fill a modal that waits also where one of them fails', async () => {
    crm.mood = 'broken';
    const number = await asked();
    await errand()({ ...at(number, 1, 'decision'), fill: { view: 'V2', person: 'U0OLGA', act: 'reject' } });
    expect(filled.at(-1)).toMatchObject({ view: 'V2', number });
    expect((await world.read(number)).holds).toHaveLength(1);
  });

  it('leave no name of a customer in the log', async () => {
    const number = await asked();
    await errand()(at(number, 1, 'submission'));
    expect(JSON.stringify(logged.lines)).toContain(`EX-${number}`);
    expect(JSON.stringify(logged.lines)).not.toContain('ACME');
  });
});

it('a request that names no customer but cannot do without a source waits, instead of passing unseen', async () => {
  const number = await asked({ customer: null });
  await errand()(at(number, 1, 'submission'));
  expect(await said(number)).toMatchObject([
    ['submission', 'crm', { outcome: 'failed', because: expect.stringMatching(/names no customer/) }],
    ['submission', 'contracts', { outcome: 'failed' }],
  ]);
  expect((await world.read(number)).holds).toMatchObject([{ kind: 'data_unavailable' }]);
});
