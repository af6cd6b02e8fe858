/** The small values that events, commands and state share. */
import { z } from 'zod';

/** An instant in UTC as millisecond ISO text, `2026-11-21T22:26:03.000Z`. Texts of this form sort as the instants do. */
export const instant = z.iso.datetime({ precision: 3 });
export type Instant = string;

/** A decimal as text, so that no digit is lost on its way through JSON: `12.5`. */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/**
 * Something a person typed or a source said. An event keeps the id alone and the words lie elsewhere, so that they can
 * be erased without breaking a chain: `text` is null once they are.
 */
export const words = z.object({
  /** SHA-256 over nonce and bytes, so that the id gives nothing away. */
  content: z.string(),
  nonce: z.string().nullable(),
  text: z.string().nullable(),
});
export type Words = z.infer<typeof words>;

export const TIERS = ['team_lead', 'manager', 'executive'] as const;
export const tier = z.enum(TIERS);
export type Tier = z.infer<typeof tier>;

export const stage = z.enum(['validation', 'authorization']);
export type Stage = z.infer<typeof stage>;

export const severity = z.enum(['minor', 'major', 'critical']);
export type Severity = z.infer<typeof severity>;

/** Who can be called upon. `wiring.groups` of the policy says which Slack user group, or which people, fill a role. */
export const ROLES = [
  'operations',
  'team_leads',
  'managers',
  'executives',
  'ops_supervisors',
  'customer_success',
  'compliance',
  'data_quality',
  'admins',
  /** They see everything and decide nothing. */
  'auditors',
] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

export const escalationKind = z.enum([
  'sla_imminent',
  'sla_breached',
  'authority_exceeded',
  'complaint',
  'hold_overdue',
  'execution_overdue',
  'condition_overdue',
]);
export type EscalationKind = z.infer<typeof escalationKind>;

export const priority = z.enum(['normal', 'high', 'urgent']);
export type Priority = z.infer<typeof priority>;

/** Why approvals must wait, beside the stage whose turn it is. */
export const holdKind = z.enum(['data_unavailable', 'data_conflict', 'regulatory']);
export type HoldKind = z.infer<typeof holdKind>;

/** `at` moved by `ms` milliseconds of elapsed time. */
export const plus = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** The last instant of a day, `2026-12-04`, in UTC. */
export const endOf = (day: string): Instant => `${day}T23:59:59.999Z`;

/** The `n`th weekday after `at`, at the same time of day in UTC: Saturdays and Sundays do not count. */
export function plusWeekdays(at: Instant, n: number): Instant {
  const date = new Date(at);
  for (let left = n; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left--;
  }
  return date.toISOString();
}
