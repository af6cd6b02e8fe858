/** (b) The same, and one statement by hand before the acknowledgement: it inserts an event and updates a row. */
import { App } from '@slack/bolt';
import pg from 'pg';
import { CALLBACK, PORT, SECRET, TOKEN } from '../submission.ts';

const DECIDE = {
  name: 'decide',
  text: `with moved as (update plain_requests set status = 'approved', version = version + 1 where number = $1)
    insert into plain_events (number, type, actor, rationale) values ($1, 'stage_approved', $2, $3)`,
};

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const app = new App({
  token: TOKEN,
  signingSecret: SECRET,
  tokenVerificationEnabled: false,
  botId: 'B0CARVEOUT',
  botUserId: 'U0CARVEOUT',
});
app.view(CALLBACK, async ({ ack, body, view }) => {
  const { n } = JSON.parse(view.private_metadata);
  await pool.query({ ...DECIDE, values: [n, body.user.id, view.state.values.rationale?.rationale?.value] });
  await ack();
});
await app.start({ port: PORT.oneStatement, host: '127.0.0.1' });
