import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clusterVersion, DATABASE, USER } from './cluster.ts';
import { PORT } from './socket.ts';

/** Line of postmaster.pid, counted from 0, in which Postgres says where its socket lies. */
const SOCKET_LINE = 4;

/** Whether there is a database under this folder, running or not. */
export const hasCluster = (dataDir: string): boolean => clusterVersion(join(resolve(dataDir), 'cluster')) !== undefined;

/**
 * Connection string of the embedded Postgres that another process runs under this folder; undefined where none seems to run.
 * A killed one may have left its traces, so a refused connection means none.
 */
export function runningPostgres(dataDir: string): string | undefined {
  const file = join(resolve(dataDir), 'cluster', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const sockets = readFileSync(file, 'utf8').split('\n')[SOCKET_LINE];
  if (!sockets || !existsSync(join(sockets, `.s.PGSQL.${PORT}`))) return undefined;
  return `postgresql://${USER}@/${DATABASE}?${new URLSearchParams({ host: realpathSync(sockets), port: PORT })}`;
}
