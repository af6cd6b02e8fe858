import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listener, refusal, type Started, startListener, startSandbox } from './support.ts';

let started: Started;
let app: Listener;
beforeEach(async () => {
  started = await startSandbox();
  app = await startListener(started.sandbox);
});
afterEach(async () => {
  await app.stop();
  await started.stop();
});

type Event = Record<string, unknown> & { type: string };
/** What the app was told of messages, oldest first, its own left out. */
const told = async (): Promise<Event[]> => {
  await started.sandbox.idle();
  const events = app.received.flatMap(({ payload }) => (payload.event ? [payload.event as Event] : []));
  return events.filter(({ type, bot_id }) => type === 'message' && bot_id === undefined);
};
const as = (name: string) => started.sandbox.as(name);
const card = async (channel = 'C0MANAGE') => {
  const { ts } = await started.client.chat.postMessage({ channel, text: 'EX-12 waits for a manager' });
  return started.sandbox.waitForMessage((message) => message.ts === ts);
};

describe('what people write', () => {
  it('reaches the app as a reply that names its thread and whose it is', async () => {
    const parent = await card();
    const reply = as('nina').reply('The contract says 14 days', { to: parent });
    expect(await told()).toMatchObject([
      {
        ...{ user: 'U0NINA', text: 'The contract says 14 days', channel: 'C0MANAGE', channel_type: 'channel' },
        ...{ ts: reply.ts, event_ts: reply.ts, thread_ts: parent.ts, parent_user_id: 'U0CARVEOUT' },
        client_msg_id: expect.stringMatching(/^[\da-f-]{36}$/),
        blocks: [
          { type: 'rich_text', elements: [{ elements: [{ type: 'text', text: 'The contract says 14 days' }] }] },
        ],
      },
    ]);
    const { messages } = await started.client.conversations.replies({ channel: 'C0MANAGE', ts: parent.ts });
    expect(messages).toMatchObject([
      {
        ts: parent.ts,
        reply_count: 1,
        reply_users_count: 1,
        reply_users: ['U0NINA'],
        bot_profile: { name: 'Carveout' },
      },
      { ts: reply.ts, thread_ts: parent.ts },
    ]);
    expect(as('mara').thread(reply)).toEqual([parent, reply]);
  });

  it('is escaped; names that exist become mentions that call, addresses links', async () => {
    const said = as('mara').say(
      'exceptions-manager',
      'ask @olga, @managers or #general: a < b & https://a.example/x?y=1. @nobody',
    );
    expect(said.text).toBe(
      'ask <@U0OLGA>, <!subteam^S0MANAGE> or <#C0GENERAL|>: a &lt; b &amp; <https://a.example/x?y=1>. @nobody',
    );
    expect(said.pings).toEqual(['U0OLGA', 'S0MANAGE']);
    expect(as('mara').read(said)).toBe('ask @Olga, @managers or #general: a < b & https://a.example/x?y=1. @nobody');
    const [event] = await told();
    const elements = JSON.stringify(event?.blocks);
    expect(elements).toContain('{"type":"user","user_id":"U0OLGA"}');
    expect(elements).toContain('{"type":"usergroup","usergroup_id":"S0MANAGE"}');
    expect(as('mara').say('exceptions-manager', 'mail a.b@c.example').text).toBe(
      'mail <mailto:a.b@c.example|a.b@c.example>',
    );
  });

  it('can be sent to the channel too, and then brings along what it answers', async () => {
    const parent = await card();
    const reply = as('nina').reply('Please decide today', { to: parent, broadcast: true });
    expect(await told()).toMatchObject([
      {
        subtype: 'thread_broadcast',
        ts: reply.ts,
        thread_ts: parent.ts,
        root: { ts: parent.ts, bot_id: 'B0CARVEOUT' },
      },
    ]);
    expect(as('mara').channelMessages('exceptions-manager')).toEqual([parent, reply]);
  });

  it('reaches no app that did not subscribe, was not granted it, or is not there', async () => {
    const { sandbox } = started;
    const { app: installed } = sandbox.workspace;
    sandbox.admin.setScopes(installed.scopes.filter((scope) => scope !== 'channels:history'));
    as('mara').say('exceptions-manager', 'not granted');
    as('mara').say('app', 'granted');
    installed.events = installed.events.filter((event) => event !== 'message.im');
    as('mara').say('app', 'not subscribed');
    as('nina').say('random', 'not there');
    expect((await told()).map(({ text }) => text)).toEqual(['granted']);
  });

  it('ends where the app does not want to be written to', async () => {
    started.sandbox.workspace.app.home = { messagesReadOnly: true };
    expect(() => as('mara').say('app', 'hello')).toThrow('Sending messages to Carveout has been turned off');
    await expect(as('mara').command('/exception')).rejects.toThrow('has been turned off');
    await as('mara').command('/exception', '', { channel: 'exceptions-manager' });
  });
});

