/**
 * `npm start`. Turns on Node's cache of compiled code before anything is loaded: a second start takes half the time, and no
 * types are stripped again but this file's own.
 */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('./start.ts');
await main();
