/**
 * After `npm ci`: takes the types out of the bot's files and compiles those of the demo, once, so that their first starts need
 * not, nor any start in a container that cannot write. Whatever goes wrong here, they do it themselves.
 */
import { once } from 'node:events';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { isMainThread, Worker } from 'node:worker_threads';
import { keepStripped } from './stripped.ts';

if (isMainThread) {
  enableCompileCache();
  const bot = once(new Worker(new URL(import.meta.url)), 'exit');
  await Promise.allSettled([import('./demo/run.ts'), import('./demo/start.ts'), bot]);
  flushCompileCache();
} else {
  keepStripped();
  await Promise.all([import('./start.ts'), import('./embedded/launcher.ts')]);
}
// Nothing of what was loaded is to go on.
process.exit(0);
