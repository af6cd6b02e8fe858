import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { createClient, type SlackFailure, slackError } from '../../src/slack/client.ts';

let server: Server | undefined;
let asked = 0;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  asked = 0;
});

/** What the client makes of an answer that Slack, or something on the way to it, may give. */
async function failureOf(answer: (res: ServerResponse) => void): Promise<SlackFailure | null> {
  server = createServer((req, res) => {
    asked++;
    req.resume().on('end', () => answer(res));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return failureAt((server.address() as AddressInfo).port);
}
async function failureAt(port: number): Promise<SlackFailure | null> {
  const client = createClient({
    ...{ token: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/api/`, log: createLogger({ level: 'silent' }) },
  });
  const error = await client.chat.postMessage({ channel: 'C1', text: 'hello' }).then(
    () => new Error('it worked'),
    (failure: unknown) => failure,
  );
  return slackError(error);
}
const json =
  (body: object, status = 200, headers = {}) =>
  (res: ServerResponse) =>
    void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('a call that fails', () => {
  it("has Slack's own code, and what Slack says about it", async () => {
    const response_metadata = { messages: ['[ERROR] too many blocks'] };
    expect(await failureOf(json({ ok: false, error: 'invalid_blocks', response_metadata }))).toEqual({
      code: 'invalid_blocks',
      messages: ['[ERROR] too many blocks'],
    });
  });

  it('for a limit says how long to wait, and ten seconds where Slack does not (faults 34, 36)', async () => {
    expect(await failureOf(json({ ok: false }, 429, { 'retry-after': '7' }))).toEqual({
      ...{ code: 'ratelimited', retryAfter: 7 },
    });
    server?.close();
    expect(await failureOf(json({ ok: false }, 429))).toEqual({ code: 'ratelimited', retryAfter: 10 });
    server?.close();
    expect(await failureOf(json({ ok: false, error: 'rate_limited' }))).toEqual({
      code: 'ratelimited',
      retryAfter: 10,
    });
  });

  it('is not repeated by the client: the first attempt may have been heard', async () => {
    expect(await failureOf((res) => void res.writeHead(503).end())).toEqual({ code: 'http_503' });
    expect(asked).toBe(1);
  });

  it('without an answer may have been carried out', async () => {
    expect(await failureOf((res) => void res.socket?.destroy())).toEqual({ code: 'no_answer' });
  });

  it('with an answer that breaks off may have been carried out', async () => {
    const half = (res: ServerResponse) => {
      res.writeHead(200, { 'content-length': '100' }).write('{"ok":');
      res.socket?.end();
    };
    expect(await failureOf(half)).toEqual({ code: 'no_answer' });
  });

  it('with the page of a proxy in between may have been carried out', async () => {
    expect(await failureOf((res) => void res.writeHead(200).end('<h1>Bad gateway</h1>'))).toEqual({
      code: 'no_answer',
    });
  });

  it('where nobody listens was certainly not carried out', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await failureAt(port)).toEqual({ code: 'unreachable' });
  });

  it('for a reason of our own is no failure of Slack', () => {
    expect(slackError(new TypeError('undefined is not a function'))).toBeNull();
  });
});
