import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { METHODS } from '../../src/sandbox/index.ts';
import { refusal, type Started, startSandbox } from './support.ts';

let started: Started;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-21T09:00:00Z');
  started = await startSandbox({ machineNow: () => now });
});
afterEach(() => started.stop());

const as = (token: string) =>
  new WebClient(token, { slackApiUrl: started.sandbox.apiUrl, retryConfig: { retries: 0 } });
const bare = async (method: string, init: RequestInit = {}) =>
  (await fetch(started.sandbox.apiUrl + method, { method: 'POST', ...init })).json();

describe('tokens and scopes', () => {
  it('names the app and the workspace of a good token', async () => {
    const answer = await started.client.auth.test();
    expect(answer).toMatchObject({ ok: true, team: 'Harbour & Sons', user_id: 'U0CARVEOUT', bot_id: 'B0CARVEOUT' });
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  it('refuses no token, a wrong one, a revoked one, and one of the wrong kind', async () => {
    const { client, sandbox } = started;
    expect(await bare('auth.test')).toMatchObject({ error: 'not_authed' });
    expect(await refusal(as('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await refusal(client.apps.connections.open({}))).toBe('not_allowed_token_type');
    sandbox.admin.revokeToken({ silent: true });
    expect(await refusal(client.auth.test())).toBe('token_revoked');
  });

  it('says which scope is missing', async () => {
    const { client, sandbox } = started;
    sandbox.admin.setScopes(['chat:write', 'channels:read']);
    await expect(client.usergroups.list()).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'usergroups:read', provided: 'chat:write,channels:read' },
    });
    expect(await refusal(client.conversations.list({ types: 'private_channel' }))).toBe('missing_scope');
    expect(await refusal(client.conversations.history({ channel: 'C0MANAGE' }))).toBe('missing_scope');
    expect(await refusal(client.conversations.list({ types: 'public_channel' }))).toBe('ok');
  });

  it('knows no method beyond its table, and takes JSON, forms and a token among the arguments', async () => {
    const { sandbox } = started;
    const token = sandbox.workspace.app.botToken;
    expect(await refusal(started.client.apiCall('chat.postmessage'))).toBe('unknown_method');
    expect(await refusal(started.client.apiCall('toString'))).toBe('unknown_method');
    expect(Object.keys(METHODS)).toContain('chat.postMessage');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ channel: 'C0MANAGE', text: 'by JSON' });
    expect(await bare('chat.postMessage', { headers, body })).toMatchObject({ ok: true, channel: 'C0MANAGE' });
    expect(
      await bare('chat.postMessage', { body: new URLSearchParams({ token, channel: 'C0MANAGE', text: 'by form' }) }),
    ).toMatchObject({ ok: true });
    expect(await bare('chat.postMessage', { headers, body: '{' })).toMatchObject({ error: 'invalid_json' });
    expect(await bare('chat.postMessage', { headers, body: '{}' })).toMatchObject({ error: 'invalid_arguments' });
    expect(JSON.stringify(sandbox.traffic.entries)).not.toContain(token);
  });
});

