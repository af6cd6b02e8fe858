import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from './errors.ts';
import { ENVIRONMENT, type Runner } from './runner.ts';

export const USER = 'carveout';
/** Every cluster has this database; it is Carveout's own in an embedded Postgres. */
export const DATABASE = 'postgres';

const UNFINISHED = 'unfinished-';
const UNFINISHED_STALE_MS = 10 * 60_000;

/** Major version of the Postgres that made the cluster; undefined when there is none yet. */
export function clusterVersion(cluster: string): string | undefined {
  return existsSync(join(cluster, 'PG_VERSION')) ? readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim() : undefined;
}

/** uid that owns the cluster's files; undefined when there are none yet. */
export function clusterOwner(cluster: string): number | undefined {
  return statSync(cluster, { throwIfNoEntry: false })?.uid;
}

/** Hands the cluster to the user who will run Postgres on it, who must own all of it, in a folder closed to others. */
export function ownCluster(cluster: string, owner: number | undefined): void {
  chmodSync(cluster, 0o700); // copies and restored backups lose this
  if (owner === undefined || clusterOwner(cluster) === owner) return;
  for (const path of readdirSync(cluster, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(cluster, path), owner, owner);
  }
  chownSync(cluster, owner, owner);
}

/**
 * Makes a new cluster. It is built beside its final place and renamed, so that a run killed half-way leaves nothing that
 * looks like a database, and of two processes that begin at once one is first.
 */
export async function createCluster(
  initdb: string,
  runner: Runner,
  dataDir: string,
  cluster: string,
  durable: boolean,
): Promise<void> {
  removeUnfinished(dataDir);
  const folder = join(dataDir, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    if (runner.owner !== undefined) chownSync(folder, runner.owner, runner.owner);
    const [command = initdb, ...args] = [
      ...runner.prefix,
      initdb,
      '-D',
      folder,
      '-U',
      USER,
      '--auth=trust',
      '-E',
      'UTF8',
    ];
    // The locale comes with Postgres, so that text sorts the same on every machine.
    args.push('--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions', ...(durable ? [] : ['--no-sync']));
    await promisify(execFile)(command, args, { env: ENVIRONMENT, cwd: '/' });
    renameSync(folder, cluster);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  }
}

// Left by killed runs. Another process may be making its own at this moment: only old ones go.
function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const folder = join(dataDir, name);
    if (!name.startsWith(UNFINISHED)) continue;
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > UNFINISHED_STALE_MS) rmSync(folder, { recursive: true, force: true });
  }
}
