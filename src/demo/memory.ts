/** What was said in the local Slack, kept beside the database, which remembers where the bot's messages stand. */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox, Saved } from '../sandbox/index.ts';

const FILE = 'slack.json';
const EVERY_MS = 2_000;

/** The key that signs the demo's checkpoints, and the file to which they are published. */
export const sealFiles = (dataDir: string): { keyFile: string; file: string } => ({
  keyFile: join(dataDir, 'demo-seal.pem'),
  file: join(dataDir, 'demo-checkpoints.txt'),
});

const hasSlack = (dataDir: string): boolean => existsSync(join(dataDir, FILE));

/** Undefined where nothing was kept yet. */
export const readSlack = async (dataDir: string): Promise<Saved | undefined> =>
  hasSlack(dataDir) ? (JSON.parse(await readFile(join(dataDir, FILE), 'utf8')) as Saved) : undefined;

/** Whole or not at all: a demo that is killed meanwhile finds what was there before. */
export async function writeSlack(dataDir: string, saved: Saved): Promise<void> {
  const draft = join(dataDir, `${FILE}.new`);
  await writeFile(draft, JSON.stringify(saved), { mode: 0o600 });
  await rename(draft, join(dataDir, FILE));
}

/** Writes every few seconds while something changes. @returns a function that writes the last of it and ends this */
export function keepSlack(dataDir: string, sandbox: Sandbox, onError: (error: unknown) => void): () => Promise<void> {
  let isNew = true;
  let writing = Promise.resolve();
  const off = sandbox.workspace.changes.on(() => {
    isNew = true;
  });
  const write = () => {
    if (!isNew) return;
    isNew = false;
    writing = writing.then(() => writeSlack(dataDir, sandbox.save())).catch(onError);
  };
  const timer = setInterval(write, EVERY_MS);
  return async () => {
    off();
    clearInterval(timer);
    write();
    await writing;
  };
}

/** Forgets all that a demo left in the folder, and touches nothing else in it. */
export async function forget(dataDir: string): Promise<void> {
  await rm(join(dataDir, 'cluster'), { recursive: true, force: true });
  const { keyFile, file } = sealFiles(dataDir);
  for (const left of [join(dataDir, FILE), keyFile, file]) await rm(left, { force: true });
}
