import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { startEmbeddedPostgres } from '../../src/embedded/launcher.ts';
import { withClient } from '../support/database-url.ts';

export const HOLDER = fileURLToPath(new URL('./holder.ts', import.meta.url));
export const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

const Report = z.object({ url: z.string(), pid: z.number(), error: z.string() }).partial();

/** A folder that goes when the test is over. */
export function temporaryFolder(parent: string = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'carveout-embedded-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let pristine: Promise<string> | undefined;

/** A data folder with a database in it, copied (making one takes a second), that goes when the test is over. */
export async function databaseFolder(parent?: string): Promise<string> {
  pristine ??= makePristine();
  const folder = temporaryFolder(parent);
  cpSync(await pristine, folder, { recursive: true });
  return folder;
}

async function makePristine(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'carveout-pristine-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  await postgres.stop();
  return folder;
}

/** For the end of a file that copied data folders. */
export async function removePristine(): Promise<void> {
  if (pristine !== undefined) rmSync(await pristine, { recursive: true, force: true });
  pristine = undefined;
}

/** Another Node process that starts the embedded Postgres on the folder and holds it. */
export async function hold(dataDir: string, options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [HOLDER, dataDir], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => finish(child, 'SIGTERM'));
  if (child.stdout === null) throw new Error('the holder has no output');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    node: child.pid ?? 0,
    kill: () => finish(child, 'SIGKILL'),
    stop: () => finish(child, 'SIGTERM'),
    ...Report.parse(JSON.parse(line)),
  };
}

async function finish(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** First column of the first row. */
export async function ask(url: string | undefined, sql: string): Promise<unknown> {
  if (url === undefined) throw new Error('there is no database to ask');
  return withClient(url, async (client) => Object.values((await client.query(sql)).rows[0] ?? {})[0]);
}

/** Whether the process lives; one that only waits for its parent to take note of its end does not. */
export function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  if (process.platform === 'linux') return commandLine(String(pid)) !== '';
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Linux: pids of the running processes whose command line contains all the words. */
export function processesWith(...words: string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => words.every((word) => commandLine(pid).includes(word)))
    .map(Number);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
