import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWords } from '../../../src/app/content.ts';
import { contentOf } from '../../../src/core/changes.ts';
import type { Message } from '../../../src/sandbox/index.ts';
import { readRequest } from '../../../src/store/requests.ts';
import { waitFor } from '../../support/wait.ts';
import { createOffice, type Office, WHO } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const cards = (channel: string) => office.inChannel(channel).filter(({ thread_ts }) => !thread_ts);
const threadOf = (channel: string, card: Message | undefined) =>
  office.inChannel(channel).filter(({ thread_ts }) => thread_ts !== undefined && thread_ts === card?.ts);
const LEADS = 'exceptions-team-lead';
const EXECUTIVES = 'exceptions-executive';
const lastTo = (who: keyof typeof WHO) => office.read(office.toPerson(who).at(-1));
const words = (text: string) => toWords(text);

const approved = async () => {
  const number = await office.ask();
  await office.confirm('olga', number);
  await office.authorize('lena', number);
  await office.settle();
  return number;
};

describe('a request whose tier changes', () => {
  it('gets a card in the new channel, whose thread begins with what was told and said in the old one', async () => {
    const number = await office.ask();
    await office.settle();
    const [old] = cards(LEADS);
    const remark = { type: 'remark' as const, words: words('Same as in May.'), files: [] };
    await office.order(WHO.lena, { ...remark, channel: old?.channel ?? '', ts: '1.1' }, number);
    await office.order(WHO.olga, { type: 'request_info', words: words('Which invoice?') }, number);
    await office.settle();
    const corrections = { deviation: '80', asksFor: null };
    await office.order(WHO.olga, { type: 'correct', corrections, reason: words('By the contract.') }, number);
    await office.settle();

    expect(office.read(cards(LEADS)[0])).toMatch(/^EX-1 has moved to another channel\. Go to its card$/);
    const [card] = cards(EXECUTIVES);
    expect(office.read(card)).toMatch(/Executive, since the deviation is 50 % or more/);
    const [first, second, ...more] = threadOf(EXECUTIVES, card).map(office.read);
    expect(first).toMatch(/^What happened to EX-1 before it came here:.*Olga has a question for Nina/);
    expect(first).toContain('Same as in May.');
    expect(second).toMatch(/^Olga corrected the request:.*deviation .* → 80 %/);
    expect(more.join()).toContain('please check the details of EX-1');
    expect(threadOf(LEADS, old).map(office.read).join()).not.toContain('corrected');
  });
});

describe('a request that was sent back', () => {
  it('calls nobody until it is complete, and then operations again', async () => {
    const number = await office.ask();
    await office.settle();
    const calls = () => threadOf(LEADS, cards(LEADS)[0]).filter(({ pings }) => pings.length > 0).length;
    expect(calls()).toBe(1);
    await office.order(WHO.olga, { type: 'return', missing: [], words: words('The contract, please.') }, number);
    await office.settle();
    expect(office.read(cards(LEADS)[0])).toContain('Sent back to the requester');
    expect(lastTo('nina')).toMatch(/Olga sent it back to you.*The contract, please\..*Complete/);
    expect(lastTo('bea')).toMatch(/was sent back to its requester/);
    expect(lastTo('bea')).not.toContain('Approve');

    const state = (await readRequest(office.db, office.policies, office.teamId, number))?.state;
    if (!state) throw new Error('the request is gone');
    const content = { ...contentOf(state), evidence: words('https://contracts.test/7') };
    await office.order(WHO.nina, { type: 'amend', round: 1, content }, number);
    await office.settle();
    expect(calls()).toBe(2);
    expect(lastTo('bea')).toContain('Approve');
    expect(lastTo('nina')).toMatch(/^EX-1 is complete now/);
  });
});

