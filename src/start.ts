/** The bot against a real Slack, from the environment to the last signal; `main` calls it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClock } from './app/clock.ts';
import { type Bot, PolicyFileError, startBot } from './bot.ts';
import { ConfigError, readConfig } from './config.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';
import type { EmbeddedPostgres } from './embedded/launcher.ts';
import { createLogger, type Log } from './log.ts';
import { PortError } from './slack/receiver/httpServer.ts';

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const { delivery, botToken } = config.slack;
  const secrets = [botToken, delivery.mode === 'http' ? delivery.signingSecret : delivery.appToken];
  const log = createLogger({ level: config.logLevel, secrets });
  const postgres = config.databaseUrl ? null : await embedded(config.dataDir, log);
  const databaseUrl = config.databaseUrl ?? postgres?.url ?? '';
  const bot = await startBot({ config, databaseUrl, log, clock: createClock() }).catch(async (error: unknown) => {
    await postgres?.stop();
    throw error;
  });
  stopOnSignal(bot, postgres, log);
  // Where it never gets ready, the bot has said why.
  bot.ready.then(
    () => setTimeout(settle, STARTED_AFTER).unref(),
    () => undefined,
  );
  // Without it one forgotten promise would end the process, and with it everybody's clicks.
  process.on('unhandledRejection', (reason) =>
    log.error({ err: reason }, 'a promise was rejected and nobody was listening'),
  );
}

/** Loaded only where it is needed: a real installation has a Postgres of its own. */
async function embedded(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
  const { startEmbeddedPostgres } = await import('./embedded/launcher.ts');
  return startEmbeddedPostgres({ dataDir, log });
}

/** Milliseconds from when it is ready until what it looks for at a start has been found and told. */
const STARTED_AFTER = 5_000;

/**
 * From here on V8 compiles what runs often as well as it can, which `main.ts` put off. Loading several hundred modules lets it
 * take twice the room the bot then needs, and a process that idles reaches no collection that returns it. One of the thorough
 * kind does: 37 MB for a tenth of a second, before anybody has pressed anything.
 */
function settle(): void {
  setFlagsFromString('--turbofan');
  setFlagsFromString('--expose-gc');
  const collect: (how: object) => void = runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function stopOnSignal(bot: Bot, postgres: EmbeddedPostgres | null, log: Log): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    await bot.stop();
    await postgres?.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Starts the bot; says in one line what keeps it from starting, where that is nobody's bug. */
export async function main(): Promise<void> {
  await start().catch(complain);
}

function complain(error: unknown): void {
  const expected =
    error instanceof ConfigError ||
    error instanceof PolicyFileError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof PortError;
  const message =
    error instanceof Error ? (expected ? error.message : `${error.message}\n${error.stack}`) : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
