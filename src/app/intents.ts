/** What can be owed. An intent says to whom and about what, not what it looks like: that is drawn when it is delivered. */
import { z } from 'zod';
import { MOMENTS } from '../core/events/holds.ts';
import { escalationKind, instant, role, stage } from '../core/values.ts';

const number = z.int().positive();
/** Position in the request's stream of the event that caused it: part of the key under which a message is posted once. */
const seq = z.int().positive();

/** Why a person gets a direct message about a request. */
export const notice = z.enum([
  'received',
  'your_turn',
  'asked',
  'answered',
  'nudge',
  'over',
  /** Inputs are missing: to whoever owns the request. */
  'returned',
  /** A validator set figures right: to the owner. */
  'corrected',
  /** What they approved was changed, and counts no more. */
  'voided',
  /** Theirs by name now: a request to decide, or one to answer for. */
  'assigned',
  'handed_over',
  /** A supervisor gave it to the next tier: to those who asked. */
  'rerouted',
  /** Approvals wait: to those who clear it up, and to the owner. */
  'hold',
  'released',
  /** Approved: operations carries it out. */
  'carry_out',
  'carried_out',
  'condition',
  'closed',
  'check_effectiveness',
  /** A request of a kind that their group owns. */
  'owned',
  /** A file could not be kept as evidence: to the owner and operations. */
  'file_lost',
  /** An approved exception ends soon: to its owner; and that it has ended. */
  'ending',
  'ended',
  /** The same to operations, who see to it that nothing of it goes on. */
  'undo',
]);
export type Notice = z.infer<typeof notice>;

export const intent = z.discriminatedUnion('kind', [
  /** Draw the card and every live message about the request from the state as it is. */
  z.object({ kind: z.literal('redraw'), number }),
  /** Tell one event in the card's thread. */
  z.object({ kind: z.literal('story'), number, seq }),
  /** It is a stage's turn: call its group once in the thread, and bring the card to those who are not in the channel. */
  z.object({ kind: z.literal('call'), number, seq, round: z.int().positive(), stage }),
  /** One direct message. */
  z.object({ kind: z.literal('tell'), number, seq, person: z.string(), notice }),
  /** The same to everybody of a role. */
  z.object({ kind: z.literal('tell_role'), number, seq, role, notice }),
  /** The group that owns this kind of case hears of it: in the thread, or by direct message where it is grave. */
  z.object({ kind: z.literal('tell_owners'), number, seq }),
  /** Nudge everyone whose turn it is. */
  z.object({ kind: z.literal('nudge'), number, seq }),
  /** A direct message to everyone of the role an escalation goes to. */
  z.object({
    kind: z.literal('escalate'),
    number,
    seq,
    escalation: escalationKind,
    deadline: instant,
    step: z.int().positive().default(1),
  }),
  /** So much of the time to decide has passed: to be told to those whose turn it is, when it suits them. */
  z.object({
    kind: z.literal('remind'),
    number,
    seq,
    round: z.int().positive(),
    stage,
    percent: z.int().positive(),
    since: instant,
  }),
  /** One direct message of what waits for a person: the how manieth to them. */
  z.object({ kind: z.literal('ping'), person: z.string(), ping: z.int().positive() }),
  /** Look whether two different people are there to decide it. */
  z.object({ kind: z.literal('check_staffing'), number }),
  /** People, groups or absences may have changed: look at all open requests that it concerns. */
  z.object({ kind: z.literal('look_at_staffing') }),
  /** Whether there is anybody to decide it has changed: to its owner, the admins, and supervisors where it will be late. */
  z.object({ kind: z.literal('staffing'), number, seq }),
  /** Ask the sources about the customer, and record what they say. */
  z.object({
    kind: z.literal('read_sources'),
    number,
    seq,
    moment: z.enum(MOMENTS),
    /** A modal that waits for it: filled with the decision once they have answered. */
    fill: z
      .object({
        view: z.string(),
        person: z.string(),
        act: z.enum(['approve', 'reject']),
        /** Opened from the queue, to which it leads back. */
        queued: z.boolean().optional(),
      })
      .optional(),
  }),
  /** Fetch the bytes of a file and keep them under their hash. */
  z.object({ kind: z.literal('keep_file'), number, file: z.string() }),
  /** Look whether the same was asked for too often to be an exception. */
  z.object({ kind: z.literal('look_for_recurrence'), number }),
  /** What was recorded of somebody's absence: to themselves where others did it, and to whoever stands in. */
  z.object({ kind: z.literal('absence'), person: z.string(), seq }),
  /** The card of a policy review, drawn as it is. */
  z.object({ kind: z.literal('policy_review'), review: z.int().positive() }),
  /** The policy is to be looked at again by a day, so many days from now: to those who see to it. */
  z.object({ kind: z.literal('policy_due'), due: z.iso.date(), days: z.int().nonnegative() }),
  /** Post the report of an ISO week. */
  z.object({ kind: z.literal('digest'), week: z.string() }),
  /** What in the figures of an ISO week deserves a look, with names: to compliance, by direct message. */
  z.object({ kind: z.literal('observations'), week: z.string() }),
  /** An ISO week's report changed what it shows of itself: who signed it off. */
  z.object({ kind: z.literal('redraw_digest'), week: z.string() }),
  /** Nobody has signed off an ISO week's report in time, the how manieth time: to compliance. */
  z.object({ kind: z.literal('sign_off_due'), week: z.string(), time: z.int().positive() }),
  /** A report of a period that a person asked for: to them. `key` is of the command that asked. */
  z.object({ kind: z.literal('report'), person: z.string(), from: instant, to: instant, key: z.string() }),
  /** The evidence pack of a request that a person asked for: to them. */
  z.object({ kind: z.literal('pack'), number, person: z.string(), key: z.string() }),
  /** Words of a request were erased: lines of its threads that quoted them are drawn again. */
  z.object({ kind: z.literal('redraw_story'), number }),
  /** A request's customer was erased: reviews of the policy that are named after them forget them, once no other needs it. */
  z.object({ kind: z.literal('forget_customer'), number }),
  /** Publish the checkpoint of this size where checkpoints are published. */
  z.object({ kind: z.literal('publish_checkpoint'), size: z.int().positive() }),
  /** A direct message to the admins, or to all of these roles: something is broken, and its remedy. Once a problem a day. */
  z.object({
    kind: z.literal('alert'),
    problem: z.string(),
    text: z.string(),
    day: z.iso.date(),
    roles: z.array(role).optional(),
  }),
]);
export type Intent = z.infer<typeof intent>;
