import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOffice, type Office, WHO } from './office.ts';

const CHANNEL = 'exceptions-team-lead';
let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const card = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
const thread = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => thread_ts);

describe('a request that was just made', () => {
  it('has one card in the channel of its tier, whose thread calls operations once', async () => {
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(1);
    expect(office.read(card()[0])).toContain('EX-1');
    expect(thread().map(({ pings }) => pings)).toEqual([['S0OPERAT']]);
    expect(thread()[0]?.thread_ts).toBe(card()[0]?.ts);
  });

  it('comes by direct message to whoever of operations is not in the channel, and to nobody else of them', async () => {
    await office.ask();
    await office.settle();
    expect(office.toPerson('bea')).toHaveLength(1);
    expect(office.toPerson('olga')).toHaveLength(0);
    expect(office.toPerson('omar')).toHaveLength(0);
    expect(office.read(office.toPerson('bea')[0])).toMatch(/Approve.*Reject/);
    expect(office.toPerson('nina')).toHaveLength(1);
  });

  it('carries the key of each message in its metadata, and unfurls nothing', async () => {
    await office.ask();
    await office.settle();
    const posts = office.sandbox.traffic.calls('chat.postMessage');
    expect(posts.length).toBeGreaterThan(2);
    for (const { args } of posts) expect(args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    expect(card()[0]?.metadata).toEqual({ event_type: 'carveout_delivery', event_payload: { key: 'card/1/1' } });
  });
});

describe('several workers on the same message', () => {
  it('post it once between them, even where none could read it back (fault 32)', async () => {
    const { admin, faults, workspace } = office.sandbox;
    admin.setScopes(workspace.app.scopes.filter((scope) => !scope.endsWith(':history')));
    faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 200 });
    const number = await office.ask();
    await office.owed();
    const call = { kind: 'call', number, seq: 1, round: 1, stage: 'validation' } as const;
    const work = Array.from({ length: 6 }, (_, i) =>
      office.deliverer().deliver(i % 2 === 0 ? { kind: 'redraw', number } : call),
    );
    await Promise.all(work);
    expect(office.inChannel(CHANNEL).map(({ metadata }) => metadata?.event_payload.key)).toEqual([
      'card/1/1',
      'call/1/1',
    ]);
  });
});

describe('what happens to a request', () => {
  it('is told in its thread in order, even where a later event is delivered first', async () => {
    const number = await office.ask();
    await office.settle();
    await office.order(WHO.omar, { type: 'declare_conflict' }, number);
    await office.confirm('olga', number);
    await office.authorize('lena', number);
    const owed = await office.owed();
    for (const intent of owed.toReversed()) await office.deliver(intent);
    await office.settle();
    const told = thread().map((message) => message.metadata?.event_payload.key);
    expect(told.filter((key) => String(key).startsWith('thread/'))).toEqual(['thread/1/2', 'thread/1/3', 'thread/1/4']);
    expect(card()).toHaveLength(1);
    expect(office.read(card()[0])).toContain('Approved');
  });

  it('sends one redraw however often it is asked for, and none where it looks the same', async () => {
    const number = await office.ask();
    await office.settle();
    const before = office.sandbox.traffic.calls('chat.update').length;
    for (let i = 0; i < 5; i++) await office.deliver({ kind: 'redraw', number });
    expect(office.sandbox.traffic.calls('chat.update')).toHaveLength(before);
  });

  it('calls the next stage when its turn comes, and leaves out whoever confirmed', async () => {
    // Bea is of operations and a manager; Matt is a manager who is not in the channel.
    const number = await office.ask({ deviation: '30', value: '900' });
    await office.settle();
    await office.confirm('bea', number);
    await office.settle();
    const told = office.sandbox
      .messages()
      .filter(({ metadata }) => /^dm\/1\/.*\/2\/your_turn$/.test(String(metadata?.event_payload.key)));
    expect(told.map(({ channel }) => office.sandbox.workspace.channels.get(channel)?.user)).toEqual(['U0MATT']);
  });

  it('calls nobody for a stage that is over by the time it is delivered', async () => {
    const number = await office.ask();
    await office.withdraw(number);
    await office.settle();
    expect(thread().flatMap(({ pings }) => pings)).toEqual([]);
    expect(office.toPerson('bea')).toHaveLength(0);
    expect(office.read(card()[0])).toContain('Withdrawn');
  });
});

