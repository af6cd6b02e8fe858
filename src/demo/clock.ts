/** The business clock of the demo: it can be moved forward, and keeps how far in the database. */
import { createClock } from '../app/clock.ts';
import type { Clock } from '../app/ports.ts';
import { type Instant, plus } from '../core/values.ts';
import { createPolicies } from '../store/policies.ts';
import { requestsInReview } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import { beginClockAt, clockOffset, moveClock } from '../store/workspaces.ts';
import { nextReportAt } from './reports.ts';

type Jump = { label: string; to: string };
export type DemoClock = Clock & {
  /** Forward only. Kept before it counts, so that a restart never goes back. */
  moveTo(to: Date): Promise<void>;
  /** Instants worth moving to. */
  jumps(): Promise<Jump[]>;
};

const HOUR = 3_600_000;
/** Open requests that are looked at for one whose deadline lies ahead. */
const MANY = 200;

/** Lets the clock begin where a past ended that was made a while ago: nothing fell due meanwhile. */
export const beginClock = (db: Db, teamId: string, at: Instant): Promise<void> =>
  beginClockAt(db, teamId, Date.parse(at) - Date.now());

export async function openClock(db: Db, teamId: string): Promise<DemoClock> {
  let offset = await clockOffset(db, teamId);
  const clock = createClock(() => offset);
  return {
    ...clock,
    async moveTo(to) {
      const wanted = to.getTime() - Date.now();
      if (wanted <= offset) return;
      await moveClock(db, teamId, wanted);
      offset = wanted;
    },
    async jumps() {
      const policies = createPolicies(db, teamId);
      const { wiring } = (await policies.current()).document;
      const now = clock.now();
      const open = await requestsInReview(db, policies, teamId, MANY);
      const nextAt = (after: number, label: string): Jump[] => {
        const next = open.find(({ state }) => plus(state.dueAt, after) > now)?.state;
        return next ? [{ label: `${label} of EX-${next.number}`, to: plus(next.dueAt, after) }] : [];
      };
      return [
        ...nextAt(-2 * HOUR, '2 h before the deadline'),
        ...nextAt(60_000, 'after the deadline'),
        { label: 'next Monday 09:00', to: nextReportAt(now, wiring.zone) },
      ];
    },
  };
}
