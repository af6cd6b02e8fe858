/** How long an approval is good for: what its approver says, within what the policy allows. */
import type { Validity } from './events/timing.ts';
import type { Rules } from './policy.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Instant, plus } from './values.ts';

/** The day in UTC on which `ms` milliseconds after the beginning of `day` are over. */
const dayAfter = (day: string, ms: number): string => plus(`${day}T00:00:00.000Z`, ms).slice(0, 10);

/** The last day that an approval from `from` on may be good for; null for no limit. */
export const latestEnd = ({ validity }: Rules, from: string): string | null =>
  validity?.max === undefined ? null : dayAfter(from, validity.max);

/** For where the approver says nothing: the policy's default, else as long as it allows; null for without end. */
export function usualValidity({ validity }: Rules, at: Instant): Validity | null {
  const length = validity?.default ?? validity?.max;
  if (length === undefined) return null;
  const from = at.slice(0, 10);
  return { from, until: dayAfter(from, length) };
}

/**
 * @param given what the approver says: null for without end, undefined where they say nothing
 * @returns refuses `validity_unfit` where it begins before today or ends before it begins, `validity_too_long` beyond the
 *   policy's maximum, counted from its first day
 */
export function validityFor(
  rules: Rules,
  given: Validity | null | undefined,
  at: Instant,
): { validity: Validity | null } | Refusal {
  const today = at.slice(0, 10);
  if (given === undefined) return { validity: usualValidity(rules, at) };
  const latest = latestEnd(rules, given?.from ?? today);
  if (latest !== null && (given === null || given.until > latest)) return refuse({ why: 'validity_too_long', latest });
  if (given === null) return { validity: null };
  if (given.from < today) return refuse({ why: 'validity_unfit', because: 'passed' });
  if (given.until < given.from) return refuse({ why: 'validity_unfit', because: 'reversed' });
  return { validity: given };
}
