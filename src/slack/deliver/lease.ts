/** What only one worker may do at a time, over all replicas. */
import { setTimeout as delay } from 'node:timers/promises';
import { Later } from '../../app/later.ts';
import { claim, type Lease, release } from '../../store/pace.ts';
import type { Deps } from './deps.ts';

const LOOK_AGAIN = 50;
const GIVE_BACK_AGAIN = 250;

/**
 * @param act gets how many milliseconds of the lease remain
 * @throws Later where somebody else is at it for longer than a worker waits
 */
export async function alone<T>(deps: Deps, what: string, act: (remaining: () => number) => Promise<T>): Promise<T> {
  if (deps.onlyOne) return act(() => deps.timing.lease);
  const lease = await waitFor(deps, `lease/${what}`);
  const end = performance.now() + deps.timing.lease;
  try {
    return await act(() => end - performance.now());
  } finally {
    await giveBack(deps, lease, end);
  }
}

/**
 * Never throws: what happened is the work's own error. Where the database took the connection away, everybody else would wait
 * for the lease to run out, so it is given back as soon as another connection can be had.
 */
async function giveBack(deps: Deps, lease: Lease, end: number): Promise<void> {
  try {
    await release(deps.db, deps.teamId, lease);
  } catch (error) {
    if (performance.now() > end) return deps.log.info({ err: error, lease: lease.bucket }, 'a lease ran out');
    void delay(GIVE_BACK_AGAIN, undefined, { ref: false }).then(() => giveBack(deps, lease, end));
  }
}

async function waitFor({ db, teamId, timing }: Deps, bucket: string): Promise<Lease> {
  const giveUp = performance.now() + timing.patience;
  for (;;) {
    const lease = await claim(db, teamId, bucket, timing.lease);
    if (lease) return lease;
    if (performance.now() > giveUp) throw new Later(`another worker holds ${bucket}`, 1_000);
    await delay(LOOK_AGAIN);
  }
}
