import type { AddressInfo } from 'node:net';
import { App, type AppOptions, HTTPReceiver, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createSandbox, type Sandbox, type SandboxOptions, seededApp, seededCompany } from '../../src/sandbox/index.ts';

export type Started = { sandbox: Sandbox; client: WebClient; stop: () => Promise<void> };

export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Started> {
  const sandbox = await createSandbox({ company: seededCompany(), app: seededApp(), ...options });
  const client = new WebClient(sandbox.workspace.app.botToken, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
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
    logLevel: LogLevel.ERROR,
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
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...common, receiver });
  listen(app);
  await app.init();
  const server = await app.start(0);
  const { port } = server.address() as AddressInfo;
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${port}/slack/events` });
  return async () => void (await app.stop());
}
