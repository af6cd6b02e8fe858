/** From start to the first acknowledgement on the embedded database once initialised, and memory when idle. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { exchange } from './load.ts';
import { MeasuredServer } from './server.ts';
import { PORT, SECRET, signedRequest, TEAM } from './submission.ts';

export type Startup = { firstAcknowledgementMs: number; idleRssMb: number };

/** Long enough for all that a start looks for to be found and told. */
const IDLE_MS = 30_000;

/**
 * Of so many starts; the bot is started once before, so that the database is initialised.
 * @param env of the bot, with its data folder
 */
export async function measureStartups(env: Record<string, string>, output: string, starts: number): Promise<Startup[]> {
  const first = startBot(env, output);
  await first.ready('/readyz');
  await first.stop();
  const measured: Startup[] = [];
  for (let i = 0; i < starts; i++) measured.push(await measureStartup(env, output));
  return measured;
}

async function measureStartup(env: Record<string, string>, output: string): Promise<Startup> {
  const began = performance.now();
  const bot = startBot(env, output);
  try {
    await acknowledged(bot.port);
    const firstAcknowledgementMs = performance.now() - began;
    await delay(IDLE_MS);
    return { firstAcknowledgementMs, idleRssMb: (await bot.usage()).rss / 1024 / 1024 };
  } finally {
    await bot.stop();
  }
}

export const startBot = (env: Record<string, string>, output: string): MeasuredServer =>
  new MeasuredServer('../src/main.ts', PORT.carveout, output, {
    ...env,
    PORT: String(PORT.carveout),
    SLACK_SIGNING_SECRET: SECRET,
  });

/** Asks for help as a person would, until it is answered. */
async function acknowledged(port: number): Promise<void> {
  const fields = { team_id: TEAM, channel_id: 'C0GENERAL', user_id: 'U0NINA', command: '/exception', text: 'help' };
  const body = new URLSearchParams({ ...fields, trigger_id: '1.1.x' }).toString();
  for (;;) {
    if ((await attempt(port, body)).startsWith('HTTP/1.1 200')) return;
    await delay(5);
  }
}

function attempt(port: number, body: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('error', () => settle(''));
    socket.once('connect', () => exchange(socket, signedRequest(port, body)).then(settle, () => settle('')));
  });
}
