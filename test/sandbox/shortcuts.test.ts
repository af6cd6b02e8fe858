import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Started, startBolt, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

let started: Started;
let stopApp: () => Promise<void>;
/** Payloads as a Bolt app hands them to its listeners. */
let heard: Record<string, unknown>[];
const note = (payload: object) => void heard.push(payload as Record<string, unknown>);

/** An app of nobody's: opens a form by shortcut, with the message's words in it. */
function listen(app: App): void {
  app.shortcut('ask', async ({ ack, shortcut, client, respond }) => {
    note(shortcut);
    await ack();
    const words = shortcut.type === 'message_action' ? (shortcut.message.text ?? '') : '';
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: {
        ...{ type: 'modal', callback_id: 'form', title: plain('Ask'), submit: plain('Send'), notify_on_close: true },
        blocks: [
          {
            ...{ type: 'input', block_id: 'why', label: plain('Why') },
            element: { type: 'plain_text_input', action_id: 'text', initial_value: words },
          },
        ],
      },
    });
    if (shortcut.type === 'message_action') await respond('The form is open.');
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
    note(body);
    await ack();
  });
  app.event('app_home_opened', async ({ event, client }) => {
    note(event);
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: plain(`Tab ${event.tab}`) }] },
    });
  });
  app.message(async ({ message }) => note(message));
}

beforeEach(async () => {
  started = await startSandbox();
  started.sandbox.workspace.app.shortcuts.push(
    { name: 'Ask', callbackId: 'ask', type: 'global' },
    { name: 'Request an exception', callbackId: 'ask', type: 'message' },
  );
  heard = [];
  stopApp = await startBolt(started.sandbox, 'http', listen);
});
afterEach(async () => {
  await stopApp();
  await started.stop();
});

const as = (name: string) => started.sandbox.as(name);
const user = { id: 'U0TOM', username: 'tom', team_id: 'T0HARBOUR1' };
const common = { token: 'verification-token', enterprise: null, is_enterprise_install: false, callback_id: 'ask' };

describe('shortcuts in a Bolt app', () => {
  it('opens a form from anywhere', async () => {
    await as('tom').shortcut('Ask');
    expect((await as('tom').waitForModal()).value('Why')).toBeUndefined();
    expect(heard).toEqual([
      {
        ...{ type: 'shortcut', ...common, user, team: { id: 'T0HARBOUR1', domain: 'harbour' } },
        ...{ trigger_id: expect.any(String), action_ts: expect.any(String) },
      },
    ]);
  });

  it('opens a form with a message, found by its words, and answers privately beside it', async () => {
    as('nina').say('random', 'ACME wants 60 days');
    const said = as('nina').say('random', 'ACME wants 60 days, *really*');
    await as('tom').shortcut('Request an exception', 'ACME wants 60 days');
    expect((await as('tom').waitForModal()).value('Why')).toBe('ACME wants 60 days, *really*');
    expect(heard[0]).toMatchObject({
      ...{ type: 'message_action', ...common, user: { ...user, name: 'tom' }, message_ts: said.ts },
      ...{ channel: { id: 'C0RANDOM', name: 'random' }, response_url: expect.stringContaining('/app/T0HARBOUR1/') },
      message: { type: 'message', user: 'U0NINA', ts: said.ts, text: 'ACME wants 60 days, *really*' },
    });
    const answer = await started.sandbox.waitForMessage(({ text }) => text === 'The form is open.');
    expect(answer).toMatchObject({ onlyFor: 'U0TOM', channel: 'C0RANDOM' });
  });

  it('keeps the name of a private channel, and names the thread of a reply', async () => {
    const { workspace, admin } = started.sandbox;
    const seed = { id: 'C0SECRET', name: 'board-matters', kind: 'private' as const, archived: false, shared: false };
    workspace.channels.set(seed.id, { ...seed, members: ['U0ERIN', 'U0EVAN'] });
    const parent = as('erin').say('board-matters', 'about ACME');
    as('evan').reply('not again', { to: parent });
    await as('erin').shortcut('Request an exception', 'not again');
    expect(heard.at(-1)).toMatchObject({
      channel: { id: 'C0SECRET', name: 'privategroup' },
      message: { thread_ts: parent.ts, parent_user_id: 'U0ERIN' },
    });
    admin.addToChannel('board-matters', 'U0CARVEOUT', { silent: true });
    await as('erin')
      .command('/exception', '', { channel: 'board-matters' })
      .catch(() => undefined);
    expect(started.sandbox.traffic.deliveries('/exception').at(-1)?.args).toMatchObject({
      channel_name: 'privategroup',
    });
  });

  it('are only those that the app declared and was granted, where the person can see the message', async () => {
    const said = as('nina').say('random', 'hello');
    await expect(as('tom').shortcut('Ask', said)).rejects.toThrow('no message shortcut "Ask"');
    await expect(as('tom').shortcut('Request an exception')).rejects.toThrow('no global shortcut');
    await expect(as('gus').shortcut('Request an exception', said)).rejects.toThrow('does not see that message');
    await expect(as('tom').shortcut('Request an exception', 'nobody said this')).rejects.toThrow('sees no message');
    await started.client.chat.postEphemeral({ channel: 'C0TEAMLD', user: 'U0TOM', text: 'psst' });
    await expect(as('tom').shortcut('Request an exception', 'psst')).rejects.toThrow('has no shortcuts');
    started.sandbox.admin.setScopes(['chat:write']);
    await expect(as('tom').shortcut('Ask')).rejects.toThrow('no global shortcut');
    expect(heard).toEqual([]);
  });
});

it('a Bolt app hears of closed forms, of opened tabs with the Home that was there, and of what people write', async () => {
  await as('tom').shortcut('Ask');
  const modal = await as('tom').waitForModal();
  modal.type('Why', 'half a sentence');
  await modal.close();
  as('tom').openHome();
  await as('tom').waitForHome((home) => home.text() === 'Tab home');
  as('tom').openHome();
  as('tom').say('app', 'hello <there>');
  await started.sandbox.idle();
  expect(heard.slice(1)).toMatchObject([
    { type: 'view_closed', is_cleared: false, view: { callback_id: 'form', state: { values: {} } } },
    { type: 'app_home_opened', tab: 'home' },
    { type: 'app_home_opened', tab: 'home', view: { type: 'home' } },
    { type: 'message', channel_type: 'im', text: 'hello &lt;there&gt;' },
  ]);
});
