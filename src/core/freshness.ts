/** Whether what the sources said is recent enough to decide on. */
import type { Wiring } from './policy.ts';
import { type ExceptionRequest, latestSnapshots } from './request.ts';
import { type Instant, plus } from './values.ts';

/**
 * Whether a source was last asked longer ago than its `max_age` allows, so that it is asked again before a decision modal is
 * filled. One that gave no answer then is not asked again any sooner: whoever decides would wait for it each time.
 */
export const needsFreshSources = (state: ExceptionRequest, { sources }: Wiring, now: Instant): boolean => {
  if (state.status !== 'in_review' || !state.customer) return false;
  const asked = new Map(latestSnapshots(state).map(({ source, at }) => [source, at]));
  return Object.entries(sources).some(([id, { max_age }]) => {
    if (max_age === undefined) return false;
    const at = asked.get(id);
    return at === undefined || plus(at, max_age) < now;
  });
};
