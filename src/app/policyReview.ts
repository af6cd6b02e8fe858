/** The one way an order reaches a review of the policy. */
import { decideReview, evolveReview, type ReviewCommand, type ReviewRefusal } from '../core/policyReview.ts';
import type { ReviewLog } from './ports.ts';
import { untilFirst } from './tries.ts';

/**
 * @param key of the modal that was sent, under which it counts once; null for what the program does
 * @returns `first`: somebody else opened a review of that number
 */
export const handleReview = (
  log: ReviewLog,
  teamId: string,
  review: number,
  command: ReviewCommand,
  key: string | null = null,
): Promise<'done' | 'first' | ReviewRefusal> =>
  untilFirst(`policy review ${review}`, async () => {
    const { state, version, head } = await log.load(teamId, review);
    if (state && command.type === 'open') return 'first';
    const events = decideReview(state, command);
    if ('refused' in events) return events;
    const next = events.reduce(evolveReview, state);
    if (!next || events.length === 0) return 'done';
    const intents = [{ kind: 'policy_review', review } as const];
    const erase = events.flatMap((event) => (event.type === 'policy_review_erased' ? event.contents : []));
    const outcome = await log.append({
      teamId,
      expectedVersion: version,
      head,
      state: next,
      events,
      intents,
      key,
      erase,
    });
    if (outcome !== 'conflict') return 'done';
    return command.type === 'open' ? 'first' : outcome;
  });
