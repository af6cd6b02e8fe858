import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Later } from '../../../src/app/later.ts';
import { postDueDigest } from '../../../src/slack/digest.ts';
import { freeIn } from '../../../src/store/pace.ts';
import { createOffice, type Office, WHO } from './office.ts';

const CHANNEL = 'exceptions-team-lead';
let office: Office;
beforeEach(async () => {
  office = await createOffice();
});
afterEach(() => office.close());

const card = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
const thread = () => office.inChannel(CHANNEL).filter(({ thread_ts }) => thread_ts);
/** No key was posted twice, wherever. */
function expectEachOnce(): void {
  const keys = office.sandbox.messages().map(({ metadata }) => String(metadata?.event_payload.key));
  expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
}
const failing = (promise: Promise<void>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('an answer that is lost', () => {
  it('after Slack had posted: the message is found and adopted, not posted twice (fault 33)', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'lost', times: 5 });
    const number = await office.ask();
    await office.settle();
    await office.confirm('olga', number);
    await office.settle();
    expectEachOnce();
    expect(card()).toHaveLength(1);
    expect(office.read(card()[0])).toContain('Waiting for a team lead');
    expect(office.lines).toContainEqual(
      expect.objectContaining({ key: 'card/1/1', msg: expect.stringContaining('found') }),
    );
  });

  it('and the request moves on before the message is found: it shows the request as it is now, not as it was', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'lost', times: 1 });
    const number = await office.ask();
    expect(await failing(office.deliver({ kind: 'redraw', number }))).toBeInstanceOf(Later);
    await office.confirm('olga', number);
    await office.settle();
    expect(card()).toHaveLength(1);
    expect(office.read(card()[0])).toContain('Waiting for a team lead');
  });

  it('to a person, who has newer news by the time it is found: what was posted points to that, and keeps no buttons', async () => {
    const number = await office.ask();
    await office.owed();
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'lost', times: 1 });
    const received = { kind: 'tell', number, seq: 1, person: WHO.nina, notice: 'received' } as const;
    expect(await failing(office.deliver(received))).toBeInstanceOf(Later);
    await office.deliver({ kind: 'tell', number, seq: 5, person: WHO.nina, notice: 'answered' });
    await office.deliver(received);
    const [first, ...others] = office.toPerson('nina');
    expect(office.read(first)).toContain('newer message');
    expect(first?.blocks.filter(({ type }) => type === 'actions')).toEqual([]);
    expect(others).toHaveLength(1);
  });

  it('before Slack had posted anything: it is posted (fault 33)', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'refuse', times: 3 });
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(1);
    expectEachOnce();
  });

  it('before Slack had posted anything, and the message says something else by now: what it says is kept with it', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'refuse', times: 1 });
    const by = office.deliverer();
    const post = (said: string) =>
      by.postOnce({
        ...{ key: 'week', surface: 'digest', channel: 'C0AUDIT', subject: { main: said } },
        message: { text: said, blocks: [] },
      });
    await expect(post('Seven asked')).rejects.toBeInstanceOf(Error);
    const { subject } = await post('Eight asked');
    expect(office.sandbox.messages().map(({ text }) => text)).toEqual(['Eight asked']);
    expect(subject).toEqual({ main: 'Eight asked' });
  });

  it('comes too late: the client gives up, the message is found (fault 33)', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'slow', ms: 12_000, times: 1 });
    const number = await office.ask();
    const [redraw] = await office.owed();
    expect(await failing(office.deliver(redraw ?? { kind: 'redraw', number }))).toBeInstanceOf(Later);
    await office.deliver({ kind: 'redraw', number });
    expect(card()).toHaveLength(1);
  });

  it('may not be read back without the scope: it is posted again rather than never', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'lost', times: 1 });
    office.sandbox.admin.setScopes(office.sandbox.workspace.app.scopes.filter((scope) => !scope.endsWith(':history')));
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(2);
  });

  it("of Slack's own passing troubles is tried again (fault 37)", async () => {
    office.sandbox.faults.add({ method: '*', kind: 'fatal_error', times: 3 });
    office.sandbox.faults.add({ method: '*', kind: 'status', status: 503, times: 3 });
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(1);
    expectEachOnce();
  });
});

