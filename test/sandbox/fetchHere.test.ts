import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quiet, refusal, type Started, startSandbox } from './support.ts';

let started: Started;
let here: WebClient;
beforeEach(async () => {
  started = await startSandbox();
  const { apiUrl, fetch } = started.sandbox;
  here = new WebClient(started.sandbox.workspace.app.botToken, {
    ...{ slackApiUrl: apiUrl, fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: quiet },
  });
});
afterEach(() => started.stop());

describe('an app in the same process, which calls without a connection', () => {
  it('is answered what it is answered over HTTP, headers included', async () => {
    const [byHttp, answer] = await Promise.all([started.client.auth.test(), here.auth.test()]);
    expect(answer).toEqual(byHttp);
    expect(answer.response_metadata?.scopes).toContain('chat:write');
  });

  it('posts what people see, and its calls stand in the traffic', async () => {
    await here.chat.postMessage({ channel: 'C0MANAGE', text: 'from here' });
    expect(started.sandbox.messages().map(({ text }) => text)).toEqual(['from here']);
    expect(started.sandbox.traffic.calls('chat.postMessage')).toHaveLength(1);
  });

  it('is refused where it would be refused', async () => {
    const { sandbox } = started;
    expect(await refusal(here.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' }))).toBe('channel_not_found');
    sandbox.faults.add({ method: 'auth.test', times: 1, kind: 'ratelimited', retryAfter: 7 });
    await expect(here.auth.test()).rejects.toMatchObject({ retryAfter: 7 });
    sandbox.down();
    await expect(here.auth.test()).rejects.toThrow();
    sandbox.up();
    sandbox.admin.revokeToken({ silent: true });
    expect(await refusal(here.auth.test())).toBe('token_revoked');
  });

  it('sends files over HTTP, like everybody', async () => {
    const { files } = await here.filesUploadV2({
      file: Buffer.from('a,b\n'),
      filename: 'a.csv',
      channel_id: 'C0MANAGE',
    });
    expect(files?.[0]).toMatchObject({ ok: true });
  });
});
