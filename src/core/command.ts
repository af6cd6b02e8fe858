/** Orders to one request, and what they need that its state does not hold. */

import type { Erasable } from './erasing.ts';
import type { Content, EvidenceFile } from './events/content.ts';
import type { Discrepancy, HoldOutcome, StoredReading } from './events/holds.ts';
import type { Exposure } from './events/submission.ts';
import type { EventOf, Recorded } from './events.ts';
import type { Rules } from './policy.ts';
import type { Refusal } from './refusal.ts';
import type { Renewing } from './renewing.ts';
import type { Standing } from './standing.ts';
import type { EscalationKind, HoldKind, Instant, Stage, Tier, Words } from './values.ts';

type Facts<T extends Recorded['type']> = Omit<EventOf<T>, 'type' | 'by' | 'at'>;

/** What the decider had before their eyes. */
export type Seen = { round: number; stage: Stage; contentHash: string };
type Decision = {
  seen: Seen;
  rationale: Words;
  /** How long they had it open before them, in milliseconds; left out where nobody measured. */
  readMs?: number | undefined;
};
type Which = { kind: EscalationKind; deadline: Instant };
type Message = { channel: string; ts: string };
export type Submission = Content &
  Pick<Facts<'submitted'>, 'beneficiary' | 'origin' | 'askedBefore'> & {
    /** Number of the exception that it asks to go on with. */
    renews?: number | null;
  };

export type Command = { by: string; at: Instant } & (
  | { type: 'submit'; form: Submission }
  /** `round`: the one whose content was changed into this. */
  | { type: 'amend'; round: number; content: Content }
  | {
      type: 'correct';
      corrections: Partial<Pick<Content, 'rule' | 'category' | 'deviation' | 'asksFor'>>;
      reason: Words;
    }
  | { type: 'object'; round: number; words: Words }
  | { type: 'pick_tier'; tier: Tier; reason: Words }
  | { type: 'return'; missing: string[]; words: Words | null }
  | { type: 'hand_over'; to: string; reason: Words | null }
  | { type: 'withdraw'; reason: Words | null }
  | ({
      type: 'approve';
      checks: string[];
      conditions: EventOf<'stage_approved'>['conditions'];
      /** null for without end; left out where its author says nothing, so that the policy's default holds. */
      validity?: EventOf<'stage_approved'>['validity'];
    } & Decision)
  | ({ type: 'reject' } & Decision)
  | { type: 'take_back'; reason: Words }
  | { type: 'take' }
  | { type: 'assign'; to: string }
  | { type: 'declare_conflict' }
  | { type: 'request_info'; words: Words }
  | { type: 'answer_info'; question: number; words: Words }
  | { type: 'close_question'; question: number }
  | { type: 'reopen_question'; question: number }
  | ({ type: 'remark'; words: Words; files: EvidenceFile[] } & Message)
  | ({ type: 'edit_remark'; words: Words } & Message)
  | ({ type: 'delete_remark' } & Message)
  /** `until`: on it until then; null for good. */
  | ({ type: 'acknowledge'; until?: Instant | null } & Which)
  /** `to`: the tier that whoever gives it has before their eyes. */
  | { type: 'reroute'; to?: Tier; reason: Words }
  | ({ type: 'nudge' } & Which)
  | { type: 'complain'; words: Words }
  | { type: 'expedite'; justification: Words }
  | {
      type: 'record_sources';
      moment: EventOf<'sources_read'>['moment'];
      readings: StoredReading[];
      discrepancies: Discrepancy[];
    }
  | ({ type: 'keep_evidence' } & Facts<'evidence_kept'>)
  | ({ type: 'lose_evidence' } & Facts<'evidence_lost'>)
  | { type: 'place_hold'; kind: HoldKind; source: string | null; words: Words }
  | { type: 'release_hold'; hold: number; outcome: HoldOutcome; words: Words }
  | ({ type: 'execute' } & Facts<'executed'>)
  | ({ type: 'meet_condition' } & Facts<'condition_met'>)
  | ({ type: 'close' } & Facts<'closed'>)
  | ({ type: 'check_effectiveness' } & Facts<'effectiveness_checked'>)
  | { type: 'revoke'; words: Words }
  /** `words`: why; null where the policy's retention says so. */
  | ({ type: 'erase' } & Pick<Facts<'erased'>, 'because' | 'what' | 'words'>)
  | ({ type: 'find_staffing' } & Facts<'staffing_found'>)
  | { type: 'tick' }
);
export type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** What a decision needs and the state does not hold. */
export type Context = {
  /** The request's number; the next free one for `submit`. */
  number: number;
  /** The rules the request was made under; the current ones for `submit`. */
  policy: { version: number; rules: Rules };
  standing: Standing;
  /** Hash of the content as it is now. */
  contentHash: string;
  /** Other requests that count together with it, summed without its own; null where each counts alone. */
  exposure: Exposure | null;
  /** For a submission that renews another. */
  renewing?: Renewing | null;
  /** For `erase`: what there is to erase; left out where it is only asked who may. */
  erasable?: Erasable;
};
export type Outcome = Recorded[] | Refusal;
