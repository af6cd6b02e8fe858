import { SocketModeClient } from '@slack/socket-mode';
import { afterEach, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { signature } from '../../src/sandbox/delivery/sign.ts';
import { type Listener, quiet, type Started, startListener, startSandbox } from './support.ts';

let started: Started;
let app: Listener;
const start = async (acknowledgeMs: number) => {
  started = await startSandbox({ acknowledgeMs, eventRetryDelaysMs: [0, 10, 20] });
  app = await startListener(started.sandbox);
};
/** For tests in which the app keeps silent: Slack's three seconds made short. */
const startImpatient = async () => {
  await app.stop();
  await started.stop();
  await start(400);
};
beforeEach(() => start(3000));
afterEach(async () => {
  await app.stop();
  await started.stop();
});

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const never = () => new Promise<never>(() => undefined);
/** Resolves once the app was sent `count` things. */
const delivered = (count: number) =>
  traffic(() => started.sandbox.traffic.deliveries().length >= count, `delivery ${count}`);
/** Resolves once the app has acknowledged something. */
const acknowledged = () =>
  traffic(() => started.sandbox.traffic.deliveries().some(({ status }) => status === 'ack'), 'an acknowledgement');
const traffic = async (is: () => boolean, what: string): Promise<void> => {
  if (!is()) await started.sandbox.traffic.news.next(is, 5000, what);
};

describe('over HTTP', () => {
  it('signs as Slack publishes it', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signature(SECRET, 1531420618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('sends commands as a form, clicks as a form around JSON, events as JSON, each signed', async () => {
    const { client, sandbox } = started;
    await sandbox.as('nina').command('/exception', '12 % & more');
    const elements = [
      { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' }, value: 'v1' },
    ];
    const { ts } = await client.chat.postMessage({
      channel: 'C0AUDIT',
      text: 'card',
      blocks: [{ type: 'actions', elements }],
    });
    await sandbox.as('cara').click('Go');
    await sandbox.idle();
    const [command, message, click] = app.received;
    expect(command?.payload).toMatchObject({
      command: '/exception',
      text: '12 % & more',
      user_id: 'U0NINA',
      channel_name: 'directmessage',
    });
    expect(command?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(message?.payload).toMatchObject({
      type: 'event_callback',
      event: { type: 'message', bot_id: 'B0CARVEOUT', ts },
    });
    expect(click?.payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0CARA', team_id: 'T0HARBOUR1' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0AUDIT', is_ephemeral: false },
      message: { ts, text: 'card' },
      actions: [{ action_id: 'go', type: 'button', value: 'v1' }],
    });
    for (const { headers, body } of app.received)
      expect(headers['x-slack-signature']).toBe(signature(SECRET, String(headers['x-slack-request-timestamp']), body));
  });

  it('tries an event three times more, saying which time it is and why, and stops when told', async () => {
    app.answer = () => ({ status: 500 });
    started.sandbox.as('mara').say('exceptions-manager', 'hello');
    await delivered(4);
    const retry = app.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
    expect(retry).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(new Set(app.received.map(({ payload }) => payload.event_id)).size).toBe(1);
    app.answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    started.sandbox.as('mara').say('exceptions-manager', 'again');
    await delivered(5);
    app.answer = () => ({});
    started.sandbox.as('mara').say('exceptions-manager', 'once more');
    await delivered(6);
    expect(app.received).toHaveLength(6);
  });

  it('gives an interaction three seconds, does not repeat it, and tells the person', async () => {
    await startImpatient();
    app.answer = never;
    const nina = started.sandbox.as('nina');
    expect(await nina.command('/exception')).toEqual({ ok: false, code: 'operation_timeout' });
    expect(nina.toasts()).toMatchObject([{ text: 'Carveout did not respond in time', code: 'operation_timeout' }]);
    await app.stop();
    expect(await nina.command('/exception')).toEqual({ ok: false, code: 'dispatch_failed' });
    expect(app.received).toHaveLength(1);
  });

  it('shows what a command is answered with, to the person alone or to the channel', async () => {
    const { sandbox } = started;
    const nina = sandbox.as('nina');
    app.answer = ({ payload }) =>
      payload.text === 'all' ? { body: { response_type: 'in_channel', text: 'for all' } } : { body: 'for you' };
    await nina.command('/exception', 'me', { channel: 'exceptions-manager' });
    await nina.command('/exception', 'all', { channel: 'exceptions-manager' });
    expect(nina.ephemerals().map(({ text }) => text)).toEqual(['for you']);
    expect(
      sandbox
        .as('mara')
        .channelMessages('exceptions-manager')
        .map(({ text }) => text),
    ).toEqual(['for all']);
  });

  it('delivers twice when told to, and raw requests with any signature', async () => {
    const { sandbox } = started;
    sandbox.faults.deliverTwice(1);
    await sandbox.as('nina').command('/exception');
    await sandbox.idle();
    expect(app.received).toHaveLength(2);
    expect(app.received[0]?.body).toBe(app.received[1]?.body);
    await sandbox.deliverRaw({ body: 'a=1', sign: { secret: 'wrong', timestamp: 5 }, headers: { 'x-extra': 'yes' } });
    expect(app.received.at(-1)?.headers).toMatchObject({
      'x-slack-signature': signature('wrong', 5, 'a=1'),
      'x-extra': 'yes',
    });
    await sandbox.deliverRaw({ body: 'a=1' });
    expect(app.received.at(-1)?.headers['x-slack-signature']).toBeUndefined();
  });
});

describe('response_urls', () => {
  const use = async (url: string, body: object) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return `${response.status} ${await response.text()}`;
  };

  it('are good five times, for half an hour', async () => {
    let now = Date.now();
    const timed = await startSandbox({ machineNow: () => now });
    const listener = await startListener(timed.sandbox);
    const fresh = async () => {
      await timed.sandbox.as('nina').command('/exception');
      return String(listener.received.at(-1)?.payload.response_url);
    };
    const first = await fresh();
    const answers: string[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(await use(first, { text: `${n}` }));
    expect(answers).toEqual([...Array.from({ length: 5 }, () => '200 ok'), '404 used_url']);
    const second = await fresh();
    now += 30 * 60_000 + 1;
    expect(await use(second, { text: 'late' })).toBe('404 expired_url');
    expect(await use(await fresh(), { blocks: [{ type: 'nonsense' }] })).toBe('400 invalid_blocks');
    await listener.stop();
    await timed.stop();
  });

  it('replace or delete what was clicked, ephemeral messages too', async () => {
    const { client, sandbox } = started;
    const blocks = [
      {
        type: 'actions' as const,
        elements: [{ type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' } }],
      },
    ];
    await client.chat.postEphemeral({ channel: 'C0AUDIT', user: 'U0CARA', text: 'choose', blocks });
    const cara = sandbox.as('cara');
    await cara.click('Go');
    const url = String(app.received.at(-1)?.payload.response_url);
    expect(app.received.at(-1)?.payload).toMatchObject({ container: { is_ephemeral: true } });
    await use(url, { replace_original: true, text: 'chosen' });
    expect(cara.ephemerals().map(({ text }) => text)).toEqual(['chosen']);
    await use(url, { delete_original: true });
    expect(cara.ephemerals()).toEqual([]);
  });
});

describe('over Socket Mode', () => {
  /** @param clientPingTimeout how long a client waits for a pong, and before it connects anew; milliseconds */
  const connect = async ({ clientPingTimeout = 5000 } = {}): Promise<SocketModeClient> => {
    const { sandbox } = started;
    const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } };
    const client = new SocketModeClient({
      appToken: sandbox.workspace.app.appToken,
      clientPingTimeout,
      clientOptions,
      logger: quiet,
    });
    client.on('error', () => undefined);
    await client.start();
    // It would go on connecting to what is no longer there.
    onTestFailed(() => client.disconnect());
    sandbox.deliverTo({ kind: 'socket' });
    return client;
  };

  it('needs an address from apps.connections.open, good for one connection', async () => {
    const url = started.sandbox.socket.ticketUrl(started.sandbox.origin);
    const opened = (address: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      });
    expect([await opened(url), await opened(url), await opened(`${url}x`)]).toEqual([true, false, false]);
  });

  it('sends an event again until its envelope is acknowledged', async () => {
    await startImpatient();
    const client = await connect();
    const retries: unknown[] = [];
    client.on('slack_event', async ({ ack, retry_num }) => {
      retries.push(retry_num);
      if (retries.length > 1) await ack();
    });
    started.sandbox.as('mara').say('exceptions-manager', 'hello');
    await acknowledged();
    // A machine that stood still for longer than the sandbox waits is sent it once more.
    expect(retries.length).toBeGreaterThanOrEqual(2);
    expect(retries).toEqual(retries.map((_, attempt) => attempt));
    await client.disconnect();
  });

  it('reconnects after a refresh and after a break, and delivers again', async () => {
    const client = await connect({ clientPingTimeout: 500 });
    client.on('slash_commands', async ({ ack }) => ack({ text: 'yes?' }));
    const { sandbox } = started;
    for (const trouble of [() => sandbox.socket.refresh(), () => sandbox.socket.dropAll()]) {
      const back = sandbox.socket.news.next((count) => count === 1, 5000, 'the new connection');
      trouble();
      await back;
      expect(await sandbox.as('nina').command('/exception')).toEqual({ ok: true });
    }
    expect(
      sandbox
        .as('nina')
        .ephemerals()
        .map(({ text }) => text),
    ).toEqual(['yes?', 'yes?']);
    await client.disconnect();
    if (sandbox.socket.connections > 0) await sandbox.socket.news.next((count) => count === 0, 1000, 'the hanging up');
    expect(await sandbox.as('nina').command('/exception')).toEqual({ ok: false, code: 'dispatch_failed' });
  });

  it('hands each payload to one of several connections', async () => {
    const clients = await Promise.all([connect(), connect(), connect()]);
    const heard = clients.map(() => 0);
    clients.forEach((client, index) => {
      client.on('slash_commands', async ({ ack }) => {
        heard[index] = (heard[index] ?? 0) + 1;
        await ack();
      });
    });
    for (let n = 0; n < 6; n += 1) await started.sandbox.as('nina').command('/exception');
    expect(heard).toEqual([2, 2, 2]);
    await Promise.all(clients.map((client) => client.disconnect()));
  });
});