describe('what people take back', () => {
  it('is told with what it was and what it is, and marked as edited', async () => {
    const reply = as('nina').reply('approved', { to: await card() });
    as('nina').edit(reply, 'I meant: agreed, as far as I am concerned');
    as('nina').edit(reply, 'I meant: agreed, as far as I am concerned');
    const [, changed, ...more] = await told();
    expect(more).toEqual([]);
    expect(changed).toMatchObject({
      ...{ subtype: 'message_changed', hidden: true, channel: 'C0MANAGE', channel_type: 'channel' },
      message: { ts: reply.ts, text: 'I meant: agreed, as far as I am concerned', edited: { user: 'U0NINA' } },
      previous_message: { ts: reply.ts, text: 'approved' },
    });
    expect(changed?.ts).not.toBe(reply.ts);
    expect(changed?.previous_message).not.toHaveProperty('edited');
  });

  it('is gone, and the app is told what it was', async () => {
    const parent = await card();
    const reply = as('nina').reply('never mind', { to: parent });
    as('nina').delete(reply);
    expect((await told()).at(-1)).toMatchObject({
      ...{ subtype: 'message_deleted', hidden: true, deleted_ts: reply.ts },
      previous_message: { text: 'never mind', thread_ts: parent.ts, user: 'U0NINA' },
    });
    expect(as('mara').thread(parent)).toEqual([parent]);
  });

  it('leaves a tombstone while there are replies to it, which is no longer the app’s message', async () => {
    const { client } = started;
    const parent = await card();
    const reply = as('nina').reply('but why?', { to: parent });
    const { ts } = parent;
    await client.chat.delete({ channel: 'C0MANAGE', ts });
    expect((await told()).at(-1)).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone', ts, user: 'USLACKBOT', hidden: true, text: 'This message was deleted.' },
      previous_message: { ts, text: 'EX-12 waits for a manager', bot_id: 'B0CARVEOUT' },
    });
    const { messages } = await client.conversations.history({ channel: 'C0MANAGE' });
    expect(messages).toMatchObject([{ subtype: 'tombstone', ts, reply_count: 1 }]);
    expect(await refusal(client.chat.update({ channel: 'C0MANAGE', ts, text: 'again' }))).toBe('message_not_found');
    as('nina').delete(reply);
    expect((await told()).slice(-2)).toMatchObject([
      { subtype: 'message_deleted', deleted_ts: reply.ts },
      { subtype: 'message_deleted', deleted_ts: ts, previous_message: { subtype: 'tombstone' } },
    ]);
    expect(as('mara').channelMessages('exceptions-manager')).toEqual([]);
  });

  it('must be their own, and open to writing', async () => {
    const said = as('nina').say('exceptions-manager', 'mine');
    expect(() => as('mara').edit(said, 'hers')).toThrow('did not write that message');
    expect(() => as('mara').delete(said)).toThrow('did not write that message');
    started.sandbox.admin.archiveChannel('exceptions-manager', 'U0WANDA');
    expect(() => as('nina').edit(said, 'again')).toThrow('is archived');
  });
});
