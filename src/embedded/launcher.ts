import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Log } from '../log.ts';
import { findBinaries } from './binaries.ts';
import { clusterOwner, clusterVersion, createCluster, DATABASE, ownCluster, USER } from './cluster.ts';
import { EmbeddedPostgresError, reasonOf } from './errors.ts';
import { ownerSetting, vacate } from './occupant.ts';
import { chooseRunner } from './runner.ts';
import { type Server, startServer } from './server.ts';
import { PORT, removeSocketFolder, socketFolder } from './socket.ts';

export type EmbeddedPostgres = {
  /** Connection string for pg and psql. */
  url: string;
  /** Process id of the Postgres server. */
  pid: number;
  /** Resolves when Postgres has ended. Clients get a second to go by themselves. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Folder for the database; made when missing. */
  dataDir: string;
  /** false: much faster, and lost when the machine (not only this process) goes down. Default true. */
  durable?: boolean;
  /** Postgres settings by name, over the ones chosen here. */
  settings?: Record<string, string>;
  log?: Log;
};

const VOLATILE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts the Postgres that npm installed, on a Unix socket that only this user can open. It ends with this process, however
 * that ends; a database left by a killed run is taken over, one that is in use is not. Throws EmbeddedPostgresError.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? error : explained(reasonOf(error), options.dataDir);
  }
}

async function start({ dataDir, durable = true, settings, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const began = performance.now();
  const { postgres, initdb } = findBinaries();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = realpathSync(resolve(dataDir));
  const cluster = join(folder, 'cluster');
  const existing = clusterVersion(cluster);
  const { runner, major } = chooseRunner(postgres, existing ? cluster : folder, clusterOwner(cluster));
  refuseOtherVersion(existing, major, folder);
  if (existing === undefined) await createCluster(initdb, runner, folder, cluster, durable);
  await vacate(cluster);
  ownCluster(cluster, runner.owner);

  const sockets = socketFolder(cluster);
  const all = { ...defaults(sockets), ...(durable ? {} : VOLATILE), ...settings, ...ownerSetting };
  const command = [
    postgres,
    '-D',
    cluster,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const server = await startVacated(cluster, () =>
    startServer(runner, command, (line) =>
      log?.[line.includes('PANIC:') ? 'error' : 'debug']({ postgres: line }, 'postgres'),
    ),
  );
  log?.debug({ dataDir: folder, milliseconds: Math.round(performance.now() - began) }, 'embedded Postgres started');
  let stopping = false;
  void server.ended.then(() => stopping || log?.error({ dataDir: folder }, 'embedded Postgres ended unexpectedly'));
  return {
    url: `postgresql://${USER}@/${DATABASE}?${new URLSearchParams({ host: sockets, port: PORT })}`,
    pid: server.pid,
    stop: async () => {
      stopping = true;
      await server.stop();
      removeSocketFolder(sockets, cluster);
    },
  };
}

function defaults(sockets: string): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    port: PORT,
    max_connections: '50',
    shared_buffers: '64MB',
  };
}

// Another process may start on the same folder between our look and Postgres's own: look again and say who it is.
async function startVacated(cluster: string, launch: () => ReturnType<typeof startServer>): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const result = await launch();
    if ('pid' in result) return result;
    const words = result.lines.join('\n');
    if (attempt === 20 || !/lock file .* already exists|still in use/.test(words)) throw explained(words, cluster);
    await new Promise((wait) => setTimeout(wait, 100));
    await vacate(cluster);
  }
}

function refuseOtherVersion(existing: string | undefined, major: string, folder: string): void {
  if (existing === undefined || existing === major) return;
  throw new EmbeddedPostgresError(
    `The database in ${folder} was made by Postgres ${existing}, and the embedded one is Postgres ${major}: set CARVEOUT_DATA to a new folder, or DATABASE_URL to a Postgres ${existing} server on the old one.`,
  );
}

function explained(words: string, folder: string): EmbeddedPostgresError {
  if (/no space left|ENOSPC|disk quota/i.test(words)) {
    return new EmbeddedPostgresError(`The disk that holds ${folder} is full: free at least 200 MB and start again.`);
  }
  if (/permission denied|EACCES|EPERM|EROFS|read-only file system/i.test(words)) {
    return new EmbeddedPostgresError(
      `No permission to keep the database in ${folder} (${essence(words)}): set CARVEOUT_DATA to a folder that this user may write.`,
    );
  }
  return new EmbeddedPostgresError(`The embedded Postgres did not start on ${folder}: ${essence(words)}`);
}

/** The line that says what went wrong: the first fatal one, else the last. */
function essence(words: string): string {
  const lines = words.trim().split('\n');
  const fatal = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*?(?:FATAL|PANIC|error): +/, '').trim();
}
