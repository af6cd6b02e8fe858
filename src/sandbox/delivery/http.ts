import { asText, parseJson } from '../json.ts';
import { LIMIT } from '../limits.ts';
import type { App } from '../types.ts';
import { signedHeaders } from './sign.ts';
import type { Answer, Delivery, Transport } from './transport.ts';

const AGENT = 'Slackbot 1.0 (+https://api.slack.com/robots)';
const FORM = 'application/x-www-form-urlencoded';

/** Body and content type as Slack sends them: a form, a form around JSON, or JSON. */
function encode(delivery: Delivery): { body: string; contentType: string } {
  if (delivery.kind === 'events_api')
    return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  if (delivery.kind === 'interactive')
    return { body: new URLSearchParams({ payload: JSON.stringify(delivery.payload) }).toString(), contentType: FORM };
  const fields = Object.entries(delivery.payload).map(([key, value]): [string, string] => [key, asText(value)]);
  return { body: new URLSearchParams(fields).toString(), contentType: FORM };
}

/** Signed requests to the app's Request URL, three seconds for the answer. */
export function httpTransport(
  app: App,
  url: string,
  machineNow: () => number,
  timeoutMs: number = LIMIT.acknowledgeMs,
): Transport {
  return {
    name: 'http',
    async send(delivery): Promise<Answer> {
      const { body, contentType } = encode(delivery);
      const headers = {
        'content-type': contentType,
        'user-agent': AGENT,
        ...signedHeaders(app.signingSecret, Math.floor(machineNow() / 1000), body),
        ...(delivery.retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(delivery.retry.num), 'x-slack-retry-reason': delivery.retry.reason }),
      };
      return post(url, headers, body, timeoutMs);
    },
  };
}

async function post(
  url: string,
  headers: { [name: string]: string },
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const noRetry = response.headers.get('x-slack-no-retry') === '1';
    if (!response.ok) return { ok: false, reason: 'http_error', status: response.status, noRetry };
    return { ok: true, status: response.status, body: parseJson(text)?.value ?? text, noRetry };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return {
      ok: false,
      reason: timedOut ? 'http_timeout' : 'connection_failed',
      status: timedOut ? 'timeout' : 'no connection',
    };
  }
}
