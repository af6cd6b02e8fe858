/** `npm run demo` from its arguments to the last signal. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Env } from '../config.ts';
import { startEmbeddedPostgres } from '../embedded/launcher.ts';
import { createLogger, type Log } from '../log.ts';
import { placePrepared } from './prepared.ts';
import { type Settings, settingsOf } from './settings.ts';
import type { Demo } from './start.ts';

export async function runDemo(args: string[], env: Env): Promise<void> {
  try {
    const demo = await start(settingsOf(args, env), createLogger({ level: 'warn' }));
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
    const { wordsOf } = await import('./errors.ts');
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exit(1);
  }
}

/** A new database takes as long to make as the program to load, so both are done at once. */
async function start(settings: Settings, log: Log): Promise<Demo> {
  if (settings.reset) await (await import('./startOver.ts')).startOver(settings.dataDir, log);
  const begins = placePrepared(settings, new Date().toISOString());
  const postgres = startEmbeddedPostgres({ dataDir: settings.dataDir, log });
  // Loading holds up everything else of this process: what it starts has to be started by then.
  const [database, { startDemo }] = await Promise.all([postgres, turn().then(() => import('./start.ts'))]);
  return startDemo({ settings, database, begins, log });
}

/** Seconds since this program was started, loading it included. */
const welcome = ({ page, botPort, sourcesPage }: Demo): string => `
Carveout is ready after ${process.uptime().toFixed(1)} s. Nothing leaves this machine.

  Open ${page} in a browser: a short tour begins there.

  Its three sources of facts: ${sourcesPage}. Switch one off there, or let one disagree.
  The bot's own figures: http://127.0.0.1:${botPort}/metrics and /readyz
  Check the record in another terminal: npx node src/cli.ts audit verify
  Stop with Ctrl-C; it goes on where it stopped. Start over with: npm run demo -- --reset
`;