describe('posting', () => {
  const post = (more: object) => refusal(started.client.apiCall('chat.postMessage', { text: 't', ...more }));

  it('refuses channels that are away, archived, or without the bot', async () => {
    const { sandbox } = started;
    expect(await post({ channel: 'C0NOWHERE' })).toBe('channel_not_found');
    expect(await post({ channel: 'C0RANDOM' })).toBe('not_in_channel');
    sandbox.admin.archiveChannel('exceptions-manager', 'U0WANDA');
    expect(await post({ channel: 'C0MANAGE' })).toBe('is_archived');
    sandbox.admin.removeFromChannel('exceptions-executive', 'U0CARVEOUT');
    expect(await post({ channel: 'C0EXECUT' })).toBe('not_in_channel');
    expect(await post({ channel: 'C0AUDIT', thread_ts: '1.000001' })).toBe('thread_not_found');
  });

  it('posts to a person into their direct messages, never to bots or accounts that are gone', async () => {
    const { client, sandbox } = started;
    const answer = await client.chat.postMessage({ channel: 'U0NINA', text: 'hello' });
    expect(answer.channel).toMatch(/^D/);
    expect(sandbox.as('nina').dms()).toHaveLength(1);
    expect((await client.conversations.open({ users: 'U0NINA' })).channel?.id).toBe(answer.channel);
    expect(await post({ channel: 'U0ROBOT' })).toBe('cannot_dm_bot');
    expect(await post({ channel: 'U0RITA' })).toBe('user_disabled');
    expect(await refusal(client.conversations.open({ users: 'U0NOBODY' }))).toBe('user_not_found');
    sandbox.admin.deactivate('U0NINA');
    expect(await post({ channel: answer.channel })).toBe('is_inactive');
  });

  it('cuts text at 40,000 and wants whole metadata', async () => {
    const { client, sandbox } = started;
    const { ts } = await client.chat.postMessage({ channel: 'C0MANAGE', text: 'x'.repeat(40_010) });
    expect(sandbox.messages().find((message) => message.ts === ts)?.text).toHaveLength(40_000);
    expect(await post({ channel: 'C0MANAGE', metadata: { event_type: 'card' } })).toBe('invalid_metadata_format');
    expect(await post({ channel: 'C0MANAGE', metadata: { event_type: 'card', event_payload: { key: 'k' } } })).toBe(
      'ok',
    );
  });

  it('notes whom a message notifies: mentions in markup and rich text, never plain or escaped text', async () => {
    const { client, sandbox } = started;
    const pings = async (more: object): Promise<string[]> => {
      const { ts } = await client.chat.postMessage({ channel: 'C0MANAGE', text: 'fallback <@U0OLGA>', ...more });
      return sandbox.messages().find((message) => message.ts === ts)?.pings ?? [];
    };
    const section = (text: object) => ({ blocks: [{ type: 'section', text }] });
    expect(await pings({})).toEqual(['U0OLGA']);
    expect(await pings(section({ type: 'mrkdwn', text: '<@U0MARA> <!subteam^S0MANAGE> <!here>' }))).toEqual([
      'U0MARA',
      'S0MANAGE',
      'here',
    ]);
    expect(await pings(section({ type: 'mrkdwn', text: '&lt;!channel&gt; &lt;@U0MARA&gt;' }))).toEqual([]);
    expect(await pings(section({ type: 'plain_text', text: '<!channel> <@U0MARA>' }))).toEqual([]);
    const quote = [
      { type: 'text', text: '<!channel>' },
      { type: 'user', user_id: 'U0ERIN' },
      { type: 'broadcast', range: 'channel' },
    ];
    expect(
      await pings({ blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: quote }] }] }),
    ).toEqual(['U0ERIN', 'channel']);
  });

  it('updates its own messages only, drops blocks that are not sent again, and takes ids only', async () => {
    const { client, sandbox } = started;
    const blocks = [{ type: 'divider' as const }];
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MANAGE', text: 'card', blocks });
    const said = sandbox.as('mara').say('exceptions-manager', 'mine');
    const update = (more: object) =>
      refusal(client.apiCall('chat.update', { channel: 'C0MANAGE', ts, text: 'new', ...more }));
    expect(await update({})).toBe('ok');
    expect(sandbox.as('mara').channelMessages('exceptions-manager')[0]).toMatchObject({ text: 'new', blocks: [] });
    expect(await update({ text: 'x'.repeat(4001) })).toBe('msg_too_long');
    expect(await update({ ts: said.ts })).toBe('cant_update_message');
    expect(await update({ ts: '1.000001' })).toBe('message_not_found');
    expect(await update({ channel: 'U0MARA' })).toBe('channel_not_found');
    const { message_ts } = await client.chat.postEphemeral({ channel: 'C0MANAGE', user: 'U0MARA', text: 'psst' });
    expect(await update({ ts: message_ts })).toBe('message_not_found');
    sandbox.admin.deleteMessage(sandbox.messages()[0] ?? said);
    expect(await update({})).toBe('message_not_found');
  });

  it('shows an ephemeral message to its reader only, who must be in the channel', async () => {
    const { client, sandbox } = started;
    expect(await refusal(client.chat.postEphemeral({ channel: 'C0MANAGE', user: 'U0MATT', text: 'psst' }))).toBe(
      'user_not_in_channel',
    );
    await client.chat.postEphemeral({ channel: 'C0MANAGE', user: 'U0MARA', text: 'psst' });
    expect(sandbox.as('mara').ephemerals()).toHaveLength(1);
    expect(sandbox.as('bea').ephemerals()).toEqual([]);
    const { messages } = await client.conversations.history({ channel: 'C0MANAGE' });
    expect(messages).toEqual([]);
  });
});

