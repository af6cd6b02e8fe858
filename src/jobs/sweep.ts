/** Hands every request whose time has come the command `tick`. Which these are stands in the database, not in a timer. */
import { handle } from '../app/handle.ts';
import type { Clock, EventLog } from '../app/ports.ts';
import { SYSTEM } from '../core/events.ts';
import type { Log } from '../log.ts';
import { dueRequests } from '../store/due.ts';
import type { Db } from '../store/schema.ts';

export type SweepOptions = { db: Db; events: EventLog; clock: Clock; teamId: string; log: Log };
/** How many requests were looked at, and how many of these could not be. */
export type Swept = { seen: number; failed: number };

const BATCH = 50;
/** Requests that are ticked at once; each has a stream of its own. */
const AT_ONCE = 4;

/**
 * Several replicas may sweep at once: an escalation is an event, and of two appends one is first. A request that fails is
 * logged, stays due, and holds up none of the others.
 */
export async function sweep({ db, events, clock, teamId, log }: SweepOptions): Promise<Swept> {
  const at = clock.now();
  const swept: Swept = { seen: 0, failed: 0 };
  let last: { attentionAt: string; number: number } | null = null;

  async function tick(number: number): Promise<void> {
    try {
      await handle(events, teamId, { type: 'tick', by: SYSTEM, at }, { number, key: null });
    } catch (error) {
      swept.failed++;
      log.error({ request: number, err: error }, 'a request could not be checked; the next sweep tries again');
    }
  }

  for (;;) {
    const due: { attentionAt: string; number: number }[] = await dueRequests(db, teamId, at, last, BATCH);
    swept.seen += due.length;
    for (let from = 0; from < due.length; from += AT_ONCE)
      await Promise.all(due.slice(from, from + AT_ONCE).map(({ number }) => tick(number)));
    last = due.at(-1) ?? null;
    if (!last || due.length < BATCH) return swept;
  }
}