describe('the direct messages of one person', () => {
  it('are one that lives: a new one is posted, and the one before becomes a line that points to it', async () => {
    const number = await office.ask();
    await office.settle();
    await office.confirm('olga', number);
    await office.authorize('lena', number);
    await office.settle();
    const [first, second, ...more] = office.toPerson('nina');
    expect(more).toEqual([]);
    expect(first?.blocks).toHaveLength(1);
    expect(JSON.stringify(first?.blocks)).toContain(`p${second?.ts.replace('.', '')}`);
    expect(office.read(second)).toContain('approved');
    const live = await office.db
      .selectFrom('deliveries')
      .select('key')
      .where('live', '=', true)
      .where('person', '=', WHO.nina)
      .execute();
    expect(live).toEqual([{ key: 'dm/1/U0NINA/3/over' }]);
  });

  it('are drawn again when the request moves on: nobody keeps buttons of a stage that was decided', async () => {
    const number = await office.ask();
    await office.settle();
    expect(office.read(office.toPerson('bea')[0])).toContain('Approve');
    await office.confirm('olga', number);
    await office.settle();
    expect(office.read(office.toPerson('bea')[0])).not.toContain('Approve');
  });

  it('stay one that lives where several workers tell the same person at once', async () => {
    const number = await office.ask();
    await office.owed();
    const replicas = [office.deliverer(), office.deliverer(), office.deliverer()];
    const notices = ['received', 'answered', 'asked'] as const;
    const tells = replicas.map(({ deliver }, i) =>
      deliver({ kind: 'tell', number, seq: i + 1, person: WHO.nina, notice: notices[i] ?? 'over' }),
    );
    await Promise.all(tells);
    await office.settle();
    const live = await office.db
      .selectFrom('deliveries')
      .select('key')
      .where('live', '=', true)
      .where('person', '=', WHO.nina)
      .execute();
    expect(live).toEqual([{ key: 'dm/1/U0NINA/3/asked' }]);
    const whole = office.toPerson('nina').filter(({ blocks }) => blocks.length > 1);
    expect(whole.map(({ metadata }) => metadata?.event_payload.key)).toEqual(['dm/1/U0NINA/3/asked']);
  });

  it('skip a notice that comes after a newer one', async () => {
    const number = await office.ask();
    await office.owed();
    await office.deliver({ kind: 'tell', number, seq: 5, person: WHO.nina, notice: 'answered' });
    await office.deliver({ kind: 'tell', number, seq: 1, person: WHO.nina, notice: 'received' });
    expect(office.toPerson('nina')).toHaveLength(1);
  });

  it('are sent without a link where Slack gives none', async () => {
    office.sandbox.faults.add({ method: 'chat.getPermalink', kind: 'error', error: 'message_not_found' });
    const number = await office.ask();
    await office.settle();
    await office.withdraw(number);
    await office.settle();
    expect(office.toPerson('nina')).toHaveLength(2);
    expect(office.toPerson('nina')[0]?.blocks).toHaveLength(1);
  });
});

describe('a deadline', () => {
  const IMMINENT = '2026-11-24T08:30:00.000Z';

  it('that is near is told to every supervisor once, and says so to all once one takes charge', async () => {
    const number = await office.ask();
    await office.settle();
    await office.tick(number, IMMINENT);
    const owed = await office.owed();
    for (const intent of [...owed, ...owed]) await office.deliver(intent);
    await office.settle();
    // Bea is of operations as well, and has the working card besides.
    expect(office.toPerson('evan')).toHaveLength(1);
    expect(office.read(office.toPerson('evan')[0])).toContain('Acknowledge');
    const due = '2026-11-24T10:00:00.000Z';
    await office.order(WHO.bea, { type: 'acknowledge', kind: 'sla_imminent', deadline: due }, number);
    await office.settle();
    expect(office.toPerson('evan')).toHaveLength(1);
    expect(office.read(office.toPerson('evan')[0])).toMatch(/Bea/);
    expect(office.read(office.toPerson('evan')[0])).not.toContain('Acknowledge');
  });

  it('with no supervisor to tell goes to the admins', async () => {
    const number = await office.ask();
    await office.settle();
    for (const person of ['U0BEA', 'U0EVAN'])
      office.sandbox.admin.removeFromGroup('ops-supervisors', person, { silent: true });
    await office.directory.refreshAll();
    await office.tick(number, IMMINENT);
    await office.settle();
    expect(office.toPerson('wanda').map(office.read).join()).toMatch(/EX-1.*must be decided/);
  });

  it('nudges everyone whose turn it is with a new message', async () => {
    const number = await office.ask();
    await office.settle();
    await office.tick(number, IMMINENT);
    await office.order(
      WHO.bea,
      { type: 'nudge', kind: 'sla_imminent', deadline: '2026-11-24T10:00:00.000Z' },
      number,
      IMMINENT,
    );
    await office.settle();
    expect(office.toPerson('olga')).toHaveLength(1);
    expect(office.toPerson('omar')).toHaveLength(1);
    expect(office.read(office.toPerson('olga')[0])).toMatch(/Approve/);
  });
});
