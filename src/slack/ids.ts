/** Names that travel to Slack and back, declared once, and the codecs of what buttons and modals carry. */
import { z } from 'zod';
import { file } from '../core/events/content.ts';
import { escalationKind, instant, stage } from '../core/values.ts';

export const COMMAND = '/exception';

/** Callback ids of the shortcuts that the manifest declares. */
export const SHORTCUT = {
  /** Anywhere in Slack. */
  ask: 'request_exception',
  /** On a message, whose text becomes evidence. */
  askAboutMessage: 'request_exception_about_message',
  /** On a message that names a request. */
  complain: 'customer_complaint',
} as const;

export const ACTION = {
  approve: 'approve',
  reject: 'reject',
  requestInfo: 'request_info',
  details: 'details',
  answer: 'answer',
  withdraw: 'withdraw',
  conflict: 'conflict',
  acknowledge: 'acknowledge',
  nudge: 'nudge',
  /** Opens the state as it is now: on direct messages. */
  open: 'open',
  /** The overflow of a card; the option's value is `{action, ref}`. */
  more: 'more',
  /** The request form again: to change what was asked, to complete what is missing, to ask anew for what was rejected. */
  amend: 'amend',
  askAgain: 'ask_again',
  draftContinue: 'draft_continue',
  draftDiscard: 'draft_discard',
  /** On the card of a policy review. */
  closeReview: 'close_review',
  /** In the decision modal: one more condition, the other act, and on to the next of the queue. */
  addCondition: 'add_condition',
  switchAct: 'switch_act',
  next: 'next',
  /** Turns the pages of a modal that holds more than one. */
  page: 'page',
  pageBack: 'page_back',
} as const;

/** Of the Home tab, and of what opens from it. */
export const HOME = {
  ask: 'home_ask',
  find: 'home_find',
  /** What was typed and not sent. */
  continue: 'home_continue',
  discard: 'home_discard',
  refresh: 'home_refresh',
  /** Opens the decision of a request in the queue; the modal ends in the next one. */
  decide: 'home_decide',
  previous: 'home_previous',
  next: 'home_next',
  /** Shows what was snoozed, or hides it again. */
  snoozed: 'home_snoozed',
  /** The tick beside a row. */
  pick: 'home_pick',
  /** What is to be done with the ticked rows. */
  bulk: 'home_bulk',
  /** Pages of what was found. */
  earlier: 'found_earlier',
  later: 'found_later',
} as const;

/** Acts on one request that have a button and mostly a modal of the same name: see `deeds/`. */
export const DEEDS = [
  'object',
  'pick_tier',
  'correct',
  'return',
  'hand_over',
  'take_back',
  'take',
  'assign',
  'close_question',
  'reopen_question',
  'complain',
  'expedite',
  'place_hold',
  'release_hold',
  'retry_sources',
  'execute',
  'meet_condition',
  'close',
  'check_effectiveness',
] as const;
export type DeedName = (typeof DEEDS)[number];

export const VIEW = {
  request: 'request',
  decide: 'decide',
  requestInfo: 'request_info',
  answer: 'answer',
  withdraw: 'withdraw',
  details: 'details',
  closeReview: 'close_review',
  find: 'find',
  found: 'found',
  reassign: 'reassign',
  /** Says one thing and has nothing to submit: loading, a refusal, a result. */
  notice: 'notice',
} as const;

/** Inputs of the request form; block id and action id are the same. */
export const FIELD = {
  policy: 'policy',
  asksFor: 'asks_for',
  deviation: 'deviation',
  value: 'value',
  customer: 'customer',
  rationale: 'rationale',
  impact: 'impact',
  evidence: 'evidence',
  category: 'category',
  severity: 'severity',
  alreadyHappened: 'already_happened',
  urgent: 'urgent',
  neededBy: 'needed_by',
  beneficiary: 'beneficiary',
  otherRule: 'other_rule',
  unmeasured: 'unmeasured',
  files: 'files',
  /** Files that came with the form: of the message it is about, of a draft, of the request as it was. */
  keptFiles: 'kept_files',
  component: 'component',
  errorType: 'error_type',
  confidential: 'confidential',
  /** Of the other modals. */
  question: 'question',
  answer: 'answer',
  reason: 'reason',
  person: 'person',
  query: 'query',
  holdKind: 'hold_kind',
  source: 'source',
  outcome: 'outcome',
  /** Of the decision modal; conditions are numbered from 1: `condition_1`. */
  checks: 'checks',
  standardReason: 'standard_reason',
  condition: 'condition',
  conditionOwner: 'condition_owner',
  conditionDue: 'condition_due',
  assignee: 'assignee',
  tier: 'tier',
  missing: 'missing',
  missingWords: 'missing_words',
  /** Of the record that is closed; the whys are numbered from 1: `why_1`. */
  cause: 'cause',
  happened: 'happened',
  fixed: 'fixed',
  why: 'why',
  actionText: 'action_text',
  actionOwner: 'action_owner',
  actionDue: 'action_due',
  checkOn: 'check_on',
  /** Of a correction; not those of the request form, which is followed otherwise. */
  correctRule: 'correct_rule',
  correctCategory: 'correct_category',
  correctAsksFor: 'correct_asks_for',
  correctDeviation: 'correct_deviation',
} as const;

/** What the ids of fields for further inputs of a category begin with, before the id of the input. */
export const INPUT = 'inputs.';
export const inputField = (id: string): `inputs.${string}` => `${INPUT}${id}`;

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

/** What a button about an escalation carries. */
export const escalationRef = z.strictObject({ v: V, n: z.int().positive(), k: escalationKind, d: instant });
export type EscalationRef = z.infer<typeof escalationRef>;

/** What an answer button and its modal carry. */
export const questionRef = z.strictObject({ v: V, n: z.int().positive(), q: z.int().positive() });
export type QuestionRef = z.infer<typeof questionRef>;

/** What the decision modal carries: the act, and what its reader had before their eyes. */
export const decisionMeta = z.strictObject({
  v: V,
  n: z.int().positive(),
  act: z.enum(['approve', 'reject']),
  seen: z.strictObject({ round: z.int().positive(), stage, contentHash: z.string() }),
  /** Opened from the queue: the answer leads on to the next. */
  q: z.literal(true).optional(),
});
export type DecisionMeta = z.infer<typeof decisionMeta>;

/** What the buttons carry that turn the pages of a request's details. */
export const pageRef = z.strictObject({ v: V, n: z.int().positive(), p: z.int().nonnegative() });
export type PageRef = z.infer<typeof pageRef>;

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

/** What the modal that gives requests to somebody else carries. */
export const reassignMeta = z.strictObject({ v: V, ns: z.array(z.int().positive()).min(1) });

/** What was looked for, and which page of it is shown. */
export const foundMeta = z.strictObject({ v: V, q: z.string(), page: z.int().nonnegative() });
export type FoundMeta = z.infer<typeof foundMeta>;

type Carried =
  | (Ref | DeedRef | ReviewRef | Choice | EscalationRef | QuestionRef | DecisionMeta | FormMeta)
  | (PageRef | HomePage | FoundMeta | z.infer<typeof bare> | z.infer<typeof reassignMeta>);

export const encode = (value: Carried): string => JSON.stringify(value);

/** @returns null for what this program did not write: another version, another app, or a forgery */
export function decode<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