describe('reading', () => {
  it('pages history newest first, with metadata when asked for, threads apart', async () => {
    const { client } = started;
    const sent: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      const metadata = { event_type: 'card', event_payload: { key } };
      sent.push((await client.chat.postMessage({ channel: 'C0MANAGE', text: key, metadata })).ts ?? '');
    }
    await client.chat.postMessage({ channel: 'C0MANAGE', text: 'reply', thread_ts: sent[0] ?? '' });
    const first = await client.conversations.history({ channel: 'C0MANAGE', limit: 2, include_all_metadata: true });
    expect(first.messages?.map((message) => message.metadata?.event_payload)).toEqual([{ key: 'c' }, { key: 'b' }]);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel: 'C0MANAGE', limit: 2, cursor });
    expect(second.messages).toMatchObject([{ text: 'a', reply_count: 1 }]);
    expect(second.messages?.[0]).not.toHaveProperty('metadata');
    const from = { channel: 'C0MANAGE', oldest: sent[1] ?? '' };
    expect((await client.conversations.history(from)).messages).toMatchObject([{ text: 'c' }]);
    expect((await client.conversations.history({ ...from, inclusive: true })).messages).toHaveLength(2);
    const thread = await client.conversations.replies({ channel: 'C0MANAGE', ts: sent[0] ?? '' });
    expect(thread.messages?.map((message) => message.text)).toEqual(['a', 'reply']);
  });

  it('lists people by pages and groups with their members', async () => {
    const { client } = started;
    const names: (string | undefined)[] = [];
    for await (const page of client.paginate('users.list', { limit: 5 }))
      names.push(...((page as { members?: { name?: string }[] }).members ?? []).map((member) => member.name));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('gus');
    expect(names).not.toContain('sven');
    expect((await client.users.info({ user: 'U0SVEN' })).user).toMatchObject({
      is_stranger: true,
      team_id: 'T0NORDWND',
    });
    expect((await client.users.info({ user: 'U0MATT' })).user).toMatchObject({ tz: 'Asia/Tokyo', tz_offset: 32_400 });
    expect((await client.users.info({ user: 'U0MATT' })).user?.profile?.email).toBeUndefined();
    const { usergroups } = await client.usergroups.list({ include_users: true });
    expect(usergroups?.find((group) => group.handle === 'managers')?.users).toContain('U0BEA');
    started.sandbox.admin.setGroup('managers', { disabled: true });
    expect((await client.usergroups.list()).usergroups?.map((group) => group.handle)).not.toContain('managers');
    expect(await refusal(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
  });

  it('hides private channels from a bot that is not in them', async () => {
    const { client, sandbox } = started;
    sandbox.workspace.channels.set('C0SECRET', {
      id: 'C0SECRET',
      name: 'secret',
      kind: 'private',
      members: ['U0ERIN'],
      archived: false,
      shared: false,
    });
    expect(await refusal(client.conversations.info({ channel: 'C0SECRET' }))).toBe('channel_not_found');
    const { channels } = await client.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels?.map((channel) => channel.name)).not.toContain('secret');
    expect((await client.conversations.info({ channel: 'C0NORDWND' })).channel?.is_ext_shared).toBe(true);
  });
});

