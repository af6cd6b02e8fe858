/** The policy's say on time: calendars, deadlines, reminders, ladders, and how long an exception is good for. */
import { z } from 'zod';
import { calendar } from './calendar.ts';
import { duration, UNIT } from './duration.ts';
import { id } from './id.ts';
import { type EscalationKind, escalationKind, holdKind, priority, role } from './values.ts';

/**
 * To whom a step of a ladder goes: a role, `turn` (whoever's turn it is), `authorizer` (who authorizes at its tier) or
 * `next_tier` (who authorizes one tier above).
 */
const recipient = z.union([role, z.enum(['turn', 'authorizer', 'next_tier'])]);
export type Recipient = z.infer<typeof recipient>;

const step = z.strictObject({
  to: recipient,
  /**
   * By when somebody must have acknowledged it, in working time for all but complaints; `same_day` for the end of the
   * business day. Unacknowledged, the next step follows. Left out on the last one.
   */
  within: z.union([duration, z.literal('same_day')]).optional(),
  priority,
});
export type LadderStep = z.infer<typeof step>;
const ladder = z.array(step).min(1).max(6);

type Ladders = Record<EscalationKind, LadderStep[]>;

const LADDERS: Omit<Ladders, 'complaint'> = {
  sla_imminent: [
    { to: 'ops_supervisors', within: UNIT.h, priority: 'high' },
    { to: 'next_tier', priority: 'high' },
  ],
  sla_breached: [
    { to: 'ops_supervisors', within: 2 * UNIT.h, priority: 'high' },
    { to: 'next_tier', within: 4 * UNIT.h, priority: 'high' },
    { to: 'executives', priority: 'urgent' },
  ],
  authority_exceeded: [
    { to: 'authorizer', within: 'same_day', priority: 'normal' },
    { to: 'ops_supervisors', priority: 'normal' },
  ],
  hold_overdue: [
    { to: 'ops_supervisors', within: 4 * UNIT.h, priority: 'normal' },
    { to: 'managers', priority: 'high' },
  ],
  execution_overdue: [
    { to: 'operations', within: 4 * UNIT.h, priority: 'normal' },
    { to: 'ops_supervisors', priority: 'high' },
  ],
  condition_overdue: [
    { to: 'operations', within: 8 * UNIT.h, priority: 'normal' },
    { to: 'ops_supervisors', priority: 'high' },
  ],
};

/** A complaint's first step is as long as `complaint_within` says. */
export const laddersOf = (
  rules: { complaint_within: number; ladders: Partial<Ladders> },
  kind: EscalationKind,
): LadderStep[] => rules.ladders[kind] ?? (kind === 'complaint' ? complaint(rules.complaint_within) : LADDERS[kind]);

const complaint = (within: number): LadderStep[] => [
  { to: 'customer_success', within, priority: 'urgent' },
  { to: 'ops_supervisors', priority: 'urgent' },
];

export const timing = {
  /** Working hours by name, which tiers and categories may use. */
  calendars: z.record(id, calendar).default({}),
  /** The one for whatever names none; left out, time runs around the clock. */
  calendar: id.optional(),
  /** Whether `escalate_before` is what is left of the working time, or of the clock. */
  escalate_in: z.enum(['working_time', 'elapsed_time']).default('working_time'),
  /** Holds during which the deadline stands still. */
  holds_pause: z.array(holdKind).default([]),
  /** Percent of the time to decide at which those whose turn it is are reminded. */
  remind_at: z.array(z.int().min(1).max(99)).max(5).default([50, 75]),
  ladders: z.partialRecord(escalationKind, ladder).default({}),
  /** Working time within which a hold is cleared up, and an approval carried out. */
  hold_within: duration.default(24 * UNIT.h),
  execute_within: duration.default(72 * UNIT.h),
  /** How long after its day an unmet condition ends the approval, once it was warned of. */
  condition_grace: duration.default(7 * UNIT.d),
  /** How long an approval is good for; left out, as long as the approver says, or without end. */
  validity: z
    .strictObject({
      /** For where the approver says nothing; left out, as long as the maximum allows. */
      default: duration.optional(),
      max: duration.optional(),
    })
    .refine((value) => (value.default ?? 0) <= (value.max ?? Number.POSITIVE_INFINITY), {
      path: ['default'],
      message: 'expected no longer than max',
    })
    .optional(),
  /** How often an exception can be renewed. */
  renewals: z.int().nonnegative().max(100).default(2),
};
