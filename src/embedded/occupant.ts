import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './errors.ts';

/** A Postgres server started here names the Node process it works for, so that others can see who uses the database. */
const OWNER_SETTING = 'carveout.owner';
export const ownerSetting = { [OWNER_SETTING]: String(process.pid) };

const SHUTDOWN_MS = 60_000;

/**
 * Resolves once no Postgres runs on the database folder `cluster` (an absolute path). A server whose Node process was
 * killed is asked to stop; one that somebody still uses is left alone: EmbeddedPostgresError says who that is.
 */
export async function vacate(cluster: string): Promise<void> {
  const deadline = Date.now() + SHUTDOWN_MS;
  for (let asked = false; ; await delay(20)) {
    const pid = recordedPid(cluster);
    const command = pid === undefined ? undefined : commandOf(pid);
    if (pid === undefined || command === undefined) return; // Postgres itself discards the file of a dead process
    if (!isPostgresOn(command, cluster)) return discardLocks(cluster);
    refuseIfUsed(pid, command, cluster);
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `Postgres ${pid} on ${cluster} was left by a killed run and does not stop: end it, then start again.`,
      );
    }
    if (!asked) stop(pid);
    asked = true;
  }
}

function refuseIfUsed(pid: number, command: string, cluster: string): void {
  const owner = new RegExp(` ${OWNER_SETTING}=(\\d+)`).exec(command)?.[1];
  const ownerCommand = owner === undefined ? undefined : commandOf(Number(owner));
  if (owner !== undefined && ownerCommand === undefined) return;
  const who = owner === undefined ? 'started by hand' : `started by process ${owner} (${ownerCommand})`;
  throw new EmbeddedPostgresError(
    `The database in ${dirname(cluster)} is already in use by Postgres ${pid}, ${who}: stop that first, or set CARVEOUT_DATA to another folder.`,
  );
}

// SIGINT is Postgres's fast shutdown: sessions are ended, nothing committed is lost.
function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It ended in the meantime.
  }
}

function recordedPid(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

// After a power cut or a restart of the container the recorded number may belong to any process, and Postgres would
// refuse to start as long as that one lives.
function discardLocks(cluster: string): void {
  for (const file of ['postmaster.pid', '.s.PGSQL.5432.lock']) rmSync(join(cluster, file), { force: true });
}

/** Arguments of a running process, joined by blanks; undefined when it has ended (a zombie has ended too). */
function commandOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    return (
      spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || undefined
    );
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

// A server started by hand may name its folder relatively or by an environment variable: then the recorded pid decides.
function isPostgresOn(command: string, cluster: string): boolean {
  if (!/^(\S*\/)?postgres( |$)/.test(command) && !command.includes(`/postgres -D ${cluster} `)) return false;
  return command.includes(` -D ${cluster} `) || !/ -D \//.test(command);
}
