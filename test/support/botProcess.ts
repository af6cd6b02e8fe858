/**
 * The bot in a process of its own, as `start.ts` starts it, but with a business clock that is moved from outside: each message
 * is how far it stands ahead of the machine's, in milliseconds, and is answered once what had fallen due was found.
 */
import { flushCompileCache } from 'node:module';
import { createClock } from '../../src/app/clock.ts';
import { startBot } from '../../src/bot.ts';
import { readConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';

let offset = Number(process.argv[2]);
const config = readConfig(process.env);
const bot = await startBot({
  config,
  databaseUrl: config.databaseUrl ?? '',
  log: createLogger({ level: config.logLevel }),
  clock: createClock(() => offset),
  speed: 50,
});
await bot.ready;
// Who is killed keeps nothing at its end, and those that come after it need not compile everything anew.
flushCompileCache();
process.on('message', async (ahead: number) => {
  offset = ahead;
  await bot.catchUp();
  process.send?.({ caughtUp: ahead });
});
// No run leaves one behind, however it ends.
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
