import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededCompany } from '../../src/sandbox/index.ts';
import { type Listener, type Started, startListener, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string) => ({ text: plain(text), value: text });

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

const card = async (channel = 'C0MANAGE') => {
  const elements = [
    {
      type: 'button',
      action_id: 'yes',
      text: plain('Approve'),
      confirm: { title: plain('Sure?'), text: plain('Really') },
    },
    { type: 'overflow', action_id: 'more', options: [option('Withdraw'), option('History')] },
    { type: 'static_select', action_id: 'how', placeholder: plain('How'), options: [option('Fast'), option('Slow')] },
  ];
  const answer = (await started.client.apiCall('chat.postMessage', {
    channel,
    text: 'card',
    blocks: [{ type: 'actions', elements }],
  })) as { ts?: string };
  return started.sandbox.waitForMessage((message) => message.ts === answer.ts);
};
const clicks = () =>
  app.received.filter(({ payload }) => payload.type === 'block_actions').map(({ payload }) => payload);
const events = (type: string) =>
  app.received
    .map(({ payload }) => payload.event as { type?: string } | undefined)
    .filter((event) => event?.type === type);

describe('what a person sees and may press', () => {
  it('is what stands in front of them, with confirmations and menus', async () => {
    const message = await card();
    const mara = started.sandbox.as('mara');
    expect(mara.buttons(message)).toEqual(['Approve', 'Withdraw', 'History']);
    await mara.click('Approve', { confirm: false });
    expect(clicks()).toEqual([]);
    await mara.click('Approve');
    await mara.click('History', { in: message });
    await mara.choose('How', 'Slow', { in: message });
    expect(clicks().map((payload) => (payload.actions as object[])[0])).toMatchObject([
      { action_id: 'yes', type: 'button' },
      { action_id: 'more', type: 'overflow', selected_option: { value: 'History' } },
      { action_id: 'how', type: 'static_select', selected_option: { value: 'Slow' } },
    ]);
    await expect(mara.click('Explode')).rejects.toThrow('Mara Conti sees no button "Explode"; there are "Approve"');
  });

  it('closes an open modal before acting elsewhere', async () => {
    await card();
    const mara = started.sandbox.as('mara');
    await mara.command('/exception');
    const view = {
      type: 'modal' as const,
      title: plain('One'),
      notify_on_close: true,
      blocks: [{ type: 'divider' as const }],
    };
    await started.client.views.open({ trigger_id: String(app.received.at(-1)?.payload.trigger_id), view });
    await mara.click('Approve');
    expect(mara.modal()).toBeUndefined();
    expect(app.received.map(({ payload }) => payload.type)).toContain('view_closed');
  });

  it('ends at private channels, direct messages of others, and for guests at what they are in', async () => {
    const { sandbox } = started;
    sandbox.workspace.channels.set('C0SECRET', {
      id: 'C0SECRET',
      name: 'secret',
      kind: 'private',
      members: ['U0ERIN', 'U0CARVEOUT'],
      archived: false,
      shared: false,
    });
    const message = await card('C0SECRET');
    const mara = sandbox.as('mara');
    expect(() => mara.channelMessages('secret')).toThrow('sees no channel');
    expect(() => mara.read(message)).toThrow('does not see that message');
    await expect(mara.click('Approve', { in: message })).rejects.toThrow('does not see');
    await sandbox.as('erin').click('Approve', { in: message });
    expect(() => sandbox.as('gus').channelMessages('exceptions-manager')).toThrow('sees no channel');
    expect(() => mara.say('random', 'hi')).toThrow('is not in #random');
    await started.client.chat.postMessage({ channel: 'U0ERIN', text: 'for Erin' });
    expect(mara.dms()).toEqual([]);
  });

  it('lets an outsider click in a shared channel, known by their own team, and nothing else', async () => {
    const message = await card('C0NORDWND');
    const sven = started.sandbox.as('sven');
    await sven.click('Approve', { in: message });
    expect(clicks()).toMatchObject([{ user: { id: 'U0SVEN', team_id: 'T0NORDWND' }, team: { id: 'T0HARBOUR1' } }]);
    await expect(sven.command('/exception')).rejects.toThrow('from another company');
    await expect(started.sandbox.as('rita').command('/exception')).rejects.toThrow('cannot use Slack');
    await expect(started.sandbox.as('nina').command('/lunch')).rejects.toThrow('not a valid command');
  });

  it('reads names, dates in their own zone, and markup that was escaped', async () => {
    const text =
      '<@U0NINA> asks <!subteam^S0MANAGE> in <#C0MANAGE> by <!date^1796396400^{date_short} {time}|then>: &lt;b&gt; <https://a.example|link>';
    await started.client.chat.postMessage({ channel: 'C0GENERAL', text }).catch(() => undefined);
    await started.client.chat.postMessage({ channel: 'C0AUDIT', text });
    const message = await started.sandbox.waitForMessage((each) => each.channel === 'C0AUDIT');
    expect(started.sandbox.as('cara').read(message)).toBe(
      '@Nina asks @managers in #exceptions-manager by Dec 4, 2026 16:00: <b> link',
    );
    expect(started.sandbox.as('erin').read(message)).toContain('Dec 4, 2026 10:00');
  });

  it('can be replied to in a thread, with files', async () => {
    const message = await card();
    const nina = started.sandbox.as('nina');
    nina.say('exceptions-manager', 'see <here>', {
      thread: message,
      files: [{ name: 'mail.pdf', bytes: Buffer.from('x') }],
    });
    await started.sandbox.idle();
    expect(nina.thread(message)).toHaveLength(2);
    expect(nina.channelMessages('exceptions-manager')).toHaveLength(1);
    expect(events('message').at(-1)).toMatchObject({
      thread_ts: message.ts,
      text: 'see &lt;here&gt;',
      user: 'U0NINA',
      files: [{ name: 'mail.pdf' }],
    });
    expect(events('file_shared')).toMatchObject([{ channel_id: 'C0MANAGE', user_id: 'U0NINA' }]);
  });

  it('has shortcuts, of its own and of messages', async () => {
    const { sandbox } = started;
    sandbox.workspace.app.shortcuts.push(
      { name: 'Ask', callbackId: 'ask', type: 'global' },
      { name: 'Ask about this', callbackId: 'about', type: 'message' },
    );
    const message = await card();
    await sandbox.as('mara').shortcut('Ask');
    await sandbox.as('mara').shortcut('Ask about this', message);
    expect(app.received.slice(-2).map(({ payload }) => payload)).toMatchObject([
      { type: 'shortcut', callback_id: 'ask' },
      { type: 'message_action', callback_id: 'about', message_ts: message.ts, channel: { id: 'C0MANAGE' } },
    ]);
    await expect(sandbox.as('mara').shortcut('Fly')).rejects.toThrow('no global shortcut');
  });
});

