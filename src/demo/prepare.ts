/** Run by npm after an install: makes the demo's past ahead, so that its first start need not. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { prepare } = await import('./preparing.ts');
await prepare(process.env);
