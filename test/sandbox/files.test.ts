import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Listener, refusal, type Started, startListener, startSandbox } from './support.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const PDF = Buffer.from('%PDF-1.7 a contract');

let started: Started;
let app: Listener;
beforeEach(async () => {
  started = await startSandbox({ rateLimits: 'off' });
  app = await startListener(started.sandbox);
});
afterEach(async () => {
  await app.stop();
  await started.stop();
});

const as = (name: string) => started.sandbox.as(name);
const bearer = () => ({ authorization: `Bearer ${started.sandbox.workspace.app.botToken}` });
type Described = { id: string; url_private: string; url_private_download: string };
/** The files of the last message that the app was told of. */
const filesTold = async (): Promise<Described[]> => {
  await started.sandbox.idle();
  const events = app.received.map(({ payload }) => (payload.event ?? {}) as { type?: string; files?: Described[] });
  return events.findLast(({ type }) => type === 'message')?.files ?? [];
};
/** What the app was sent last. */
function lastPayload<T>(): T {
  const last = app.received.at(-1);
  if (last === undefined) throw new Error('the app was sent nothing');
  return last.payload as T;
}
const info = (file: string) => refusal(started.client.files.info({ file }));

describe('files in messages', () => {
  it('are described in the event, and served to the app that was granted files:read', async () => {
    as('nina').say('exceptions-manager', 'the contract', { files: [{ name: 'contract.pdf', bytes: PDF }] });
    const [file] = await filesTold();
    expect(file).toMatchObject({
      ...{ name: 'contract.pdf', size: PDF.length, mimetype: 'application/pdf', filetype: 'pdf', user: 'U0NINA' },
      ...{ channels: ['C0MANAGE'], mode: 'hosted', file_access: 'visible', is_public: true },
    });
    for (const url of [file?.url_private, file?.url_private_download]) {
      const response = await fetch(url ?? '', { headers: bearer() });
      expect([response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([
        'application/pdf',
        String(PDF.length),
      ]);
      expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
    }
    const told = await started.client.files.info({ file: file?.id ?? '' });
    expect(told.file).toMatchObject({ name: 'contract.pdf', url_private: file?.url_private });
  });

  it('are a page to sign in, with status 200, for whoever may not read them', async () => {
    as('nina').say('exceptions-manager', 'it', { files: [{ name: 'contract.pdf', bytes: PDF }] });
    const [file] = await filesTold();
    const url = file?.url_private ?? '';
    const signIn = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers });
      expect(await response.text()).toMatch(/^<!DOCTYPE html>.*Sign in/);
      return [response.redirected, response.status, response.headers.get('content-type')];
    };
    const page = [true, 200, 'text/html; charset=utf-8'];
    expect(await signIn({})).toEqual(page);
    expect(await signIn({ authorization: 'Bearer xoxb-not-this-one' })).toEqual(page);
    started.sandbox.admin.revokeToken({ silent: true });
    expect(await signIn(bearer())).toEqual(page);
    started.sandbox.admin.restoreToken();
    started.sandbox.admin.setScopes(['chat:write']);
    expect(await signIn(bearer())).toEqual(page);
    expect(await info(file?.id ?? '')).toBe('missing_scope');
    expect((await fetch(url, { redirect: 'manual', headers: bearer() })).headers.get('x-slack-meta')).toContain(
      'acl_fail',
    );
  });

  it('do not exist for an app that is not where they are, though a shortcut shows them to it', async () => {
    const { app: installed } = started.sandbox.workspace;
    installed.shortcuts.push({ name: 'Request an exception', callbackId: 'ask', type: 'message' });
    as('nina').say('random', 'an angry letter', { files: [{ name: 'letter.txt', bytes: Buffer.from('grr') }] });
    await as('tom').shortcut('Request an exception', 'an angry letter');
    const [file] = lastPayload<{ message: { files: Described[] } }>().message.files;
    expect(file).toMatchObject({ name: 'letter.txt', filetype: 'text' });
    expect(await info(file?.id ?? '')).toBe('file_not_found');
    expect((await fetch(file?.url_private ?? '', { headers: bearer() })).redirected).toBe(true);
  });

  it('of an outsider are told by id alone, and have to be asked for', async () => {
    as('sven').say('shared-nordwind', 'our terms', { files: [{ name: 'terms.pdf', bytes: PDF }] });
    const [file] = await filesTold();
    expect(file).toEqual({
      ...{ id: expect.any(String), created: 0, timestamp: 0, mode: 'file_access', file_access: 'check_file_info' },
    });
    const { file: asked } = await started.client.files.info({ file: file?.id ?? '' });
    expect(asked).toMatchObject({ name: 'terms.pdf', user: 'U0SVEN', user_team: 'T0NORDWND' });
  });

  it('are out of reach once their message is deleted', async () => {
    const said = as('nina').say('exceptions-manager', 'oops', { files: [{ name: 'wrong.pdf', bytes: PDF }] });
    const [file] = await filesTold();
    as('nina').delete(said);
    expect(await info(file?.id ?? '')).toBe('file_not_found');
  });
});

