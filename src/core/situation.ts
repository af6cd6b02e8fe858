/** Where a request stands, in one word. */
import { conditionsOf, type ExceptionRequest, needsTier, openHolds } from './request.ts';

export const SITUATIONS = [
  /** Sent back to its owner: inputs are missing. */
  'returned',
  /** The figures cannot tell the tier. */
  'tier_unset',
  'validation',
  'validation_held',
  'authorization',
  'authorization_held',
  'to_carry_out',
  /** Could not be done so far. */
  'not_carried_out',
  /** Done, but what the approval hangs on is not. */
  'conditions_open',
  'to_close',
  /** It ended by itself, or was revoked, and its record is to be closed. */
  'lapsed',
  'revoked',
  'closed',
  /** Closed, and the day has come to see whether the corrective action helped. */
  'check_due',
  'rejected',
  'withdrawn',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export function situationOf(state: ExceptionRequest): Situation {
  switch (state.status) {
    case 'in_review':
      if (state.returned) return 'returned';
      if (needsTier(state)) return 'tier_unset';
      return openHolds(state).length > 0 ? `${state.stage}_held` : state.stage;
    case 'approved':
      if (state.closure) return state.checkDue && !state.check ? 'check_due' : 'closed';
      if (state.ended) return state.ended.how === 'revoked' ? 'revoked' : 'lapsed';
      if (!state.execution) return 'to_carry_out';
      if (state.execution.outcome === 'could_not') return 'not_carried_out';
      return conditionsOf(state).some(({ met }) => !met) ? 'conditions_open' : 'to_close';
    case 'rejected':
    case 'withdrawn':
      return state.status;
    default:
      return state satisfies never;
  }
}
