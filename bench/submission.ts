/** What is sent: signed submissions of the decision modal, 3.7 KB each, as Slack encodes them. */
import { createHmac } from 'node:crypto';
import { type DecisionMeta, encode } from '../src/slack/carried.ts';
import { FIELD, VIEW } from '../src/slack/ids.ts';

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const TOKEN = 'xoxb-sandbox-bot-token';
export const CALLBACK = VIEW.decide;
export const PORT = { bare: 3801, oneStatement: 3802, carveout: 3803 } as const;
export const TEAM = 'T0HARBOUR1';
export const REQUESTER = 'U0NINA';
/** Of the seeded company's operations, so allowed to confirm details. */
const APPROVER = 'U0OLGA';
const BODY_BYTES = 3700;

/** The form body of an approval; `metadata` names the request and what was seen. */
export function approval(metadata: DecisionMeta, id: string): string {
  const blocks: object[] = [];
  const body = () => new URLSearchParams({ payload: JSON.stringify(payload(metadata, id, blocks)) }).toString();
  while (body().length < BODY_BYTES) blocks.push(line(blocks.length));
  return body();
}

const line = (index: number) => ({
  type: 'section',
  block_id: `line${index}`,
  text: { type: 'plain_text', text: 'Deviation from policy: 10 %', emoji: false },
});

const payload = (metadata: DecisionMeta, id: string, blocks: object[]) => ({
  type: 'view_submission',
  team: { id: TEAM, domain: 'harbour' },
  user: { id: APPROVER, username: 'olga', name: 'olga', team_id: TEAM },
  api_app_id: 'A0CARVEOUT',
  trigger_id: `${id}.1.x`,
  view: {
    id: `V${id}`,
    team_id: TEAM,
    type: 'modal',
    callback_id: CALLBACK,
    private_metadata: encode(metadata),
    hash: `1596530361.${id}`,
    state: {
      values: {
        [FIELD.rationale]: {
          [FIELD.rationale]: { type: 'plain_text_input', value: 'Checked with the customer; the figures are right.' },
        },
      },
    },
    blocks,
    previous_view_id: null,
    root_view_id: `V${id}`,
    app_installed_team_id: TEAM,
    bot_id: 'B0CARVEOUT',
  },
  response_urls: [],
});

/** A whole HTTP request as bytes, signed now: within five minutes it must be sent. */
export function signedRequest(port: number, body: string): Buffer {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const head = [
    'POST /slack/events HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)',
    'Accept: application/json,*/*',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    `X-Slack-Request-Timestamp: ${timestamp}`,
    `X-Slack-Signature: v0=${signature}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