describe('files in forms', () => {
  const form = (max_files = 2) => ({
    ...{ type: 'modal' as const, title: plain('Evidence'), submit: plain('Send'), callback_id: 'evidence' },
    blocks: [
      {
        ...{ type: 'input' as const, block_id: 'proof', label: plain('Proof') },
        element: { type: 'file_input' as const, action_id: 'files', filetypes: ['pdf'], max_files },
      },
    ],
  });
  const open = async () => {
    await as('nina').command('/exception');
    const trigger_id = String(app.received.at(-1)?.payload.trigger_id);
    return started.client.views.open({ trigger_id, view: form() });
  };

  it('are in the submission with their addresses, and the app’s to read though shared nowhere', async () => {
    await open();
    const modal = await as('nina').waitForModal();
    await modal.attach('Proof', 'a.pdf', PDF);
    await modal.attach('Proof', 'b.bin', Buffer.from([0, 1]));
    expect(modal.value('Proof')).toEqual(['a.pdf', 'b.bin']);
    await modal.submit();
    type Submission = { view: { state: { values: { proof: { files: { type: string; files: Described[] } } } } } };
    const { view } = lastPayload<Submission>();
    const { type, files } = view.state.values.proof.files;
    expect(type).toBe('file_input');
    expect(files).toMatchObject([
      { name: 'a.pdf', filetype: 'pdf', size: PDF.length, channels: [], user: 'U0NINA' },
      { name: 'b.bin', filetype: 'binary', mimetype: 'application/octet-stream' },
    ]);
    const bytes = await (await fetch(files[0]?.url_private ?? '', { headers: bearer() })).arrayBuffer();
    expect(Buffer.from(bytes).equals(PDF)).toBe(true);
  });

  it('are at most ten megabytes and as many as the field takes; what was taken out is not the app’s to read', async () => {
    await open();
    const modal = await as('nina').waitForModal();
    expect(() => modal.attach('Proof', 'film.mov', Buffer.alloc(10 * 1024 * 1024 + 1))).toThrow('too large');
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await modal.attach('Proof', name, PDF);
    expect(await modal.submit()).toEqual({ errors: { Proof: 'Too many files.' } });
    const [first] = started.sandbox.workspace.files.keys();
    await modal.detach('Proof', first ?? '');
    expect(await info(first ?? '')).toBe('file_not_found');
    expect(await modal.submit()).toEqual({ closed: true });
  });

  it('need files:read, and a modal', async () => {
    const { client, sandbox } = started;
    const input = { type: 'input', label: plain('Proof'), element: { type: 'file_input' } };
    const home = { type: 'home', blocks: [input] };
    expect(await refusal(client.apiCall('views.publish', { user_id: 'U0NINA', view: home }))).toBe('invalid_arguments');
    expect(await refusal(client.apiCall('chat.postMessage', { channel: 'C0MANAGE', text: 't', blocks: [input] }))).toBe(
      'invalid_blocks',
    );
    sandbox.admin.setScopes(sandbox.workspace.app.scopes.filter((scope) => scope !== 'files:read'));
    expect(await refusal(open())).toBe('missing_scope');
  });
});