describe('an approved request', () => {
  it('is given to operations, in the thread and each of them, until it is carried out and closed', async () => {
    const number = await approved();
    const task = () =>
      threadOf(LEADS, cards(LEADS)[0])
        .map(office.read)
        .find((text) => text.includes('carry out') || text.includes('close the record'));
    expect(task()).toMatch(/please carry out EX-1.*Done.*Could not be done/);
    for (const who of ['olga', 'omar', 'bea'] as const) expect(lastTo(who)).toMatch(/please carry it out.*Done/);
    await office.order(WHO.omar, { type: 'execute', outcome: 'done', words: words('Refunded.') }, number);
    await office.settle();
    expect(task()).toMatch(/please close the record of EX-1.*Carried out by Omar.*Close record/);
    expect(lastTo('bea')).toMatch(/please close the record.*Refunded\./);
    expect(lastTo('nina')).toMatch(/^Omar carried out EX-1\. .*Refunded\./);
    const closure = { cause: 'our-mistake', happened: words('Lost.'), fixed: words('Sent anew.'), whys: [] };
    await office.order(WHO.omar, { type: 'close', ...closure, action: null, checkOn: null }, number);
    await office.settle();
    expect(threadOf(LEADS, cards(LEADS)[0]).map(office.read).join()).not.toContain('Close record');
    expect(office.read(cards(LEADS)[0])).toContain('Closed, read-only: by Omar');
    expect(lastTo('nina')).toMatch(/^Omar closed EX-1\. Its record is read-only now/);
  });

  it('is told as it stands when it is posted, also where it went on while the notice waited for its turn', async () => {
    const number = await office.ask();
    await office.settle();
    await office.confirm('olga', number);
    await office.settle();
    await office.authorize('lena', number);
    for (const intent of await office.owed()) if (intent.kind === 'tell_role') await office.deliver(intent);
    const notice = (await office.owed()).find((intent) => intent.kind === 'tell' && intent.person === WHO.bea);
    if (!notice) throw new Error('Bea is owed nothing');

    const somebody = await office.store.pool.connect();
    await somebody.query('begin');
    const turn = 'insert into pace (team_id, bucket, free_at) values ($1, $2, clock_timestamp())';
    await somebody.query(turn, [office.teamId, `lease/request/${number}`]);
    const posted = office.deliver(notice);
    const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(async () => (await office.store.pool.query(blocked)).rowCount === 1, { what: 'the notice to wait' });
    await office.order(WHO.omar, { type: 'execute', outcome: 'done', words: words('Refunded.') }, number);
    await somebody.query('commit');
    somebody.release();
    await posted;
    expect(lastTo('bea')).toMatch(/please close the record.*Refunded\./);
  });

  it('of which a customer complains is told to customer success at once, who can take charge of it', async () => {
    const number = await approved();
    await office.order(WHO.nina, { type: 'complain', words: words('They called and were angry.') }, number);
    await office.settle();
    const told = office.sandbox
      .messages()
      .filter(({ metadata }) => String(metadata?.event_payload.key).startsWith(`escalation/${number}/complaint/`));
    expect(told.length).toBeGreaterThan(0);
    for (const message of told)
      expect(office.read(message)).toMatch(
        /a customer complained about EX-1.*They called and were angry\..*Acknowledge/,
      );
  });
});

describe('a request that is changed after its details were confirmed', () => {
  it('is shown with the difference to whoever confirmed them, in one message that they can work on', async () => {
    const number = await office.ask();
    await office.confirm('bea', number);
    await office.settle();
    const state = (await readRequest(office.db, office.policies, office.teamId, number))?.state;
    if (!state) throw new Error('the request is gone');
    await office.order(
      WHO.nina,
      { type: 'amend', round: state.round, content: { ...contentOf(state), value: '901.5' } },
      number,
    );
    await office.settle();
    expect(lastTo('bea')).toMatch(/what you approved no longer counts.*value \$900 → \$901\.5.*Approve/);
    expect(office.read(cards(LEADS)[0])).toMatch(/changed since it was asked: value \$900 → \$901\.5/);
  });
});

describe('the group that owns a kind of case', () => {
  const owned = (severity: string) =>
    office.publish((policy) =>
      policy.replace('\nwiring:\n', `\nwiring:\n  ownership:\n    - { severity: ${severity}, group: '@compliance' }\n`),
    );
  const calls = () => threadOf(LEADS, cards(LEADS)[0]).filter(({ pings }) => pings.includes('S0COMPLI'));

  it('is called in the thread, and each of it told where it is grave', async () => {
    await owned('major');
    await office.directory.refreshAll();
    await office.ask({ severity: 'major' });
    await office.settle();
    expect(calls()).toHaveLength(1);
    expect(lastTo('cara')).toMatch(/EX-1 is of a kind that your group owns\. Severity: major/);
  });

  it('is only called in the thread where it is minor, and not at all for what is not theirs', async () => {
    await owned('minor');
    await office.directory.refreshAll();
    await office.ask({ severity: 'minor' });
    await office.settle();
    expect(calls()).toHaveLength(1);
    expect(office.toPerson('cara')).toEqual([]);
    await office.ask({ severity: 'critical' });
    await office.settle();
    expect(calls()).toHaveLength(1);
  });
});
