/**
 * What Carveout costs on this machine, over loopback, with the embedded Postgres and fsync. Parts can be named:
 * `npm run bench -- decisions startup --rounds 5 --requests 2000 --connections 16,64`, `npm run bench -- sweep --due 200`,
 * `npm run bench -- audit --requests 1000000 --in /a/disk/with/room`
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSandbox, seededApp, seededCompany } from '../src/sandbox/index.ts';
import { measureAudit } from './audit/measure.ts';
import { compareDecisions } from './decisions.ts';
import { median } from './report.ts';
import { measureStartups } from './startup.ts';
import { TOKEN } from './submission.ts';
import { measureSweep } from './sweep.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string' },
    connections: { type: 'string', default: '16,64' },
    due: { type: 'string', default: '200' },
    in: { type: 'string', default: tmpdir() },
  },
});
const [rounds, due] = [Number(values.rounds), Number(values.due)];
const folder = mkdtempSync(join(values.in, 'carveout-bench-'));

const PARTS = { decisions, startup, sweep, audit };
/** Without being named: an audit of ten million events fills a disk for the better part of an hour. */
const USUAL = ['decisions', 'startup', 'sweep'];
const asked = positionals.length > 0 ? positionals : USUAL;
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
  const connections = values.connections.split(',').map(Number);
  await compareDecisions(folder, botEnv, { rounds, requests: Number(values.requests ?? 2000), connections });
}

async function startup(): Promise<void> {
  mkdirSync(join(folder, 'idle'));
  const env = { ...botEnv, CARVEOUT_DATA: join(folder, 'idle') };
  const starts = await measureStartups(env, join(folder, 'startup.log'), rounds);
  const told = (figures: number[]) =>
    `${median(figures).toFixed(0)} (from ${Math.min(...figures).toFixed(0)} to ${Math.max(...figures).toFixed(0)})`;
  console.log(`median of ${rounds} starts`);
  console.log(
    `ms from start to the first acknowledgement ${told(starts.map((start) => start.firstAcknowledgementMs))}`,
  );
  console.log(`MB resident when idle ${told(starts.map((start) => start.idleRssMb))}`);
}

async function sweep(): Promise<void> {
  await measureSweep(folder, { rounds, due });
}

async function audit(): Promise<void> {
  await measureAudit(folder, { rounds, requests: Number(values.requests ?? 1_000_000) });
}
