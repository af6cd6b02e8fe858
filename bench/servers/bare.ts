/** (a) Bolt on its own HTTP receiver; it acknowledges and does nothing else. */
import { App } from '@slack/bolt';
import { CALLBACK, PORT, SECRET, TOKEN } from '../submission.ts';

const app = new App({
  token: TOKEN,
  signingSecret: SECRET,
  tokenVerificationEnabled: false,
  botId: 'B0CARVEOUT',
  botUserId: 'U0CARVEOUT',
});
app.view(CALLBACK, async ({ ack }) => ack());
await app.start({ port: PORT.bare, host: '127.0.0.1' });
