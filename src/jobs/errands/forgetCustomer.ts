/** A request's customer was erased: a review of the policy that is named after them forgets them with its last request. */
import { handleReview } from '../../app/policyReview.ts';
import type { Clock, ReviewLog } from '../../app/ports.ts';
import { SYSTEM } from '../../core/events.ts';
import type { Log } from '../../log.ts';
import { nameless } from '../../store/policyReviews.ts';
import type { Db } from '../../store/schema.ts';

type Deps = { db: Db; reviews: ReviewLog; clock: Clock; teamId: string; log: Log; wake(): void };

/** Done again, it finds nothing more to forget. */
export const forgetCustomerWith =
  ({ db, reviews, clock, teamId, log, wake }: Deps) =>
  async ({ number }: { number: number }): Promise<void> => {
    for (const review of await nameless(db, teamId, number)) {
      await handleReview(reviews, teamId, review, { type: 'forget', by: SYSTEM, at: clock.now() });
      log.info({ review }, 'a policy review forgot its customer');
      wake();
    }
  };