it('says what was there when an awaited message does not come', async () => {
  await started.client.chat.postMessage({ channel: 'U0NINA', text: 'something else' });
  const waiting = started.sandbox.waitForMessage((message) => message.text === 'this', { timeout: 20 });
  await expect(waiting).rejects.toThrow(/within 20 ms\. The last messages were:\n {2}DM of Nina: something else/);
});

describe('the administrator', () => {
  it('changes people, groups and channels, and Slack tells the app unless it is to stay silent', async () => {
    const { admin, idle } = started.sandbox;
    admin.addToGroup('managers', 'U0NINA');
    admin.removeFromGroup('managers', 'U0MARA');
    admin.deactivate('U0MATT');
    admin.makeGuest('U0TOM');
    admin.addUser({ id: 'U0NEW', name: 'new', real_name: 'New Person' });
    admin.renameChannel('exceptions-manager', 'exceptions-mgmt');
    admin.archiveChannel('exceptions-mgmt', 'U0WANDA');
    admin.removeFromChannel('exceptions-audit', 'U0CARVEOUT');
    admin.addToGroup('executives', 'U0NINA', { silent: true });
    await idle();
    expect(events('subteam_members_changed')).toMatchObject([
      { subteam_id: 'S0MANAGE', added_users: ['U0NINA'] },
      { subteam_id: 'S0MANAGE', removed_users: ['U0MARA'] },
    ]);
    expect(events('user_change')).toMatchObject([
      { user: { id: 'U0MATT', deleted: true } },
      { user: { id: 'U0TOM', is_restricted: true } },
    ]);
    expect(events('team_join')).toMatchObject([{ user: { id: 'U0NEW' } }]);
    expect(events('channel_rename')).toMatchObject([{ channel: { id: 'C0MANAGE', name: 'exceptions-mgmt' } }]);
    expect(events('channel_archive')).toHaveLength(1);
    expect(events('member_left_channel')).toMatchObject([{ user: 'U0CARVEOUT', channel: 'C0AUDIT' }]);
  });

  it('tells the app only what it subscribed to', async () => {
    started.sandbox.workspace.app.events = ['message.im'];
    started.sandbox.as('mara').say('exceptions-manager', 'not for the app');
    started.sandbox.as('mara').say('app', 'for the app');
    started.sandbox.admin.addToGroup('managers', 'U0NINA');
    await started.sandbox.idle();
    expect(app.received.map(({ payload }) => payload.event)).toMatchObject([
      { type: 'message', channel_type: 'im', text: 'for the app' },
    ]);
  });
});

describe('the seeded company', () => {
  it('has somebody for every part, and nobody who must not be there', () => {
    const { users, groups, channels } = seededCompany();
    const able = new Set(
      users
        .filter((user) => !user.deleted && !user.is_bot && !user.is_stranger && !user.is_restricted)
        .map(({ id }) => id),
    );
    for (const group of groups) {
      // Whoever audits decides nothing, and so may be alone.
      expect(group.users.length, group.handle).toBeGreaterThanOrEqual(group.handle === 'auditors' ? 1 : 2);
      expect(
        group.users.filter((id) => !able.has(id)),
        group.handle,
      ).toEqual([]);
    }
    const of = (handle: string) => groups.find((group) => group.handle === handle)?.users ?? [];
    expect(of('operations').filter((id) => of('managers').includes(id))).toEqual(['U0BEA']);
    const tiers = { 'team-lead': 'team-leads', manager: 'managers', executive: 'executives' };
    for (const [tier, handle] of Object.entries(tiers)) {
      const channel = channels.find(({ name }) => name === `exceptions-${tier}`);
      expect(
        of(handle).some((id) => channel?.members.includes(id)),
        tier,
      ).toBe(true);
      expect(
        of(handle).every((id) => channel?.members.includes(id)),
        tier,
      ).toBe(false);
    }
    expect(users.find(({ is_owner }) => is_owner)).toBeDefined();
  });
});