describe('files', () => {
  it('takes an upload in three steps and shares it', async () => {
    const { client, sandbox } = started;
    await client.filesUploadV2({
      channel_id: 'C0AUDIT',
      filename: 'week.csv',
      file: Buffer.from('a,b\n1,2\n'),
      initial_comment: 'The week',
    });
    const message = await sandbox.waitForMessage((each) => each.text === 'The week');
    const [id = ''] = message.files ?? [];
    const { file } = await client.files.info({ file: id });
    expect(file).toMatchObject({ name: 'week.csv', size: 8, channels: ['C0AUDIT'] });
    // Slack answers before it has looked what kind of file it is.
    await vi.waitFor(async () =>
      expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: 'text/csv', filetype: 'csv' }),
    );
    const headers = { authorization: `Bearer ${sandbox.workspace.app.botToken}` };
    expect(await (await fetch(file?.url_private ?? '', { headers })).text()).toBe('a,b\n1,2\n');
    const unsigned = await fetch(file?.url_private ?? '');
    expect([unsigned.status, unsigned.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('rate limits', () => {
  it('lets a short burst into a channel, then one message a second, and says how long to wait', async () => {
    const { client } = started;
    const post = (channel = 'C0MANAGE') => refusal(client.chat.postMessage({ channel, text: 't' }));
    for (let n = 0; n < 5; n += 1) expect(await post()).toBe('ok');
    await expect(client.chat.postMessage({ channel: 'C0MANAGE', text: 't' })).rejects.toMatchObject({ retryAfter: 1 });
    expect(await post('C0AUDIT')).toBe('ok');
    now += 1000;
    expect(await post()).toBe('ok');
    expect(await post()).not.toBe('ok');
  });

  it('counts each method by its tier, and nothing when told so', async () => {
    const { client } = started;
    for (let n = 0; n < 20; n += 1) await client.users.list({});
    await expect(client.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
    expect(await refusal(client.usergroups.list())).toBe('ok');
    const free = await startSandbox({ rateLimits: 'off' });
    for (let n = 0; n < 25; n += 1) await free.client.users.list({});
    await free.stop();
  });
});

describe('faults on demand', () => {
  const post = () => refusal(started.client.chat.postMessage({ channel: 'C0MANAGE', text: 't' }));
  const posted = () => started.sandbox.messages().length;

  it('fails as told, as often as told', async () => {
    const { faults } = started.sandbox;
    faults.add({ method: 'chat.postMessage', times: 2, kind: 'error', error: 'restricted_action' });
    expect([await post(), await post(), await post()]).toEqual(['restricted_action', 'restricted_action', 'ok']);
    faults.add({ method: '*', times: 1, kind: 'status', status: 503 });
    expect(await post()).toBe('slack_webapi_http_error');
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'fatal_error' });
    expect(await post()).toBe('fatal_error');
    expect(posted()).toBe(1);
  });

  it('performs a call whose answer is lost, and none whose connection is refused', async () => {
    const { faults } = started.sandbox;
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'lost' });
    expect(await post()).toBe('slack_webapi_request_error');
    expect(posted()).toBe(1);
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'refuse' });
    expect(await post()).toBe('slack_webapi_request_error');
    expect(posted()).toBe(1);
    started.sandbox.down();
    expect(await post()).toBe('slack_webapi_request_error');
    started.sandbox.up();
    expect(await post()).toBe('ok');
  });

  it('limits with or without saying for how long, and answers slowly what was done at once', async () => {
    const { faults } = started.sandbox;
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'ratelimited', retryAfter: 7 });
    await expect(started.client.chat.postMessage({ channel: 'C0MANAGE', text: 't' })).rejects.toMatchObject({
      retryAfter: 7,
    });
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'ratelimited', withoutHeader: true });
    const response = await fetch(`${started.sandbox.apiUrl}chat.postMessage`, { method: 'POST' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, null]);
    faults.add({ method: 'chat.postMessage', times: 1, kind: 'slow', ms: 50 });
    const slow = post();
    await started.sandbox.waitForMessage((message) => message.text === 't');
    expect(await slow).toBe('ok');
  });
});
