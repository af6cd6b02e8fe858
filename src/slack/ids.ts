/** Names that travel to Slack and back, declared once, and the codecs of what buttons and modals carry. */
import { z } from 'zod';
import { escalationKind, instant, stage } from '../core/values.ts';

export const COMMAND = '/exception';

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
  component: 'component',
  errorType: 'error_type',
  confidential: 'confidential',
  /** Of the other modals. */
  question: 'question',
  answer: 'answer',
  reason: 'reason',
} as const;

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
});
export type DecisionMeta = z.infer<typeof decisionMeta>;

/** What the request form carries: the door it came through, and what stood behind the command. */
export const formMeta = z.strictObject({
  v: V,
  origin: z.enum(['slash_command', 'shortcut', 'message_shortcut', 'home']),
  /** The request that is changed or completed; left out for a new one. */
  n: z.int().positive().optional(),
  /** The rejected request that it asks again for. */
  again: z.int().positive().optional(),
});
export type FormMeta = z.infer<typeof formMeta>;

export const encode = (value: Ref | DeedRef | Choice | EscalationRef | QuestionRef | DecisionMeta | FormMeta): string =>
  JSON.stringify(value);

/** @returns null for what this program did not write: another version, another app, or a forgery */
export function decode<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
