/** Puts the demo together: Postgres, the local Slack with its past, the bot, and what the page shows of it. */
import { parseArgs } from 'node:util';
import { type Bot, PolicyFileError, startBot } from '../bot.ts';
import type { Env } from '../config.ts';
import { EmbeddedPostgresError } from '../embedded/errors.ts';
import { startEmbeddedPostgres } from '../embedded/launcher.ts';
import { createLogger, type Log } from '../log.ts';
import { createSandbox, type Sandbox, type SandboxOptions, type Saved, seededCompany } from '../sandbox/index.ts';
import { connect } from '../store/connect.ts';
import { workspaceSince } from '../store/due.ts';
import { migrate } from '../store/migrate.ts';
import { demoApp } from './app.ts';
import { type DemoClock, openClock } from './clock.ts';
import { keepSlack, readSlack, writeSlack } from './memory.ts';
import { panelsOf } from './panels.ts';
import { makePast } from './past.ts';
import { OthersDataError, startOver } from './startOver.ts';
import { TOUR } from './tour.ts';

const PAGE_PORT = 3000;
const USAGE = `npm run demo -- [--empty] [--reset]
  --empty  a company that has never used the bot; only where there is no past yet
  --reset  forget what happened in this demo, and start over`;

type Settings = { dataDir: string; policyFile: string; port: number; empty: boolean; reset: boolean };

export async function runDemo(args: string[], env: Env): Promise<void> {
  try {
    const demo = await startDemo(settingsOf(args, env), createLogger({ level: 'warn' }));
    process.stdout.write(welcome(demo));
    let isStopping = false;
    const stop = async () => {
      if (isStopping) return;
      isStopping = true;
      await demo.stop();
      process.exit(0);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    const expected = [EmbeddedPostgresError, PolicyFileError, OthersDataError, UsageError].some(
      (kind) => error instanceof kind,
    );
    process.stderr.write(`${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`);
    process.exit(1);
  }
}

class UsageError extends Error {}

function settingsOf(args: string[], env: Env): Settings {
  const { CARVEOUT_DATA: dataDir = './data', CARVEOUT_POLICY: policyFile = './policy.yaml' } = env;
  const places = { dataDir, policyFile, port: Number(env.PORT ?? PAGE_PORT) };
  try {
    const options = { empty: { type: 'boolean', default: false }, reset: { type: 'boolean', default: false } } as const;
    return { ...places, ...parseArgs({ args, options }).values };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

type Demo = { page: string; botPort: number; stop(): Promise<void> };

async function startDemo(settings: Settings, log: Log): Promise<Demo> {
  const { dataDir, policyFile } = settings;
  const app = demoApp();
  const { team } = seededCompany();
  if (settings.reset) await startOver(dataDir, team.id, log);
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  await migrate({ connectionString: postgres.url });
  const { db, close } = connect(postgres.url, log, 3);
  const isNew = !settings.empty && (await workspaceSince(db, team.id)) === null;
  const state = isNew ? await pastIn(postgres.url, settings, log) : await readSlack(dataDir);

  const clock = await openClock(db, team.id);
  let bot: Bot | undefined;
  const sandbox = await openSandbox(settings.port, {
    ...{ company: seededCompany(), app, panels: panelsOf(db, team.id), tour: TOUR, ...(state && { state }) },
    ...timeOf(clock, async () => bot?.catchUp()),
  });
  const keeping = keepSlack(dataDir, sandbox, (error) => log.warn({ err: error }, 'the local Slack cannot be kept'));
  const { botToken, signingSecret } = app;
  const slack = { botToken, apiUrl: sandbox.apiUrl, delivery: { mode: 'http' as const, signingSecret } };
  const config = { slack, port: 0, databaseUrl: postgres.url, dataDir, policyFile, logLevel: 'warn' as const };
  bot = await startBot({ config, databaseUrl: postgres.url, log, clock });
  const { port: botPort, ready, stop } = bot;
  sandbox.deliverTo({ kind: 'http', url: `http://127.0.0.1:${botPort}/slack/events` });
  await ready;
  return {
    page: sandbox.origin,
    botPort,
    async stop() {
      await stop();
      await keeping();
      await sandbox.stop();
      await close();
      await postgres.stop();
    },
  };
}

async function pastIn(databaseUrl: string, { dataDir, policyFile }: Settings, log: Log): Promise<Saved> {
  const past = await makePast({ databaseUrl, app: demoApp(), policyFile, until: new Date().toISOString(), log });
  await writeSlack(dataDir, past);
  return past;
}

/**
 * Messages carry the business clock's time: a card that says "decide by Thursday" was posted before Thursday, and an
 * escalation after the card it is about, wherever the clock was moved to.
 */
const timeOf = (clock: DemoClock, catchUp: () => Promise<void>) => ({
  now: () => Date.parse(clock.now()),
  clock: { now: () => new Date(clock.now()), jumps: clock.jumps },
  onClock: async (to: Date) => {
    await clock.moveTo(to);
    await catchUp();
  },
});

/** On the port people expect, or on any free one where that is taken. */
const openSandbox = (port: number, options: SandboxOptions): Promise<Sandbox> =>
  createSandbox({ ...options, port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return createSandbox({ ...options, port: 0 });
  });

/** Seconds since this program was started, loading it included. */
const welcome = ({ page, botPort }: Demo): string => `
Carveout is ready after ${process.uptime().toFixed(1)} s. Nothing leaves this machine.

  Open ${page} in a browser: a short tour begins there.

  The bot's own figures: http://127.0.0.1:${botPort}/metrics and /readyz
  Check the record in another terminal: npx node src/cli.ts audit verify
  Stop with Ctrl-C; it goes on where it stopped. Start over with: npm run demo -- --reset
`;
