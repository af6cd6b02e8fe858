/**
 * What Carveout costs on this machine, over loopback, with the embedded Postgres and fsync. Parts can be named:
 * `npm run bench -- decisions startup --rounds 5 --requests 2000`, `npm run bench -- sweep --due 200`
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSandbox, seededApp, seededCompany } from '../src/sandbox/index.ts';
import { compareDecisions } from './decisions.ts';
import { measureStartup } from './startup.ts';
import { TOKEN } from './submission.ts';
import { measureSweep } from './sweep.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '2000' },
    due: { type: 'string', default: '200' },
  },
});
const [rounds, requests, due] = [Number(values.rounds), Number(values.requests), Number(values.due)];
const folder = mkdtempSync(join(tmpdir(), 'carveout-bench-'));

const PARTS = { decisions, startup, sweep };
const asked = positionals.length > 0 ? positionals : Object.keys(PARTS);
const sandbox = await createSandbox({ company: seededCompany(), app: seededApp() });
const botEnv = { SLACK_BOT_TOKEN: TOKEN, SLACK_API_URL: sandbox.apiUrl };
try {
  for (const part of asked) {
    if (!(part in PARTS)) throw new Error(`There is no part ${part}; there are ${Object.keys(PARTS).join(', ')}.`);
    await PARTS[part as keyof typeof PARTS]();
    console.log('');
  }
} finally {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function decisions(): Promise<void> {
  await compareDecisions(folder, botEnv, { rounds, requests });
}

async function startup(): Promise<void> {
  mkdirSync(join(folder, 'idle'));
  const env = { ...botEnv, CARVEOUT_DATA: join(folder, 'idle') };
  const { firstAcknowledgementMs, idleRssMb } = await measureStartup(env, join(folder, 'startup.log'));
  console.log(`from start to the first acknowledgement ${firstAcknowledgementMs.toFixed(0)} ms`);
  console.log(`resident when idle ${idleRssMb.toFixed(0)} MB`);
}

async function sweep(): Promise<void> {
  await measureSweep(folder, { rounds, due });
}
