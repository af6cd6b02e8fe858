import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWords } from '../../../src/app/content.ts';
import type { Intent } from '../../../src/app/intents.ts';
import { Later } from '../../../src/app/later.ts';
import { waitFor } from '../../support/wait.ts';
import { createOffice, type Office, WHO } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const CHANNEL = 'exceptions-team-lead';
/** Posted under keys that begin like this, as people read it. */
const posted = (under: string): string[] =>
  office.sandbox
    .messages()
    .filter(({ metadata }) => String(metadata?.event_payload.key).startsWith(under))
    .map(office.read);
const owed = async <K extends Intent['kind']>(kind: K): Promise<Intent> => {
  const intent = (await office.owed()).find((one) => one.kind === kind);
  if (!intent) throw new Error(`no ${kind} is owed`);
  return intent;
};

/** Delivers it, and does the other while what it posts waits for its turn in this bucket of Slack's limits. */
async function whileItWaits(intent: Intent, bucket: string, meanwhile: () => Promise<unknown>): Promise<void> {
  const { teamId, store } = office;
  const somebody = await store.pool.connect();
  await somebody.query('begin');
  await somebody.query('select from pace where team_id = $1 and bucket = $2 for update', [teamId, bucket]);
  const delivered = office.deliver(intent);
  try {
    const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(async () => (await store.pool.query(blocked)).rowCount === 1, { what: 'the post to wait' });
    await meanwhile();
  } finally {
    await somebody.query('commit');
    somebody.release();
    await delivered;
  }
}

/** Delivers it, or puts it back as the queue would. */
async function deliverOrPutBack(intent: Intent): Promise<void> {
  const impatient = office.deliverer({ timing: { patience: 100 } });
  await impatient.deliver(intent).catch(async (error: unknown) => {
    if (!(error instanceof Later)) throw error;
    await office.owe(intent);
  });
}

/** Somebody acts, and the redraw that this owes is delivered at once, or put back as the queue would. */
async function whileSomebodyActs(intent: Intent, act: () => Promise<unknown>): Promise<void> {
  await whileItWaits(intent, 'post', async () => {
    await act();
    await deliverOrPutBack(await owed('redraw'));
  });
  await office.settle();
}

describe('what somebody does while a message about it is being posted is shown by that message', () => {
  it('where it tells supervisors of a deadline', async () => {
    const number = await office.ask();
    await office.settle();
    await office.tick(number, '2026-11-24T08:30:00.000Z');
    await whileSomebodyActs(await owed('escalate'), () => office.withdraw(number));
    const told = posted('escalation/');
    expect(told.length).toBeGreaterThan(1);
    for (const said of told) expect(said).toMatch(/^EX-1 was withdrawn by Nina/);
  });

  it('where it says that nobody is there to decide', async () => {
    const number = await office.ask();
    await office.settle();
    const missing = { stage: 'authorization' as const, role: 'team_leads' as const, until: null, away: [], left: [] };
    await office.order('system', { type: 'find_staffing', short: [missing], late: true }, number);
    await whileSomebodyActs(await owed('staffing'), () =>
      office.order('system', { type: 'find_staffing', short: [], late: false }, number),
    );
    const told = posted('staffing/');
    expect(told.length).toBeGreaterThan(1);
    for (const said of told) expect(said).toContain('can decide EX-1 again');
  });

  it('where it is the task in the thread', async () => {
    const number = await office.ask();
    await office.confirm('olga', number);
    await office.settle();
    await office.authorize('lena', number);
    const after = await office.owed();
    for (const intent of after) if (intent.kind === 'story') await office.deliver(intent);
    const task = after.find(({ kind }) => kind === 'tell_role');
    if (!task) throw new Error('nobody is asked to carry it out');
    const refunded = { type: 'execute', outcome: 'done', words: toWords('Refunded.') } as const;
    await whileSomebodyActs(task, () => office.order(WHO.omar, refunded, number));
    expect(posted('task/')).toEqual([expect.stringContaining('close the record')]);
  });
});

describe('a card that was deleted', () => {
  it('is posted afresh once, by whoever notices first, also while somebody writes in its thread', async () => {
    const number = await office.ask();
    await office.settle();
    const cards = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
    const [lost] = cards();
    if (!lost) throw new Error('there is no card');
    office.sandbox.admin.deleteMessage(lost, { silent: true, thread: true });
    await office.confirm('olga', number);
    const after = await office.owed();
    const [story] = after.filter(({ kind }) => kind === 'story');
    if (!story) throw new Error('nothing is to be told');
    await whileItWaits(story, `inThread/${lost.channel}`, () => office.deliver({ kind: 'redraw', number }));
    expect(cards().map(office.read)).toEqual([expect.stringContaining('Waiting for a team lead')]);
    const [card] = cards();
    const told = office.inChannel(CHANNEL).filter(({ thread_ts }) => thread_ts && thread_ts === card?.ts);
    expect(told.map(office.read).join()).toContain('Olga');
  });
});

describe('a direct message that was deleted', () => {
  it('is posted afresh, also where Slack cannot take it at once', async () => {
    const number = await office.ask();
    await office.settle();
    const [lost] = office.toPerson('bea');
    if (!lost) throw new Error('Bea was told nothing');
    office.sandbox.admin.deleteMessage(lost, { silent: true });
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'fatal_error', times: 1 });
    await office.withdraw(number);
    await office.owe(await owed('redraw'));
    await office.settle();
    expect(office.toPerson('bea').map(office.read)).toEqual([expect.stringContaining('withdrawn')]);
  });
});

describe('words that are erased while a line that quotes them is being posted', () => {
  it('do not stay in the thread', async () => {
    const number = await office.ask();
    await office.settle();
    await office.reject('olga', number);
    const story = await owed('story');
    const [card] = office.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
    if (!card) throw new Error('there is no card');
    const because = toWords('Ms Roe asked for it.');
    await whileItWaits(story, `inThread/${card.channel}`, async () => {
      await office.order(WHO.cara, { type: 'erase', because: 'request', what: ['reasons'], words: because }, number);
      await deliverOrPutBack(await owed('redraw_story'));
    });
    const lines = () => office.inChannel(CHANNEL).map(office.read).join('\n');
    expect(lines()).toContain('Seen and judged.');
    await office.settle();
    expect(lines()).not.toContain('Seen and judged.');
  });
});