describe('a rate limit', () => {
  it('that Slack names is waited for, and what has another limit goes on (fault 34)', async () => {
    const channel = office.sandbox.workspace.channelNamed(CHANNEL)?.id;
    office.sandbox.faults.add({
      ...{ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 2, times: 1 },
      when: (args) => args.channel === channel,
    });
    const number = await office.ask();
    await office.owed();
    const impatient = office.deliverer({ timing: { patience: 100 } });
    const limited = await failing(impatient.deliver({ kind: 'redraw', number }));
    expect(limited).toMatchObject({ name: 'Later', ms: 2000 });
    expect(await failing(impatient.deliver({ kind: 'story', number, seq: 1 }))).toBeInstanceOf(Later);
    expect(office.sandbox.traffic.calls('chat.postMessage')).toHaveLength(1);
    await office.deliver({ kind: 'tell', number, seq: 1, person: WHO.nina, notice: 'received' });
    expect(office.toPerson('nina')).toHaveLength(1);
    await office.owe({ kind: 'redraw', number });
    await office.settle();
    expect(card()).toHaveLength(1);
    expect(office.sandbox.messages().some((message) => /needs your help/.test(office.read(message)))).toBe(false);
  });

  it('that does not say how long is given ten seconds (fault 36)', async () => {
    office.sandbox.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', withoutHeader: true, times: 1 });
    const number = await office.ask();
    expect(await failing(office.deliver({ kind: 'redraw', number }))).toMatchObject({ name: 'Later', ms: 10_000 });
    const channel = office.sandbox.workspace.channelNamed(CHANNEL)?.id;
    expect(await freeIn(office.db, office.teamId, `postInChannel/${channel}`)).toBeGreaterThan(9_000);
  });

  it('is not reached by the bot itself: it paces what it posts in a channel (fault 35)', async () => {
    const strict = await createOffice({ limited: true });
    const numbers = await Promise.all(Array.from({ length: 4 }, () => strict.ask()));
    await strict.settle();
    const answers = strict.sandbox.traffic.entries.map(({ status }) => status);
    expect(answers).not.toContain(429);
    const cards = strict.inChannel(CHANNEL).filter(({ thread_ts }) => !thread_ts);
    expect(cards).toHaveLength(numbers.length);
    await strict.close();
  });
});

