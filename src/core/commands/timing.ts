/** What time asks of people: another tier, an early end; and whether there is anybody to decide. */
import type { Context, Of, Outcome } from '../command.ts';
import { endOfApproval } from '../endings.ts';
import { tierAbove } from '../ladders.ts';
import { roleOf } from '../policy.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { type ExceptionRequest, needsTier } from '../request.ts';
import { deadlineFrom } from '../sla.ts';
import { sameStaffing } from '../staffing.ts';
import { holds, mayActAs, over } from '../standing.ts';

/** A supervisor gives it to the next tier: with the time that tier has, and a round of its own. */
export function reroute(
  state: ExceptionRequest,
  { by, at, to, reason }: Of<'reroute'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const authority = mayActAs(state, by, standing, 'ops_supervisors', rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  if (needsTier(state)) return refuse({ why: 'tier_unset' });
  const tier = tierAbove(state.tier);
  if (!tier) return refuse({ why: 'no_tier_above' });
  // Somebody else was first: it goes up once, not twice.
  if (to && to !== tier) return refuse({ why: 'changed_since' });
  if (!reason.text?.trim()) return refuse({ why: 'rationale_missing' });
  const dueAt = deadlineFrom(rules, { ...state, tier }, at);
  const { round, tierByDeviation } = state;
  // What is pressing stays so: nobody gains time by it.
  const sooner = state.expedited && state.dueAt < dueAt ? state.dueAt : dueAt;
  return [{ type: 'rerouted', by, at, round: round + 1, tier, tierByDeviation, dueAt: sooner, reason }];
}

/** Those who may authorize such a thing, and compliance, may end it before its time. */
export function revoke(
  state: ExceptionRequest,
  { by, at, words }: Of<'revoke'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const role = holds(standing, 'compliance') ? 'compliance' : roleOf('authorization', state.tier);
  const authority = mayActAs(state, by, standing, role, rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'approved') return state.status === 'in_review' ? refuse({ why: 'not_approved' }) : over(state);
  const ended = endOfApproval(state, rules, at);
  if (ended) return refuse({ why: 'already_ended', how: ended.how, by: ended.by, at: ended.at });
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'revoked', by, at, words }];
}

/** Whether anybody is there to decide it; recorded where that has changed. */
export function findStaffing(state: ExceptionRequest, { type, ...found }: Of<'find_staffing'>): Outcome {
  if (state.status !== 'in_review') return [];
  return sameStaffing(state.staffing, found) ? [] : [{ type: 'staffing_found', ...found }];
}
