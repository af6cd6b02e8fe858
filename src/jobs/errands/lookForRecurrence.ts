/** Counts how often the same was asked for; from the policy's number on, the policy itself is looked at. */

import { toWords } from '../../app/content.ts';
import { handleReview } from '../../app/policyReview.ts';
import type { Clock, ReviewLog } from '../../app/ports.ts';
import { SYSTEM } from '../../core/events.ts';
import { type Same, sameAs, sameText } from '../../core/policyReview.ts';
import { plus } from '../../core/values.ts';
import type { Log } from '../../log.ts';
import type { Policies } from '../../store/policies.ts';
import { type Counted, countedBy, nextReview, openReviewOf, sameRequests } from '../../store/policyReviews.ts';
import type { Db } from '../../store/schema.ts';

export type RecurrenceDeps = {
  db: Db;
  reviews: ReviewLog;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
  /** Something was committed that somebody is to be told. */
  wake(): void;
};

/** Replicas that look at the same moment open one review between them. */
const TRIES = 20;

/** Done again, after a crash or by another replica, it finds its request linked and does nothing more. */
export const lookForRecurrenceWith =
  (deps: RecurrenceDeps) =>
  async ({ number }: { number: number }): Promise<void> => {
    const counted = await countedBy(deps.db, deps.teamId, number);
    if (!counted) return;
    const rules = await deps.policies.rules(counted.policyVersion);
    const same = sameAs(rules, counted);
    if (!same || !rules.recurrence) return;
    for (let attempt = 1; attempt <= TRIES; attempt++)
      if ((await look(deps, counted, same, rules.recurrence)) !== 'first') return deps.wake();
    throw new Error(`EX-${number}: others kept opening policy reviews, ${TRIES} times`);
  };

async function look(
  { db, reviews, clock, teamId, log }: RecurrenceDeps,
  { rule, submittedAt, policyVersion }: Counted,
  same: Same,
  { count, within }: { count: number; within: number },
): Promise<'done' | 'first'> {
  const open = await openReviewOf(db, teamId, same);
  const requests = await sameRequests(db, teamId, same, plus(submittedAt, -within));
  if (open === null && requests.length < count) return 'done';
  const marked = { by: SYSTEM, at: clock.now() };
  const review = open ?? (await nextReview(db, teamId));
  const opening = { review, policyVersion, rule: rule ?? '', same: toWords(sameText(same)), requests };
  const outcome = await handleReview(
    reviews,
    teamId,
    review,
    open === null ? { ...marked, type: 'open', ...opening } : { ...marked, type: 'join', requests },
  );
  if (outcome === 'done') log.info({ review, requests }, open === null ? 'a policy review was opened' : 'looked at');
  return outcome === 'first' ? 'first' : 'done';
}
