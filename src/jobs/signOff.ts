/** Asks for the sign-off of reports that nobody has signed in time. */
import type { Clock, WeekLog } from '../app/ports.ts';
import { handleWeek } from '../app/weekReview.ts';
import { SYSTEM } from '../core/events.ts';
import { isRefusal } from '../core/refusal.ts';
import { nextChase } from '../core/weekReview.ts';
import type { Log } from '../log.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';
import { unsignedOf } from '../store/weekReviews.ts';

type SignOffOptions = { db: Db; weeks: WeekLog; policies: Policies; clock: Clock; teamId: string; log: Log };

/**
 * Records each that is due to be asked for, and owes the asking. Of several replicas one is first.
 * @returns the weeks recorded by this call
 */
export async function chaseSignOffs(options: SignOffOptions): Promise<string[]> {
  const { db, weeks, policies, clock, teamId, log } = options;
  const { zone, sign_off_within: within } = (await policies.current()).document.wiring;
  const at = clock.now();
  const unsigned = await unsignedOf(db, teamId, at, zone);
  const chased: string[] = [];
  for (const state of unsigned) {
    const due = nextChase(state, within);
    if (due === null || due > at) continue;
    const result = await handleWeek(weeks, teamId, state.week, { type: 'chase', by: SYSTEM, at, within });
    if (!isRefusal(result) && result.recorded) chased.push(state.week);
  }
  if (chased.length > 0) log.info({ weeks: chased }, 'reports that nobody has signed off in time');
  return chased;
}
