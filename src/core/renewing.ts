/** Going on with an exception that ends: another request, decided anew, as often as the policy says. */
import type { Renewal } from './events/timing.ts';
import type { Rules } from './policy.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { ExceptionRequest, Status } from './request.ts';
import { holds, isAuditor, over, type Standing } from './standing.ts';

/** A request that renews another, while it is in review or approved. */
export type RenewedBy = { number: number; status: Status };

/** What a submission that renews must know: the request to renew, and whether it is renewed already. */
export type Renewing = { of: ExceptionRequest | null; renewedBy: RenewedBy | null };

/**
 * Whether the person may ask for this exception to go on. Null lets pass; else `auditor`, `not_yours_to_renew`, `not_approved`,
 * `request_over`, `no_end`, `already_ended` where it was revoked, `renewed_already`, `renewals_used_up`.
 * @param rules the current ones, under which the renewal is asked for
 */
export function mayRenew(
  state: ExceptionRequest,
  by: string,
  standing: Standing,
  rules: Rules,
  renewedBy: RenewedBy | null,
): Refusal | null {
  const own = by === state.owner || by === state.requester;
  if (!own && isAuditor(standing)) return refuse({ why: 'auditor' });
  if (!own && !holds(standing, 'operations')) return refuse({ why: 'not_yours_to_renew' });
  return renewable(state, rules.renewals, renewedBy);
}

/**
 * The same of the exception itself, whoever asks.
 * @param allowed how often the policy lets it be renewed
 */
export function renewable(state: ExceptionRequest, allowed: number, renewedBy: RenewedBy | null): Refusal | null {
  if (state.status === 'in_review') return refuse({ why: 'not_approved' });
  if (state.status !== 'approved') return over(state);
  const { ended, validity } = state;
  if (ended?.how === 'revoked') return refuse({ why: 'already_ended', how: 'revoked', by: ended.by, at: ended.at });
  if (!ended && !validity) return refuse({ why: 'no_end' });
  if (renewedBy) return refuse({ why: 'renewed_already', renewal: renewedBy.number });
  return renewalOf(state).times > allowed ? refuse({ why: 'renewals_used_up', allowed }) : null;
}

/** What the next request says of the one that it renews. */
export const renewalOf = ({ number, renews }: ExceptionRequest): Renewal => ({
  number,
  times: (renews?.times ?? 0) + 1,
});
