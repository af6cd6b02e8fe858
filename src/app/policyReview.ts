/** The one way an order reaches a review of the policy. */
import { decideReview, evolveReview, type ReviewCommand, type ReviewRefusal } from '../core/policyReview.ts';
import type { ReviewLog } from './ports.ts';

/** Two owners who close it at the same moment, and a request that comes in: nobody waits for more than these. */
const TRIES = 10;

/**
 * @param key of the modal that was sent, under which it counts once; null for what the program does
 * @returns `first`: somebody else opened a review of that number
 */
export async function handleReview(
  log: ReviewLog,
  teamId: string,
  review: number,
  command: ReviewCommand,
  key: string | null = null,
): Promise<'done' | 'first' | ReviewRefusal> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { state, version, head } = await log.load(teamId, review);
    if (state && command.type === 'open') return 'first';
    const events = decideReview(state, command);
    if ('refused' in events) return events;
    const next = events.reduce(evolveReview, state);
    if (!next || events.length === 0) return 'done';
    const intents = [{ kind: 'policy_review', review } as const];
    const outcome = await log.append({ teamId, expectedVersion: version, head, state: next, events, intents, key });
    if (outcome !== 'conflict') return 'done';
    if (command.type === 'open') return 'first';
  }
  throw new Error(`policy review ${review}: others kept being first, ${TRIES} times`);
}