describe('a channel that is closed to the bot', () => {
  const closings: [string, () => void][] = [
    ['archived', () => office.sandbox.admin.archiveChannel(CHANNEL, WHO.wanda, { silent: true })],
    [
      'left',
      () => office.sandbox.admin.removeFromChannel(CHANNEL, office.sandbox.workspace.app.botUserId, { silent: true }),
    ],
  ];
  it.each(closings)(
    'because it was %s: the work comes by direct message, and who must know is told once (fault 38)',
    async (_, close) => {
      close();
      const number = await office.ask();
      await office.settle();
      await office.owe({ kind: 'redraw', number }, { kind: 'redraw', number });
      await office.settle();
      expect(card()).toEqual([]);
      for (const who of ['olga', 'omar', 'bea'] as const) {
        expect(office.toPerson(who)).toHaveLength(1);
        expect(office.read(office.toPerson(who)[0])).toMatch(/Approve/);
      }
      for (const who of ['wanda', 'cara'] as const)
        expect(office.toPerson(who).map(office.read)).toEqual([expect.stringMatching(/#exceptions-team-lead/)]);
      expect(
        office.toPerson('nina').filter((message) => /cannot be posted to/.test(office.read(message))),
      ).toHaveLength(1);
    },
  );

  it('while a request is under way: it goes on by direct message, at the next stage too (fault 38)', async () => {
    const number = await office.ask();
    await office.settle();
    office.sandbox.admin.archiveChannel(CHANNEL, WHO.wanda, { silent: true });
    await office.confirm('bea', number);
    await office.settle();
    expect(office.read(office.toPerson('lena')[0])).toMatch(/Approve/);
    expect(office.read(office.toPerson('liam')[0])).toMatch(/Approve/);
    expect(office.toPerson('wanda')).toHaveLength(1);
  });

  it('and opened again has the card and the whole story (fault 38)', async () => {
    const bot = office.sandbox.workspace.app.botUserId;
    office.sandbox.admin.removeFromChannel(CHANNEL, bot, { silent: true });
    await office.directory.refreshAll();
    const number = await office.ask();
    await office.confirm('olga', number);
    await office.settle();
    expect(card()).toEqual([]);
    office.sandbox.admin.addToChannel(CHANNEL, bot, { silent: true });
    await office.directory.refreshAll();
    await office.authorize('lena', number);
    await office.settle();
    expect(card()).toHaveLength(1);
    const told = thread().map(({ metadata }) => metadata?.event_payload.key);
    expect(told.filter((key) => String(key).startsWith('thread/'))).toEqual(['thread/1/2', 'thread/1/3']);
  });

  it('by another name: the card stays where it is, since it is known by its id (fault 38)', async () => {
    const number = await office.ask();
    await office.settle();
    office.sandbox.admin.renameChannel(CHANNEL, 'exceptions-of-old', { silent: true });
    await office.directory.refreshAll();
    await office.confirm('olga', number);
    await office.settle();
    const cards = office.inChannel('exceptions-of-old').filter(({ thread_ts }) => !thread_ts);
    expect(cards.map(office.read)).toEqual([expect.stringContaining('Waiting for a team lead')]);
    expect(office.toPerson('wanda')).toEqual([]);
  });

  it('in favour of another that the policy names: the card moves, and the old one points to it', async () => {
    const number = await office.ask();
    await office.settle();
    await office.publish((policy) => policy.replace("'#exceptions-team-lead'", "'#exceptions-manager'"));
    await office.confirm('olga', number);
    await office.settle();
    const moved = office.inChannel('exceptions-manager').filter(({ thread_ts }) => !thread_ts);
    expect(moved.map(office.read)).toEqual([expect.stringContaining('Waiting for a team lead')]);
    expect(card()).toHaveLength(1);
    expect(office.read(card()[0])).toMatch(/moved/);
    expect(JSON.stringify(card()[0]?.blocks)).toContain(`p${moved[0]?.ts.replace('.', '')}`);
  });

  it("keeps the week's report waiting, and the admins know", async () => {
    const closed = office.deliverer({
      postDigest: async (week, { postOnce: post }) => {
        await post({
          ...{
            key: `digest/${week}`,
            surface: 'digest',
            channel: 'C0CLOSED',
            message: { text: 'The week', blocks: [] },
          },
        });
      },
    });
    expect(await failing(closed.deliver({ kind: 'digest', week: '2026-W47' }))).toMatchObject({ name: 'Later' });
    await office.settle();
    expect(office.read(office.toPerson('wanda')[0])).toMatch(/weekly report.*#exceptions-audit/);
  });
});

describe('a replica whose business clock is behind', () => {
  it('leaves the report of a week that another found due to those whose clock says that it is over', async () => {
    const at = (now: string) =>
      office.deliverer({
        postDigest: async (week, by) =>
          void (await postDueDigest({ ...office.given, sealKey: null, clock: { now: () => now } }, week, by)),
      });
    const report = { kind: 'digest', week: '2026-W47' } as const;
    expect(await failing(at('2026-11-22T23:00:00.000Z').deliver(report))).toBeInstanceOf(Later);
    expect(office.inChannel('exceptions-audit')).toEqual([]);
    await at('2026-11-23T09:00:00.000Z').deliver(report);
    expect(office.read(office.inChannel('exceptions-audit')[0])).toContain('Exceptions, 16–22 Nov 2026');
  });
});

describe('what somebody did in Slack', () => {
  it('deleting the card: it is posted afresh, and its story goes on there (fault 39)', async () => {
    const number = await office.ask();
    await office.settle();
    const [lost] = card();
    if (lost) office.sandbox.admin.deleteMessage(lost, { silent: true });
    await office.confirm('olga', number);
    await office.settle();
    expect(card().map(office.read)).toEqual([expect.stringContaining('Waiting for a team lead')]);
    expect(thread().filter(({ thread_ts }) => thread_ts === card()[0]?.ts)).not.toEqual([]);
    await office.authorize('lena', number);
    await office.settle();
    expect(card().map(office.read)).toEqual([expect.stringContaining('Approved')]);
  });

  it('deleting the card, noticed first by whoever writes in its thread (fault 39)', async () => {
    const number = await office.ask();
    await office.settle();
    const [lost] = card();
    if (lost) office.sandbox.admin.deleteMessage(lost, { silent: true, thread: true });
    await office.confirm('olga', number);
    const owed = await office.owed();
    await office.owe(...owed.toSorted(({ kind }) => (kind === 'story' ? -1 : 1)));
    await office.settle();
    expect(card()).toHaveLength(1);
    const written = thread().filter(({ thread_ts }) => thread_ts === card()[0]?.ts);
    expect(written).toHaveLength(3);
    expect(office.read(written[0])).toContain('before it came here');
    expect(office.toPerson('wanda')).toEqual([]);
  });

  it('deactivating one of those to be told: the others are told (fault 40)', async () => {
    for (const id of [WHO.olga, WHO.bea]) office.sandbox.admin.changeUser(id, { deleted: true }, { silent: true });
    const number = await office.ask();
    await office.settle();
    await office.tick(number, '2026-11-24T08:30:00.000Z');
    await office.settle();
    expect(office.toPerson('evan')).toHaveLength(1);
    expect(office.toPerson('bea')).toHaveLength(0);
    expect(office.lines).toContainEqual(expect.objectContaining({ person: WHO.bea, code: 'user_disabled' }));
  });

  it('deactivating the requester: the request goes on without them (fault 40)', async () => {
    office.sandbox.admin.changeUser(WHO.nina, { deleted: true }, { silent: true });
    const number = await office.ask();
    await office.confirm('olga', number);
    await office.authorize('lena', number);
    await office.settle();
    expect(office.read(card()[0])).toContain('Approved');
  });

  it('revoking the token: deliveries rest without calling Slack, lose nothing, and go on once it is back (fault 41)', async () => {
    const resting = office.deliverer({ timing: { shutOut: 300 } });
    office.sandbox.admin.revokeToken({ silent: true });
    await office.ask();
    const owed = await office.owed();
    for (const intent of owed) expect(await failing(resting.deliver(intent))).toBeInstanceOf(Later);
    expect(
      office.sandbox.traffic.entries.filter(
        ({ status, answer }) => status === 200 && JSON.stringify(answer).includes('token_revoked'),
      ),
    ).toHaveLength(1);
    expect(office.lines.filter(({ level, code }) => level === 'error' && code === 'token_revoked')).toHaveLength(1);
    office.sandbox.admin.restoreToken();
    await office.owe(...owed);
    await office.settle(resting);
    expect(card()).toHaveLength(1);
    expect(office.sandbox.traffic.calls('auth.test')).toHaveLength(1);
    expectEachOnce();
  });
});

describe('a drawing that Slack refuses', () => {
  it('is sent as its sentence with the buttons, so that people can still decide', async () => {
    office.sandbox.faults.add({
      ...{ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks', times: 1 },
    });
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(1);
    expect(card()[0]?.blocks.map(({ type }) => type)).toEqual(['section', 'actions']);
  });

  it('is sent as its sentence alone where the buttons are refused too, and the log has what Slack said', async () => {
    office.sandbox.faults.add({
      ...{ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks' },
      when: ({ blocks }) => String(JSON.stringify(blocks)).includes('button'),
    });
    await office.ask();
    await office.settle();
    expect(card()).toHaveLength(1);
    expect(card()[0]?.blocks).toHaveLength(1);
    expect(office.read(card()[0])).toContain('EX-1');
    expect(office.lines).toContainEqual(expect.objectContaining({ level: 'error', key: 'card/1/1' }));
  });
});
