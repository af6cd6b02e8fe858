/** The policy's say on the procedure: which inputs a category needs, what validators tick, what counts as the same. */
import { z } from 'zod';
import { duration, UNIT } from './duration.ts';
import { id } from './id.ts';

const sentence = z.string().min(1).max(300);

/** Fields of the form that an input can stand for. */
const INPUT_FIELDS = ['policy', 'customer', 'rationale', 'impact', 'evidence'] as const;

/** Something a category needs before anybody can judge the request. */
const requiredInput = z.strictObject({
  id,
  name: z.string().min(1).max(75),
  /** Why it is needed, as the person who must find it reads it. */
  why: sentence,
  example: sentence,
  /** The field of the form that it is; left out, the form shows a field of its own for it. */
  field: z.enum(INPUT_FIELDS).optional(),
  /** The source that gives it where it answers; the requester need not type it then. */
  source: z.string().optional(),
});
export type RequiredInput = z.infer<typeof requiredInput>;

const check = z.strictObject({ id, text: z.string().min(1).max(75), required: z.boolean().default(false) });

const cause = z.strictObject({ id, name: z.string().min(1).max(75) });

const DEFAULT_CAUSES = [
  { id: 'policy-unfit', name: 'The policy does not fit the case' },
  { id: 'our-mistake', name: 'A mistake of ours' },
  { id: 'customer-situation', name: "The customer's situation" },
  { id: 'supplier', name: 'A supplier or partner' },
  { id: 'other-cause', name: 'Something else' },
];

export const procedure = {
  inputs: z.array(requiredInput).max(30).default([]),
  /** What validators tick when they confirm the details. */
  checklist: z.array(check).max(10).default([]),
  /** Sentences that suffice as rationale for confirming the details; never for rejecting or authorizing. */
  standard_reasons: z.array(z.string().min(1).max(150)).max(20).default([]),
  /** How far data that is unavailable moves the deadline, once a source. */
  data_unavailable_extension: duration.default(24 * UNIT.h),
  /** Time to decide once a manager has expedited. */
  expedited_sla: duration.default(4 * UNIT.h),
  /** Within which a complaint must be taken charge of. */
  complaint_within: duration.default(UNIT.h),
  /** After how many weekdays without an answer operations may close a question. */
  unanswered_after_days: z.number().int().positive().max(60).default(10),
  /** From how many of the same within a time the policy itself is looked at; left out, never. */
  recurrence: z
    .strictObject({
      same: z.array(z.enum(['rule', 'customer', 'category'])).min(1),
      count: z.number().int().min(2),
      within: duration,
    })
    .optional(),
  /** Requests of one customer under one rule within this time count together for the tier; left out, each counts alone. */
  splitting: z.strictObject({ within: duration }).optional(),
  /** What a closed record names as the cause. */
  causes: z.array(cause).min(1).max(50).default(DEFAULT_CAUSES),
};
