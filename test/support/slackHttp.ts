import { createHmac } from 'node:crypto';
import { request } from 'node:http';

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const FORM = 'application/x-www-form-urlencoded';

export type Post = {
  body: string;
  contentType?: string;
  /** Seconds; default now. */
  timestamp?: number | string;
  secret?: string;
  /** Over whatever is computed; undefined leaves the header out. */
  headers?: Record<string, string | undefined>;
  method?: string;
  path?: string;
};
export type Answer = { status: number; body: string; headers: Record<string, unknown> };

const sign = (timestamp: number | string, body: string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** A request as Slack makes it, signed, or with whatever the test spoils. */
export function post(port: number, options: Post): Promise<Answer> {
  const { body, contentType = FORM, timestamp = Math.floor(Date.now() / 1000), secret } = options;
  const all = {
    'content-type': contentType,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(timestamp, body, secret),
    ...options.headers,
  };
  const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const req = request(
      { port, host: '127.0.0.1', path: options.path ?? '/slack/events', method: options.method ?? 'POST', headers },
      (res) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () =>
          resolve({ status: res.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: res.headers }),
        );
      },
    );
    req.on('error', reject);
    req.end(body);
  });
}

export const get = (port: number, path: string): Promise<Answer> => post(port, { body: '', path, method: 'GET' });

export const interactive = (payload: object): Post => ({
  body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
});

export const json = (body: unknown): Post => ({ body: JSON.stringify(body), contentType: 'application/json' });

export const command = (text: string): Post => ({
  body: new URLSearchParams({
    team_id: 'T1',
    channel_id: 'C1',
    user_id: 'U1',
    command: '/exception',
    text,
    trigger_id: '1.2.x',
  }).toString(),
});

/** A click on a button that carries a request's reference. */
export const click = (actionId: string, value = '{"v":1,"n":42,"r":1,"s":"validation"}') => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  channel: { id: 'C1', name: 'exceptions' },
  trigger_id: '1.2.x',
  actions: [{ action_id: actionId, block_id: 'b', type: 'button', value, action_ts: '1.2' }],
});

export const event = (id: string, type = 'user_change') => ({
  type: 'event_callback',
  team_id: 'T1',
  api_app_id: 'A1',
  event_id: id,
  event_time: 1595926230,
  authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
  event: { type, user: { id: 'U1' }, event_ts: '1.2' },
});
