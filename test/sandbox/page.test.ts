import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Listener, type Started, startListener, startSandbox } from './support.ts';

let started: Started;
let app: Listener;
const moves: Date[] = [];
beforeEach(async () => {
  moves.length = 0;
  started = await startSandbox({
    panels: [{ id: 'events', title: 'Events', load: async () => ['first'] }],
    tour: [{ as: 'U0NINA', title: 'Ask', text: 'Type /exception' }],
    onClock: async (to) => void moves.push(to),
    clock: {
      now: () => new Date('2026-11-23T09:00:00Z'),
      jumps: async () => [{ label: 'Next Monday', to: '2026-11-30T09:00:00Z' }],
    },
  });
  app = await startListener(started.sandbox);
});
afterEach(async () => {
  await app.stop();
  await started.stop();
});

type Answer = Record<string, unknown>;
const get = async (path: string): Promise<Answer> =>
  (await (await fetch(`${started.sandbox.origin}${path}`)).json()) as Answer;
const post = async (path: string, body: object, headers = {}): Promise<Answer> =>
  (await (
    await fetch(`${started.sandbox.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json()) as Answer;
const act = (body: object): Promise<Answer> => post('/_sandbox/act', { as: 'U0NINA', ...body });

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const view = {
  type: 'modal' as const,
  title: plain('Ask'),
  submit: plain('Send'),
  blocks: ['Why', 'Why'].map((label, index) => ({
    type: 'input' as const,
    block_id: `b${index}`,
    label: plain(label),
    element: { type: 'plain_text_input' as const, action_id: 't' },
  })),
};

describe('the page', () => {
  it('is served with its scripts, and nothing else of the disk', async () => {
    const { origin } = started.sandbox;
    expect(await (await fetch(origin)).text()).toContain('<title>Local Slack</title>');
    const text = async (path: string) => (await fetch(`${origin}/_sandbox/${path}`)).text();
    expect(await text('src/page/browser/main.ts')).toContain("from './app.ts'");
    expect(await text('src/page/browser/view.ts')).not.toContain('protected');
    expect(await text('npm/lit/index.js')).toContain('lit-element');
    expect(JSON.parse(await text('emoji.json'))).toMatchObject({ white_check_mark: '✅' });
    for (const path of [
      ...['src/index.ts', 'src/page/server.ts', 'src/page/browser/none.ts', 'npm/pg/package.json'],
      ...['npm/lit/package.json', 'src/page/browser/..%2f..%2findex.ts', 'src/page/browser//etc/passwd'],
    ])
      expect([path, (await fetch(`${origin}/_sandbox/${path}`)).status]).toEqual([path, 404]);
  });

  it('is asked for anew each time, and names its files so that a browser may keep them', async () => {
    const { origin } = started.sandbox;
    const keeping = async (path: string) => (await fetch(origin + path)).headers.get('cache-control');
    const page = await (await fetch(origin)).text();
    const named = [...page.matchAll(/"(\/_sandbox\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !/^\/_sandbox\/[\da-f]{12}\/(src|npm)\//.test(path))).toEqual([]);
    expect(named.length).toBeGreaterThan(40);
    const [script = ''] = named.filter((path) => path.endsWith('/main.ts'));
    expect(await keeping(script)).toBe('max-age=31536000, immutable');
    expect(await keeping('/')).toBe('no-store');
    expect(await keeping('/_sandbox/src/page/browser/main.ts')).toBe('no-store');
  });

  it('lists who is here, the tour, panels, and moves the clock', async () => {
    const directory = await get('/_sandbox/people');
    expect(directory).toMatchObject({ clock: true, tour: [{ title: 'Ask' }], commands: [{ command: '/exception' }] });
    expect((directory.people as Answer[]).find(({ id }) => id === 'U0SVEN')).toMatchObject({ kind: 'other company' });
    expect(directory.panels).toEqual([{ id: 'events', title: 'Events' }]);
    expect(await get('/_sandbox/panels/events')).toEqual({ panel: ['first'] });
    expect(await get('/_sandbox/clock')).toEqual({
      now: '2026-11-23T09:00:00.000Z',
      jumps: [{ label: 'Next Monday', to: '2026-11-30T09:00:00Z' }],
    });
    expect(await post('/_sandbox/clock', { to: '2026-12-01T09:00:00Z' })).toMatchObject({ ok: true });
    expect(await post('/_sandbox/clock', { to: 'soon' })).toMatchObject({ ok: false });
    expect(await post('/_sandbox/clock', { to: '2026-11-23T08:59:00Z' })).toEqual({
      ok: false,
      error: 'The clock only goes forward.',
    });
    expect(moves).toEqual([new Date('2026-12-01T09:00:00Z')]);
  });

  it('acts for a person, fields with the same label told apart by their address', async () => {
    expect(await act({ act: 'command', command: '/exception', text: '' })).toEqual({ ok: true, result: { ok: true } });
    await started.client.views.open({ trigger_id: String(app.received[0]?.payload.trigger_id), view });
    await act({ act: 'fill', where: 'modal', label: 'Why', text: 'one', block_id: 'b0' });
    await act({ act: 'fill', where: 'modal', label: 'Why', text: 'two', block_id: 'b1' });
    expect(await get('/_sandbox/state?as=U0NINA')).toMatchObject({
      modals: [{ state: { values: { b0: { t: { value: 'one' } }, b1: { t: { value: 'two' } } } } }],
    });
    expect(await act({ act: 'submit' })).toEqual({ ok: true, result: { closed: true } });
    expect(await act({ act: 'submit' })).toEqual({ ok: false, error: 'No modal is open.' });
    expect(await act({ act: 'explode' })).toMatchObject({ ok: false });
  });

  it('shows each person what is theirs', async () => {
    await started.client.chat.postEphemeral({ channel: 'C0MANAGE', user: 'U0NINA', text: 'only you' });
    expect((await get('/_sandbox/state?as=U0NINA')).ephemerals).toMatchObject([{ text: 'only you' }]);
    expect((await get('/_sandbox/state?as=U0MARA')).ephemerals).toEqual([]);
    const guest = (await get('/_sandbox/state?as=U0GUS')).channels as Answer[];
    expect(guest.map(({ name }) => name)).toEqual(['general', '']);
  });

  it('keeps what is typed without telling the app, and tells it of what is entered', async () => {
    const inputs = ['typed', 'entered'].map((id) => ({
      type: 'input' as const,
      block_id: id,
      label: plain(id),
      dispatch_action: true,
      element: { type: 'plain_text_input' as const, action_id: 't' },
    }));
    await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'fields', blocks: inputs });
    const [message] = started.sandbox.messages();
    const at = { where: 'message', channel: 'C0MANAGE', ts: message?.ts, action_id: 't' };
    await act({ act: 'type', ...at, block_id: 'typed', text: 'quietly' });
    expect(app.received.filter(({ payload }) => payload.type === 'block_actions')).toEqual([]);
    await act({ act: 'fill', ...at, block_id: 'entered', text: 'aloud' });
    expect(app.received.find(({ payload }) => payload.type === 'block_actions')?.payload).toMatchObject({
      actions: [{ block_id: 'entered', value: 'aloud' }],
      state: { values: { typed: { t: { value: 'quietly' } }, entered: { t: { value: 'aloud' } } } },
    });
    const messagesOf = async (user: string) =>
      ((await get(`/_sandbox/state?as=${user}`)).channels as Answer[]).find(({ id }) => id === 'C0MANAGE')?.messages;
    expect(await messagesOf('U0NINA')).toMatchObject([{ values: { entered: { t: { value: 'aloud' } } } }]);
    expect(await messagesOf('U0MARA')).toMatchObject([{ values: { entered: { t: { value: null } } } }]);
  });

  it('offers in a message what the app suggests, and sends what was chosen from that', async () => {
    const element = { type: 'external_select' as const, action_id: 'who', placeholder: plain('Find') };
    const blocks = [{ type: 'actions' as const, block_id: 'find', elements: [element] }];
    await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'find', blocks });
    const [message] = started.sandbox.messages();
    const at = { where: 'message', channel: 'C0MANAGE', ts: message?.ts, block_id: 'find', action_id: 'who' };
    // Two with one text: only the value tells them apart.
    const options = ['v1', 'v2'].map((value) => ({ text: plain('Same'), value }));
    app.answer = ({ payload }) => (payload.type === 'block_suggestion' ? { body: { options } } : {});
    expect(await act({ act: 'suggest', ...at, query: 'sa' })).toMatchObject({ options });
    await act({ act: 'choose', ...at, values: ['v2'] });
    expect(app.received.at(-1)?.payload).toMatchObject({ actions: [{ selected_option: { value: 'v2' } }] });
    expect(app.received.filter(({ payload }) => payload.type === 'block_suggestion')).toHaveLength(1);
    expect(await act({ act: 'choose', ...at, values: ['v3'] })).toMatchObject({ ok: false });
  });

  it('refuses a click meant for a modal that is no longer in front', async () => {
    await act({ act: 'command', command: '/exception', text: '' });
    await started.client.views.open({ trigger_id: String(app.received[0]?.payload.trigger_id), view });
    expect(await act({ act: 'submit', view: 'V0OLD' })).toEqual({
      ok: false,
      error: 'That modal is no longer in front.',
    });
  });

  it('takes a file out of a field again', async () => {
    const element = { type: 'file_input' as const, action_id: 'f' };
    const input = { type: 'input' as const, block_id: 'paper', label: plain('Paper'), element, optional: true };
    await act({ act: 'command', command: '/exception', text: '' });
    const trigger_id = String(app.received[0]?.payload.trigger_id);
    await started.client.views.open({ trigger_id, view: { ...view, blocks: [input] } });
    const at = { where: 'modal', block_id: 'paper', action_id: 'f' };
    await act({ act: 'attach', ...at, name: 'a.txt', base64: btoa('one') });
    await act({ act: 'attach', ...at, name: 'b.txt', base64: btoa('two') });
    const files = () =>
      started.sandbox.as('nina').modal()?.view.values.paper?.f?.files as { id: string; name: string }[];
    await act({ act: 'detach', ...at, file: files()[0]?.id });
    expect(files().map(({ name }) => name)).toEqual(['b.txt']);
  });

  it('gives a file to those who see where it was shared, and to nobody else', async () => {
    const text = btoa('<script>alert(1)</script>');
    await act({ act: 'say', channel: 'C0MANAGE', text: 'see', files: [{ name: 'a.svg', base64: text }] });
    const id = started.sandbox.messages()[0]?.files?.[0];
    const file = (user: string) => fetch(`${started.sandbox.origin}/_sandbox/file/${id}?as=${user}`);
    expect((await file('U0MARA')).headers.get('content-security-policy')).toContain('sandbox');
    expect((await file('U0MARA')).status).toBe(200);
    expect((await file('U0GUS')).status).toBe(404);
  });

  it('remembers what a person has read, for that person alone', async () => {
    const readBy = async (user: string) =>
      ((await get(`/_sandbox/state?as=${user}`)).channels as Answer[]).find(({ id }) => id === 'C0MANAGE')?.read;
    const before = await readBy('U0NINA');
    expect(await readBy('U0MARA')).toBe(before);
    const { ts } = await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'news' });
    await act({ act: 'read', channel: 'C0MANAGE', ts });
    await act({ act: 'read', channel: 'C0MANAGE', ts: before });
    expect(await readBy('U0NINA')).toBe(ts);
    expect(await readBy('U0MARA')).toBe(before);
  });

  it('lets a person put away what they alone see, and nothing else', async () => {
    const { message_ts: ts } = await started.client.chat.postEphemeral({
      channel: 'C0MANAGE',
      user: 'U0NINA',
      text: 'x',
    });
    const { ts: open } = await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'y' });
    expect(await act({ act: 'dismiss', channel: 'C0MANAGE', ts: open })).toMatchObject({ ok: false });
    expect(await act({ act: 'dismiss', channel: 'C0MANAGE', ts })).toEqual({ ok: true });
    expect((await get('/_sandbox/state?as=U0NINA')).ephemerals).toEqual([]);
  });

  it('streams changes as they come', async () => {
    const abort = new AbortController();
    const response = await fetch(`${started.sandbox.origin}/_sandbox/stream?as=U0NINA`, { signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (text: string): Promise<void> => {
      for (let read = ''; !read.includes(text); ) read += (await reader?.read())?.value ?? '';
    };
    await until('hello');
    await started.client.chat.postMessage({ channel: 'C0MANAGE', text: 'news' });
    await until('"kind":"message"');
    abort.abort();
  });

  it("refuses another site's script", async () => {
    const answer = await post('/_sandbox/act', { as: 'U0NINA', act: 'home' }, { origin: 'https://evil.example' });
    expect(answer).toEqual({ error: 'only from the page itself' });
  });
});
