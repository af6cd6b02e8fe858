/** A check of the whole record that can be stopped at any time and gone on with. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { openLanes } from '../../store/audit/lanes.ts';
import type { Pass } from '../../store/audit/pass.ts';
import { type Outside, type Progress, type Verdict, verifyChains } from '../../store/audit/verify.ts';
import type { Db } from '../../store/schema.ts';
import { CommandError, reasonOf } from '../command.ts';

type Checking = {
  db: Db;
  url: string;
  teamId: string;
  outside: Outside;
  logOnly: boolean;
  /** Where it is kept how far one has come. */
  file: string | undefined;
  onProgress(progress: Progress): void;
};
export type Resumed = {
  /** Names of the copies outside that were given. */
  copies: string[];
};

/** How long what was done may be lost at most, milliseconds. */
const SAVE_EVERY = 500;

export async function verifyResumed({
  db,
  url,
  teamId,
  outside,
  logOnly,
  file,
  onProgress,
}: Checking): Promise<Verdict & Resumed> {
  const from = file ? await readPass(file, teamId, logOnly) : undefined;
  let threads: ReturnType<typeof openLanes> | null = null;
  // Threads take longer to start than a small record takes to be read.
  const lanes = ({ bounds }: Pass) => {
    threads = bounds.length > 0 ? openLanes(url, availableParallelism()) : null;
    return threads?.lanes ?? null;
  };
  let saved = Number.NEGATIVE_INFINITY;
  let writing = false;
  const onStep = async (pass: Pass) => {
    if (!file || writing || performance.now() - saved < SAVE_EVERY) return;
    writing = true;
    await writePass(file, pass);
    saved = performance.now();
    writing = false;
  };
  try {
    const options = { outside, logOnly, lanes, onProgress, onStep, ...(from && { from }) };
    const verdict = await verifyChains(db, teamId, options);
    if (file) await rm(file, { force: true });
    return { ...verdict, copies: outside.copies.map(({ name }) => name) };
  } finally {
    await (threads as ReturnType<typeof openLanes> | null)?.close();
  }
}

/** @returns undefined where there is none yet @throws CommandError where it is of something else */
async function readPass(file: string, teamId: string, logOnly: boolean): Promise<Pass | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CommandError(`${file} cannot be read (${reasonOf(error)}).`);
  });
  if (text === null) return undefined;
  const no = (why: string) => new CommandError(`${file} ${why}: name another file, or remove it to begin anew.`);
  try {
    const pass: Pass = JSON.parse(text);
    if (pass.format !== 1) throw new SyntaxError();
    if (pass.teamId !== teamId) throw no(`is about the workspace ${pass.teamId}`);
    if ((pass.logOnly ?? false) !== logOnly) throw no(`was begun with${logOnly ? 'out' : ''} --log-only`);
    return pass;
  } catch (error) {
    throw error instanceof CommandError ? error : no('says nothing about a check that was begun');
  }
}

/** Whole or not at all: whoever stops it may do so at this moment. */
async function writePass(file: string, pass: Pass): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(pass));
  await rename(`${file}.part`, file);
}