describe('files of the app', () => {
  const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
  /** The three steps, as far as `until`. */
  async function upload(name: string, bytes: Buffer, share: { channel_id?: string; thread_ts?: string } = {}) {
    const { client } = started;
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
      ...{ filename: name, length: bytes.length, alt_text: `What ${name} shows` },
    });
    const sent = await fetch(upload_url, { method: 'POST', body: new Uint8Array(bytes) });
    expect([sent.status, await sent.text()]).toEqual([200, `OK - ${bytes.length}`]);
    return { file_id, upload_url, complete: () => complete(file_id, share) };
  }
  const complete = (id: string, share: object) =>
    refusal(started.client.apiCall('files.completeUploadExternal', { files: [{ id, title: 'A title' }], ...share }));
  const picture = (slack_file: object) => ({ type: 'image', alt_text: 'Seven bars', slack_file });
  async function post(slack_file: object): Promise<string> {
    const blocks = [picture(slack_file)];
    try {
      await started.client.apiCall('chat.postMessage', { channel: 'C0AUDIT', text: 'The week', blocks });
      return 'ok';
    } catch (error) {
      return (error as { data: { response_metadata: { messages: string[] } } }).data.response_metadata.messages.join();
    }
  }
  const INVALID = '[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]';
  /** What kind of file Slack says it is; empty until it has looked. */
  const kindOf = async (file: string) => (await started.client.files.info({ file })).file?.mimetype;

  it('can be shown by a picture once Slack has looked at them, by id or by address', async () => {
    const { file_id: id, complete: finish } = await upload('week.png', PNG);
    expect(await info(id)).toBe('file_not_found');
    expect(await post({ id })).toBe(INVALID);
    expect(await finish()).toBe('ok');
    expect(await kindOf(id)).toBe('');
    expect(await post({ id })).toBe(INVALID);
    await vi.waitFor(async () => expect(await kindOf(id)).toBe('image/png'));
    expect(await post({ id })).toBe('ok');
    const { file } = await started.client.files.info({ file: id });
    expect(await post({ url: file?.permalink })).toBe('ok');
    expect(await post({ url: file?.url_private })).toBe('ok');
    expect(await post({ id, url: file?.permalink })).toContain('must define either `id` or `url`');
    expect(await post({ id: 'week.png' })).toContain('input must match regex pattern: ^[F][A-Z0-9]{8,}$');
  });

  it('that are no pictures, or lie where the app is not, are not shown by one', async () => {
    const { file_id: id, complete: finish } = await upload('week.csv', Buffer.from('a,b'));
    await finish();
    await vi.waitFor(async () => expect(await kindOf(id)).toBe('text/csv'));
    expect(await post({ id })).toBe(INVALID);
    as('nina').say('random', 'look', { files: [{ name: 'cat.png', bytes: PNG }] });
    const cat = [...started.sandbox.workspace.files.values()].find(({ name }) => name === 'cat.png');
    expect(await post({ id: cat?.id })).toBe(INVALID);
    expect(await post({ id: 'F0NOSUCHFILE' })).toBe(INVALID);
    const view = { type: 'home', blocks: [picture({ id })] };
    expect(await refusal(started.client.apiCall('views.publish', { user_id: 'U0NINA', view }))).toBe(
      'invalid_arguments',
    );
  });

  it('are served on the page to those who see a message that shows them, and to nobody else', async () => {
    const { origin, workspace } = started.sandbox;
    const secret = { id: 'C0SECRET', name: 'secret', kind: 'private' as const, archived: false, shared: false };
    workspace.channels.set('C0SECRET', { ...secret, members: ['U0ERIN', workspace.app.botUserId] });
    const { file_id: id, complete: finish } = await upload('week.png', PNG);
    await finish();
    await vi.waitFor(async () => expect(await kindOf(id)).toBe('image/png'));
    const seenBy = async (user: string) => (await fetch(`${origin}/_sandbox/file/${id}?as=${user}`)).status;
    expect(await seenBy('U0ERIN')).toBe(404);
    const blocks = [picture({ id })];
    await started.client.apiCall('chat.postMessage', { channel: 'C0SECRET', text: 'The week', blocks });
    expect([await seenBy('U0ERIN'), await seenBy('U0NINA')]).toEqual([200, 404]);
    const said = started.sandbox.messages().find(({ text }) => text === 'The week');
    expect(said && as('erin').read(said)).toBe('Seven bars');
  });

  it('take the bytes that were announced, at the address that was given, once', async () => {
    const { client, sandbox } = started;
    const asked = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const put = async (url: string, body: string) => (await fetch(url, { method: 'POST', body })).status;
    expect(await put(`${asked.upload_url}0`, 'abc')).toBe(404);
    expect(await put(asked.upload_url ?? '', 'abcd')).toBe(400);
    expect(await complete(asked.file_id ?? '', {})).toBe('file_update_failed');
    const form = new FormData();
    form.append('file', new Blob(['abc']), 'a.txt');
    expect((await fetch(asked.upload_url ?? '', { method: 'POST', body: form })).status).toBe(200);
    const thread = { channel_id: 'C0AUDIT', thread_ts: '1.000001' };
    expect(await complete(asked.file_id ?? '', thread)).toBe('thread_not_found');
    expect(await complete(asked.file_id ?? '', { channel_id: 'C0AUDIT' })).toBe('ok');
    expect(await put(asked.upload_url ?? '', 'abc')).toBe(404);
    expect(sandbox.messages()).toMatchObject([{ channel: 'C0AUDIT', subtype: 'file_share', files: [asked.file_id] }]);
    expect(await complete('F0NOSUCHFILE', {})).toBe('file_not_found');
    sandbox.admin.setScopes(['files:read', 'chat:write']);
    expect(await refusal(client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 }))).toBe('missing_scope');
  });
});
