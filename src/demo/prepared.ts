/**
 * A past that was made ahead, when the packages were installed (`prepare.ts`). A first start copies it, where it would have
 * to make it: the very same past, some minutes or hours older. It lies beside the packages and goes with them.
 */
import { hash } from 'node:crypto';
import { constants, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instant } from '../core/values.ts';
import { hasCluster } from '../embedded/running.ts';
import type { Settings } from './settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where it is kept. */
const PREPARED = join(ROOT, 'node_modules/.cache/carveout/past');

/** Beside what a demo keeps in its folder: of what it was made, and when it ends on the machine's clock. */
const LABEL = 'prepared.json';
type Label = { of: string; until: Instant };

/** Milliseconds. Whoever tries the demo is to find today's dates in it. */
const LONG_AGO = 24 * 3_600_000;

/** What the past depends on: the program, and the policy by which it was decided. */
function madeOf(policyFile: string): string {
  const programs = ['src', 'migrations'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted(),
  );
  const files = [...programs, join(ROOT, 'manifest.json'), join(ROOT, 'package-lock.json'), policyFile];
  return hash('sha256', files.map((file) => hash('sha256', readFileSync(file))).join());
}

/**
 * Keeps the past that `make` leaves in an empty folder, whole or not at all.
 * @param make returns when the past ends
 */
export async function keepPrepared(
  { policyFile }: Pick<Settings, 'policyFile'>,
  make: (folder: string) => Promise<Instant>,
  place: string = PREPARED,
): Promise<void> {
  const draft = `${place}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  try {
    const label: Label = { until: await make(draft), of: madeOf(policyFile) };
    writeFileSync(join(draft, LABEL), JSON.stringify(label));
    rmSync(place, { recursive: true, force: true });
    renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Copies the past into a folder that has none. @returns when it ends; null where the folder has a record, and where the past
 * is none of this program and policy, was made long ago, or cannot be read: then it is made as ever.
 */
export function placePrepared(
  { dataDir, policyFile, empty }: Pick<Settings, 'dataDir' | 'policyFile' | 'empty'>,
  now: Instant,
  place: string = PREPARED,
): Instant | null {
  if (empty || hasCluster(dataDir)) return null;
  const draft = join(dataDir, `unfinished-${process.pid}`);
  try {
    const { of, until } = JSON.parse(readFileSync(join(place, LABEL), 'utf8')) as Label;
    const age = Date.parse(now) - Date.parse(until);
    if (!(age >= 0 && age < LONG_AGO) || of !== madeOf(policyFile)) return null;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    cpSync(place, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
    // The database last: where it is, all is.
    for (const name of ['slack.json', 'cluster']) renameSync(join(draft, name), join(dataDir, name));
    return until;
  } catch {
    return null;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
