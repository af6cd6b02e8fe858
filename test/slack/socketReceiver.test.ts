import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox, seededApp, seededCompany } from '../../src/sandbox/index.ts';
import type { Patience } from '../../src/slack/receiver/socketLink.ts';
import { createSocketReceiver, type SocketReceiver } from '../../src/slack/socketReceiver.ts';
import { click, event, get } from '../support/slackHttp.ts';
import { waitFor } from '../support/wait.ts';
import { boltApp, type World, world } from './bolt.ts';
import { HELLO, type StrangeSlack, strangeSlack } from './strangeSlack.ts';

let given: World;
let slack: Sandbox;
let receiver: SocketReceiver | undefined;
let strange: StrangeSlack | undefined;

beforeEach(async () => {
  given = world();
  slack = await createSandbox({ company: seededCompany(), app: seededApp(), delivery: { kind: 'socket' } });
});
afterEach(async () => {
  await receiver?.stop(200);
  receiver = undefined;
  await strange?.stop();
  strange = undefined;
  await slack.stop();
});

async function start(patience: Partial<Patience> = {}, apiUrl = slack.apiUrl): Promise<{ app: App; port: number }> {
  receiver = createSocketReceiver({
    ...given,
    appToken: seededApp().appToken,
    apiUrl,
    patience: { retry: 20, retryMax: 50, drain: 50, ...patience },
    port: 0,
    host: '127.0.0.1',
    routes: { '/healthz': (_req, res) => void res.end('well') },
  });
  const app = boltApp(receiver, given);
  return { app, port: await receiver.start() };
}

const connected = () => waitFor(() => receiver?.state() === 'connected', { what: 'a connection to Slack' });
const interactive = (payload: object) => slack.socket.send({ kind: 'interactive', payload: { ...payload } });
const happens = (id: string) => slack.socket.send({ kind: 'events_api', payload: event(id) });

describe('what arrives', () => {
  it('answers a click with what the listener acknowledges', async () => {
    const { app } = await start();
    app.action('approve', async ({ ack }) => ack({ response_action: 'clear' } as never));
    await connected();
    expect(await interactive(click('approve'))).toMatchObject({ ok: true, body: { response_action: 'clear' } });
  });

  it('answers a command', async () => {
    const { app } = await start();
    app.command('/exception', async ({ command, ack }) => ack(`You said ${command.text}`));
    await connected();
    const payload = { team_id: 'T1', user_id: 'U1', channel_id: 'C1', command: '/exception', text: 'help' };
    expect(await slack.socket.send({ kind: 'slash_commands', payload })).toMatchObject({
      ok: true,
      body: { text: 'You said help' },
    });
  });

  it('fault 4: acknowledges an event once it is stored; what could not be stored comes again and is processed', async () => {
    let times = 0;
    const { app } = await start();
    app.event('user_change', async () => {
      times += 1;
    });
    await connected();
    given.store.broken = true;
    const unstored = happens('Ev1');
    await waitFor(() => given.failures.length === 1, { what: 'the failure to store' });
    given.store.broken = false;
    expect(await happens('Ev1')).toMatchObject({ ok: true });
    await waitFor(() => times === 1, { what: 'the event to be processed' });
    slack.socket.dropAll();
    expect(await unstored).toMatchObject({ ok: false });
  });

  it('fault 14: an event that is delivered twice is acknowledged twice and processed once', async () => {
    let times = 0;
    const { app } = await start();
    app.event('user_change', async () => {
      times += 1;
    });
    await connected();
    const answers = await Promise.all([happens('Ev1'), happens('Ev1')]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    await receiver?.stop();
    expect(times).toBe(1);
  });

  it('fault 8: a listener that throws is logged with who and which request, and the next click is answered', async () => {
    const { app } = await start();
    app.action('reject', async () => {
      throw new Error('out of luck');
    });
    app.action('approve', async ({ ack }) => ack());
    await connected();
    const unanswered = interactive(click('reject'));
    const failure = await waitFor(() => given.failures[0], { what: 'the failure' });
    expect(failure).toMatchObject({ about: { user: 'U1', action: 'reject', request: 'EX-42' }, acknowledged: false });
    expect(await interactive(click('approve'))).toMatchObject({ ok: true });
    slack.socket.dropAll();
    await unanswered;
  });

  it('takes the word that events are held back for what it is, and lives on', async () => {
    const { app } = await start();
    app.action('approve', async ({ ack }) => ack());
    await connected();
    const payload = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1518467820, api_app_id: 'A1' };
    expect(await slack.socket.send({ kind: 'events_api', payload })).toMatchObject({ ok: true });
    expect(given.troubles()).toMatchObject([{ level: 'warn', team: 'T1' }]);
    expect(await interactive(click('approve'))).toMatchObject({ ok: true });
  });

  it('ignores what is no delivery, and says so', async () => {
    strange = await strangeSlack({
      says: [
        HELLO,
        'null',
        '[]',
        '{',
        '{"type":"events_api"}',
        '{"envelope_id":"1","type":"interactive","payload":null}',
      ],
    });
    await start({}, strange.apiUrl);
    await connected();
    await waitFor(() => given.troubles().length === 5, { what: 'five lines in the log' });
    expect(receiver?.state()).toBe('connected');
  });
});

