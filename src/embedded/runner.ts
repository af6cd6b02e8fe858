import { execFileSync } from 'node:child_process';
import { EmbeddedPostgresError, reasonOf } from './errors.ts';

/** How to start a Postgres program: what goes before its name, and who must own its files (undefined: whoever we are). */
export type Runner = { prefix: readonly string[]; owner: number | undefined };

/** Postgres refuses to run as root and wants a name for its user; this one exists on every Linux. */
const NOBODY = 65534;

export const ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Tries the ways to run Postgres on the files in `folder` and returns the first that works, with the version of Postgres.
 * `owner` is the uid that owns the database's files already, if there are any.
 */
export function chooseRunner(
  postgres: string,
  folder: string,
  owner: number | undefined,
): { runner: Runner; major: string } {
  let failure: unknown;
  for (const runner of candidates(owner)) {
    try {
      const [command = 'sh', ...args] = [...runner.prefix, 'sh', '-c', 'cd "$2" && exec "$1" --version'];
      const options = { env: ENVIRONMENT, cwd: '/', encoding: 'utf8', stdio: 'pipe' } as const;
      const stdout = execFileSync(command, [...args, 'sh', postgres, folder], options);
      return { runner, major: /\d+/.exec(stdout)?.[0] ?? '' };
    } catch (error) {
      failure = error;
    }
  }
  throw new EmbeddedPostgresError(
    `The embedded Postgres cannot run here (${lastLine(reasonOf(failure))}): ${process.getuid?.() === 0 ? 'start as an ordinary user' : 'use a Linux with glibc'}, or set DATABASE_URL to a Postgres server.`,
  );
}

function candidates(owner: number | undefined): Runner[] {
  if (process.getuid?.() !== 0) return [{ prefix: [], owner: undefined }];
  // Files of an ordinary user stay that user's: they must be able to start without root again.
  if (owner !== undefined && owner !== 0) return [asUser(owner)];
  return [inNamespace, asUser(NOBODY)];
}

// Root's files look like nobody's in there: nothing changes its owner, and every folder that root owns can be reached.
const inNamespace: Runner = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  owner: 0,
};

// Containers often forbid user namespaces. dac_override lets the other user pass folders like /root, and without
// no_setuid_fixup access(2), by which Postgres looks for its own program, would leave that right out of account.
function asUser(uid: number): Runner {
  const ids = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const rights = [
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  return { prefix: ['setpriv', ...ids, ...rights, '--'], owner: uid };
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? text;
