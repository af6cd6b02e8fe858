/** What buttons and modals carry to Slack and back: their shapes, and how these are written and read. */
import { z } from 'zod';
import { file } from '../core/events/content.ts';
import { EVERY } from '../core/request.ts';
import { escalationKind, instant, stage, tier } from '../core/values.ts';
import { ACTION, DEEDS } from './ids.ts';

/** Raised when a shape below changes, so that a button drawn by an older program is recognised, not misread. */
const V = z.literal(1);

/** What a button about a request carries: which request, and the round and stage it was drawn at. */
export const ref = z.strictObject({ v: V, n: z.int().positive(), r: z.int().positive(), s: stage.nullable() });
export type Ref = z.infer<typeof ref>;

/** What an option of a card's overflow carries. */
export const choice = z.strictObject({ action: z.enum([ACTION.conflict, ...DEEDS]), ref });
export type Choice = z.infer<typeof choice>;

/** What the button and the modal of a deed carry: which request, and which hold, condition, question or round of it. */
export const deedRef = z.strictObject({ v: V, n: z.int().positive(), i: z.int().positive().optional() });
export type DeedRef = z.infer<typeof deedRef>;

/** What became of what was approved. An `execute` button has its place here, from 1, as its `i`: that one is chosen then. */
export const EXECUTED = ['done', 'could_not'] as const;

/** What the button and the modal of a policy review carry: which review. */
export const reviewRef = z.strictObject({ v: V, review: z.int().positive() });
export type ReviewRef = z.infer<typeof reviewRef>;

/** What the button and the modal carry by which a week's report is signed off. */
export const weekRef = z.strictObject({ v: V, week: z.string() });
export type WeekRef = z.infer<typeof weekRef>;

/** What a button about an escalation carries; `u`: until when its reader is on it. */
export const escalationRef = z.strictObject({
  v: V,
  n: z.int().positive(),
  k: escalationKind,
  d: instant,
  u: instant.optional(),
});
type EscalationRef = z.infer<typeof escalationRef>;

/** What the button carries that gives a request to the next tier: which tier that was as it was drawn. */
export const rerouteRef = z.strictObject({ v: V, n: z.int().positive(), t: tier });
type RerouteRef = z.infer<typeof rerouteRef>;

/** What an answer button and its modal carry. */
export const questionRef = z.strictObject({ v: V, n: z.int().positive(), q: z.int().positive() });
type QuestionRef = z.infer<typeof questionRef>;

/** What the decision modal carries: the act, and what its reader had before their eyes. */
export const decisionMeta = z.strictObject({
  v: V,
  n: z.int().positive(),
  act: z.enum(['approve', 'reject']),
  seen: z.strictObject({ round: z.int().positive(), stage, contentHash: z.string() }),
  /** Opened from the queue: the answer leads on to the next. */
  q: z.literal(true).optional(),
  /** When its reader first had it before them, on the machine's clock; epoch milliseconds. */
  o: z.int().positive().optional(),
});
export type DecisionMeta = z.infer<typeof decisionMeta>;

/** What the buttons carry that turn the pages of a request's details. */
export const pageRef = z.strictObject({ v: V, n: z.int().positive(), p: z.int().nonnegative() });
type PageRef = z.infer<typeof pageRef>;

/** What the request form carries: the door it came through, and what stood behind the command. */
export const formMeta = z.strictObject({
  v: V,
  origin: z.enum(['slash_command', 'shortcut', 'message_shortcut', 'home']),
  /** The request that is changed or completed; left out for a new one. */
  n: z.int().positive().optional(),
  /** The version of that request which was before the eyes of whoever changes it. */
  at: z.int().positive().optional(),
  /** The version whose form was open when others changed the request: what they changed is shown. */
  was: z.int().positive().optional(),
  /** The rejected request that it asks again for. */
  again: z.int().positive().optional(),
  /** The approved exception that it renews. */
  renews: z.int().positive().optional(),
  /** Files that came with it, of which those count that stay ticked. */
  files: z.array(file).max(10).optional(),
  /** When what it continues was typed. */
  since: instant.optional(),
  /** When something else was typed that has not been sent, and that typing in this form replaces. */
  other: instant.optional(),
  /** How often what stands in its fields was replaced: their blocks are named anew then, or Slack would keep the old. */
  pass: z.int().positive().optional(),
});
export type FormMeta = z.infer<typeof formMeta>;

/** What a button that turns the pages of a part of Home carries. */
export const homePage = z.strictObject({
  v: V,
  part: z.enum(['waiting', 'yours', 'tasks']),
  page: z.int().nonnegative(),
});
export type HomePage = z.infer<typeof homePage>;

/** What buttons of Home carry that need to say no more. */
export const bare = z.strictObject({ v: V });

/** What the modal in which an absence is set carries: the request for which cover is sought. */
export const awayMeta = z.strictObject({ v: V, n: z.int().positive().optional() });
type AwayMeta = z.infer<typeof awayMeta>;

/** What the button carries that ends an absence: whose, and which of theirs. */
export const absenceRef = z.strictObject({ v: V, p: z.string(), a: z.int().positive() });
export type AbsenceRef = z.infer<typeof absenceRef>;

/** What the modal that gives requests to somebody else carries. */
export const reassignMeta = z.strictObject({ v: V, ns: z.array(z.int().positive()).min(1) });

/** What the button of a reminder carries: the how manieth to its reader. */
export const pingRef = z.strictObject({ v: V, ping: z.int().positive() });
type PingRef = z.infer<typeof pingRef>;

/** What was looked for, and which page of it is shown. */
export const foundMeta = z.strictObject({ v: V, q: z.string(), page: z.int().nonnegative() });
export type FoundMeta = z.infer<typeof foundMeta>;

/** Which requests an auditor looks at, by how they stand, and which page of them. */
export const everyMeta = z.strictObject({ v: V, s: z.enum(EVERY), page: z.int().nonnegative() });
export type EveryMeta = z.infer<typeof everyMeta>;

type Carried =
  | PingRef
  | (WeekRef | EveryMeta)
  | (Ref | DeedRef | ReviewRef | Choice | EscalationRef | RerouteRef | QuestionRef | DecisionMeta | FormMeta)
  | (AwayMeta | AbsenceRef | PageRef | HomePage | FoundMeta | z.infer<typeof bare> | z.infer<typeof reassignMeta>);

export const encode = (value: Carried): string => JSON.stringify(value);

/** @returns null for what this program did not write: another version, another app, or a forgery */
export function decode<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
