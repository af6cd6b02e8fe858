/** `npm run demo`: a company, its Slack and the bot, all on this machine and with no account anywhere. */
import { createClock } from './app/clock.ts';
import { startBot } from './bot.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';
import { startEmbeddedPostgres } from './embedded/launcher.ts';
import { createLogger } from './log.ts';
import { createSandbox, type Sandbox, seededApp, seededCompany } from './sandbox/index.ts';

const PAGE_PORT = 3000;

async function main(): Promise<void> {
  const began = performance.now();
  const log = createLogger({ level: 'warn' });
  const dataDir = process.env.CARVEOUT_DATA ?? './data';
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const app = seededApp();
  const sandbox = await openSandbox(app);
  const { botToken, signingSecret } = app;
  const slack = { botToken, apiUrl: sandbox.apiUrl, delivery: { mode: 'http' as const, signingSecret } };
  const policyFile = process.env.CARVEOUT_POLICY ?? './policy.yaml';
  const config = { slack, port: 0, databaseUrl: postgres.url, dataDir, policyFile, logLevel: 'warn' as const };
  const bot = await startBot({ config, databaseUrl: postgres.url, log, clock: createClock() });
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${bot.port}/slack/events` });
  await bot.ready;
  process.stdout.write(welcome(sandbox.origin, bot.port, (performance.now() - began) / 1000));

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await bot.stop();
    await sandbox.stop();
    await postgres.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** On the port people expect, or on any free one where that is taken. */
async function openSandbox(app: ReturnType<typeof seededApp>): Promise<Sandbox> {
  const options = { company: seededCompany(), app };
  const port = Number(process.env.PORT ?? PAGE_PORT);
  return createSandbox({ ...options, port }).catch(() => createSandbox({ ...options, port: 0 }));
}

const welcome = (page: string, botPort: number, seconds: number): string => `
Carveout is running, ready after ${seconds.toFixed(1)} s. Nothing leaves this machine.

  Open ${page} in a browser.

  1. Be Nina, type /exception and ask for something that the policy does not allow.
  2. Be Olga of operations and confirm the details on the card.
  3. Be Mara, a manager, and authorize it (from 50 % on it takes Erin, an executive).

  The bot's own figures: http://127.0.0.1:${botPort}/metrics and /readyz
  Check the record in another terminal: npx node src/cli.ts audit verify
  Stop with Ctrl-C.
`;

main().catch((error: unknown) => {
  const expected = error instanceof EmbeddedPostgresError;
  process.stderr.write(`${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = 1;
});
