import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, type AppOptions, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createSandbox, type Sandbox, type SandboxOptions, seededApp, seededCompany } from '../../src/sandbox/index.ts';

/** The clients say on standard error what these tests provoke on purpose. */
export const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export type Started = { sandbox: Sandbox; client: WebClient; stop: () => Promise<void> };

export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Started> {
  const sandbox = await createSandbox({ company: seededCompany(), app: seededApp(), ...options });
  const client = new WebClient(sandbox.workspace.app.botToken, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });
  return { sandbox, client, stop: () => sandbox.stop() };
}

/** A Bolt app that is no part of this project, reached over HTTP or Socket Mode. */
export async function startBolt(
  sandbox: Sandbox,
  over: 'http' | 'socket',
  listen: (app: App) => void,
): Promise<() => Promise<void>> {
  const { botToken, appToken, signingSecret } = sandbox.workspace.app;
  const common: AppOptions = {
    token: botToken,
    logger: quiet,
    clientOptions: { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } },
    deferInitialization: true,
  };
  if (over === 'socket') {
    const app = new App({ ...common, socketMode: true, appToken });
    listen(app);
    await app.init();
    await app.start();
    sandbox.deliverTo({ kind: 'socket' });
    return async () => void (await app.stop());
  }
  const receiver = new HTTPReceiver({ signingSecret, logger: quiet });
  const app = new App({ ...common, receiver });
  listen(app);
  await app.init();
  const server = await app.start(0);
  const { port } = server.address() as AddressInfo;
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  return async () => void (await app.stop());
}

/** The error code of a refused call. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code ?? String(error),
  );

type Received = { headers: IncomingHttpHeaders; body: string; payload: Record<string, unknown> };
export type Listener = {
  received: Received[];
  answer: (received: Received) => Reply | Promise<Reply>;
  stop: () => Promise<void>;
};
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** The plainest app there is: notes what arrives and answers what it is told to. */
export async function startListener(sandbox: Sandbox): Promise<Listener> {
  const listener: Listener = { received: [], answer: () => ({}), stop: async () => undefined };
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const part of req.setEncoding('utf8')) body += part;
    const form =
      req.headers['content-type'] === 'application/json' ? undefined : Object.fromEntries(new URLSearchParams(body));
    const payload =
      form === undefined ? JSON.parse(body) : form.payload === undefined ? form : JSON.parse(form.payload);
    const received = { headers: req.headers, body, payload };
    listener.received.push(received);
    const { status = 200, body: answer, headers = {} } = await listener.answer(received);
    res
      .writeHead(status, headers)
      .end(answer === undefined ? '' : typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  listener.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return listener;
}
