/** `npm run demo`: a company, its Slack and the bot, all on this machine and with no account anywhere. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runDemo } = await import('./demo/run.ts');
await runDemo(process.argv.slice(2), process.env);
