/** Whose act an event is, and the state that it takes for granted. */
import type { Recorded } from '../events.ts';
import type { Approved, ExceptionRequest, InReview, Mark } from '../request.ts';

export const mark = ({ by, at }: Mark): Mark => ({ by, at });

/** @throws Error where the request is decided already */
export function inReview(state: ExceptionRequest, event: Recorded): InReview {
  if (state.status !== 'in_review')
    throw new Error(`EX-${state.number}: ${event.type} came after it was ${state.status}`);
  return state;
}

/** @throws Error where the request is not approved */
export function granted(state: ExceptionRequest, event: Recorded): Approved {
  if (state.status !== 'approved')
    throw new Error(`EX-${state.number}: ${event.type} came while it was ${state.status}, not approved`);
  return state;
}
