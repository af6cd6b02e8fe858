import { createServer, type Server } from 'node:http';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Later } from '../../src/app/later.ts';
import { fetchFile } from '../../src/slack/files.ts';

const BYTES = Buffer.from('%PDF-1.7 a contract');
const SIGN_IN = '<!DOCTYPE html><title>Sign in</title>';

/** A Slack that knows one file. */
let slack: Server;
let base = '';
let info: object = {};
let served: { status: number; type: string; body: Buffer | string };
beforeEach(async () => {
  served = { status: 200, type: 'application/pdf', body: BYTES };
  slack = createServer((request, response) => {
    if (request.url?.startsWith('/api/')) {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(info));
    }
    const allowed = request.headers.authorization === 'Bearer xoxb-1';
    const { status, type, body } = allowed ? served : { status: 200, type: 'text/html', body: SIGN_IN };
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const address = slack.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  info = { ok: true, file: described() };
});
afterEach(() => new Promise((resolve) => slack.close(resolve)));

const described = (more: object = {}) => ({
  ...{ id: 'F1', name: 'contract.pdf', size: BYTES.length, mimetype: 'application/pdf' },
  ...{ url_private_download: `${base}/download`, ...more },
});
const client = (token = 'xoxb-1') =>
  new WebClient(token, { slackApiUrl: `${base}/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });

describe('a file of Slack’s', () => {
  it('is fetched with the token, and hashed', async () => {
    expect(await fetchFile(client(), 'F1')).toMatchObject({
      ...{ name: 'contract.pdf', size: BYTES.length, mediaType: 'application/pdf' },
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  it('is not what comes where the token is refused: a page to sign in, with status 200', async () => {
    await expect(fetchFile(client('xoxb-other'), 'F1')).rejects.toThrow(/gave \d+ bytes of file F1, which has 19/);
  });

  it('is not what comes cut short', async () => {
    served.body = BYTES.subarray(0, 5);
    await expect(fetchFile(client(), 'F1')).rejects.toThrow('gave 5 bytes');
  });

  it('is tried again later where Slack is in trouble or does not let the bot', async () => {
    served.status = 503;
    await expect(fetchFile(client(), 'F1')).rejects.toBeInstanceOf(Later);
    info = { ok: false, error: 'missing_scope' };
    await expect(fetchFile(client(), 'F1')).rejects.toBeInstanceOf(Later);
  });

  it.each([
    ['unknown to Slack', { ok: false, error: 'file_not_found' }],
    ['deleted', { ok: true, file: { id: 'F1', mode: 'tombstone' } }],
    ['kept elsewhere', { ok: true, file: { id: 'F1', is_external: true, url_private: 'https://drive.example/x' } }],
  ])('is lost where it is %s', async (_what, answer) => {
    info = answer;
    expect(await fetchFile(client(), 'F1')).toMatchObject({ lost: 'gone' });
  });

  it('is too large whether Slack says so or not', async () => {
    info = { ok: true, file: described({ size: 21 * 1024 * 1024 }) };
    expect(await fetchFile(client(), 'F1')).toEqual({ name: 'contract.pdf', lost: 'too_large' });
    served.body = Buffer.alloc(20 * 1024 * 1024 + 1);
    info = { ok: true, file: described() };
    expect(await fetchFile(client(), 'F1')).toEqual({ name: 'contract.pdf', lost: 'too_large' });
  });
});
