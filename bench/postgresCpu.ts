import { readdirSync, readFileSync } from 'node:fs';

const MICROSECONDS_PER_TICK = 10_000;

/**
 * CPU time of a Postgres server and of all its backends, living or ended, in microseconds, to 10 ms.
 * @returns null where the system has no /proc
 */
export function postgresCpu(postmaster: number): number | null {
  const own = statOf(postmaster);
  if (!own) return null;
  const children = processes()
    .map(statOf)
    .filter((stat) => stat?.parent === postmaster);
  return children.reduce((sum, stat) => sum + (stat?.cpu ?? 0), own.cpu + own.endedChildren);
}

const processes = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger);

function statOf(pid: number): { parent: number; cpu: number; endedChildren: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses, which may hold blanks. After it: state, parent, … utime is the 12th.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map(
      (index) => fields[index],
    );
    return {
      parent,
      cpu: (utime + stime) * MICROSECONDS_PER_TICK,
      endedChildren: (cutime + cstime) * MICROSECONDS_PER_TICK,
    };
  } catch {
    return null;
  }
}