describe('the connection', () => {
  it('fault 10: a refused token blocks nothing, is named with its remedy, and is tried again', async () => {
    slack.faults.add({ method: 'apps.connections.open', kind: 'error', error: 'invalid_auth', times: 2 });
    const { port } = await start({ retry: 100 });
    await waitFor(() => receiver?.state() === 'down', { what: 'the first refusal' });
    expect((await get(port, '/healthz')).status).toBe(200);
    await connected();
    const refusals = given.lines.filter(({ level }) => level === 'error');
    expect(refusals).toHaveLength(2);
    expect(refusals[0]?.reason).toMatch(/SLACK_APP_TOKEN \(invalid_auth\).*connections:write/);
  });

  it.each(['fatal_error', 'status', 'ratelimited', 'refuse'] as const)(
    'outlives an opening that ends in %s',
    async (kind) => {
      const fault = { method: 'apps.connections.open', times: 1 };
      if (kind === 'status') slack.faults.add({ ...fault, kind, status: 503 });
      else if (kind === 'ratelimited') slack.faults.add({ ...fault, kind, retryAfter: 1 });
      else slack.faults.add({ ...fault, kind });
      await start();
      await connected();
    },
  );

  it('comes back after Slack was away', async () => {
    const { app } = await start();
    app.action('approve', async ({ ack }) => ack());
    await connected();
    expect(receiver?.lostMs()).toBe(0);
    slack.down();
    await waitFor(() => receiver?.state() === 'down', { what: 'the loss to be noticed' });
    const lost = receiver?.lostMs() ?? 0;
    await waitFor(() => (receiver?.lostMs() ?? 0) > lost, { what: 'time to pass without a connection' });
    slack.up();
    await connected();
    expect(receiver?.lostMs()).toBe(0);
    expect(await interactive(click('approve'))).toMatchObject({ ok: true });
  });

  it('opens the next connection before it leaves one that Slack refreshes, so that no click falls between', async () => {
    const { app } = await start();
    app.action('approve', async ({ ack }) => ack());
    await connected();
    const counts: number[] = [];
    slack.socket.news.on((connections) => counts.push(connections));
    slack.socket.refresh();
    await waitFor(() => counts.length === 2, { what: 'the change of connections' });
    expect(counts).toEqual([2, 1]);
    expect(await interactive(click('approve'))).toMatchObject({ ok: true });
  });

  it('fault 6: replaces a connection on which nothing was heard for long', async () => {
    await start({ silence: 200 });
    await connected();
    const counts: number[] = [];
    slack.socket.news.on((connections) => counts.push(connections));
    await waitFor(() => counts.length >= 2, { what: 'another connection' });
    expect(counts.slice(0, 2)).toEqual([2, 1]);
    expect(receiver?.state()).toBe('connected');
  });

  it('fault 7: leaves a connection that answers no ping, and is connected again', async () => {
    strange = await strangeSlack({ says: [HELLO] });
    await start({ pong: 90 }, strange.apiUrl);
    await connected();
    await waitFor(() => (strange?.opened() ?? 0) >= 2, { what: 'another connection' });
    await connected();
    expect(given.troubles().map(({ msg }) => msg)).toContain('the connection to Slack was lost; opening another');
  });

  it('fault 7: a click whose connection is lost meanwhile is done to its end, though nobody hears the answer', async () => {
    let done = false;
    const { app } = await start();
    app.action('approve', async ({ ack }) => {
      slack.socket.dropAll();
      await waitFor(() => slack.socket.connections === 0, { what: 'the loss' });
      await waitFor(() => given.troubles().length > 0, { what: 'the loss to be noticed' });
      await ack();
      done = true;
    });
    await connected();
    expect(await interactive(click('approve'))).toMatchObject({ ok: false });
    await waitFor(() => done, { what: 'the listener to end' });
    expect(given.lines.map(({ msg }) => msg)).toContain('an acknowledgement was lost');
    expect(given.failures).toEqual([]);
  });

  it('does not wait for ever for a hello', async () => {
    strange = await strangeSlack({ says: [] }, { says: [HELLO] });
    await start({ hello: 100 }, strange.apiUrl);
    await connected();
    expect(given.troubles()).toMatchObject([{ level: 'error', reason: 'Slack said no hello in time' }]);
  });

  it('stops for good: what is under way is acknowledged first, and no connection stays', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const { app } = await start();
    app.action('approve', async ({ ack }) => {
      begin();
      await work;
      await ack();
    });
    await connected();
    const answer = interactive(click('approve'));
    await begun;
    const stopped = receiver?.stop();
    finish();
    expect(await answer).toMatchObject({ ok: true });
    await stopped;
    await waitFor(() => slack.socket.connections === 0, { what: 'the connection to close' });
  });
});
