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
