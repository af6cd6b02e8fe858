import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError, errorCode } from './errors.ts';

/** Postgres puts it into the name of its socket; nothing listens on a network port. */
export const PORT = '5432';

/** Where a path of a socket ends on the strictest system (macOS); Linux has four bytes more. */
const MAX_SOCKET_PATH = 103;

/** Where the Unix socket of a cluster lies: in the cluster, or in a short private folder when that path is too long. */
export function socketFolder(cluster: string): string {
  if (Buffer.byteLength(join(cluster, `.s.PGSQL.${PORT}`)) <= MAX_SOCKET_PATH) return cluster;
  // The same name every time: runs that were killed leave one folder, not one each.
  const folder = join('/tmp', `carveout-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(folder);
  const isPrivate = (mode & 0o077) === 0 && uid === process.getuid?.();
  if (!isPrivate) {
    throw new EmbeddedPostgresError(
      `Somebody else made ${folder}, where the database's socket must lie: remove it, or set CARVEOUT_DATA to a shorter path.`,
    );
  }
  return folder;
}

export function removeSocketFolder(folder: string, cluster: string): void {
  if (folder !== cluster) rmSync(folder, { recursive: true, force: true });
}
