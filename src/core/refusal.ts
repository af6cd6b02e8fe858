/** Why a command was not carried out. Refusals are values: `wording` turns each into a sentence for the person. */
import type { HoldKind, Instant, Role, Stage } from './values.ts';

type By = { by: string; at: Instant };

export type Refusal = { refused: true } & (
  | { why: 'not_found' }
  /** Slack does not vouch for the person, for one of these reasons. */
  | { why: 'not_eligible'; because: 'outsider' | 'guest' | 'bot' | 'deactivated' | 'unknown' }
  /** What is known of the person or group is too old to rely on. */
  | { why: 'directory_stale' }
  /** Slack does not know the group that the policy names for the role, so nobody can be said to be in it. */
  | { why: 'role_unknown'; role: Role }
  | { why: 'not_in_role'; role: Role; stage: Stage }
  /** Whoever audits the record has no part in what stands in it. */
  | { why: 'auditor' }
  /** What is for auditors alone. */
  | { why: 'not_auditor' }
  /** Nothing is shown that is not on the record as having been looked at. */
  | { why: 'look_not_recorded' }
  /** What only the people of a role do, whatever the stage. */
  | { why: 'not_of'; role: Role }
  /** `through`: it is theirs with whom the person counts as one, since one stood in for the other. */
  | { why: 'self_approval'; as: 'requester' | 'beneficiary' | 'owner'; through?: string }
  | { why: 'same_person'; stage: Stage; through?: string }
  | { why: 'conflict_of_interest' }
  | ({ why: 'already_decided'; stage: Stage; outcome: 'approved' | 'rejected' } & By)
  | ({ why: 'request_over'; status: 'approved' | 'rejected' | 'withdrawn' } & By)
  /** The record is read-only. */
  | ({ why: 'record_closed' } & By)
  | { why: 'changed_since' }
  | { why: 'rationale_missing' }
  | { why: 'not_requester' }
  | { why: 'nothing_changed' }
  /** Its owner has to complete it first. */
  | ({ why: 'returned' } & By)
  | { why: 'nothing_missing' }
  /** Approvals wait for these. */
  | { why: 'on_hold'; kinds: HoldKind[] }
  /** Ids of sources that the category cannot do without and that were not heard yet. */
  | { why: 'sources_pending'; sources: string[] }
  | { why: 'no_such_hold' }
  | ({ why: 'hold_released' } & By)
  | { why: 'outcome_unfit' }
  | { why: 'tier_unset' }
  | { why: 'tier_known' }
  /** Ids of the policy's checks that must be ticked. */
  | { why: 'checks_missing'; checks: string[] }
  | { why: 'not_yours_to_take_back' }
  | { why: 'no_such_correction' }
  | { why: 'already_yours' }
  | ({ why: 'already_expedited' } & By)
  /** It falls due before an expedited one would. */
  | { why: 'due_sooner'; dueAt: Instant }
  | { why: 'no_such_question' }
  | { why: 'question_answered' }
  | { why: 'question_waits'; until: Instant }
  | { why: 'question_open' }
  | { why: 'no_such_remark' }
  | { why: 'not_supervisor' }
  | { why: 'no_such_escalation' }
  | ({ why: 'already_acknowledged' } & By)
  | ({ why: 'nudged_just_now' } & By)
  | { why: 'not_approved' }
  | ({ why: 'already_ended'; how: 'expired' | 'condition' | 'revoked' } & By)
  /** A validity that begins before today, or ends before it begins. */
  | { why: 'validity_unfit'; because: 'passed' | 'reversed' }
  /** The last day that the policy allows. */
  | { why: 'validity_too_long'; latest: string }
  | { why: 'not_yours_to_renew' }
  /** It is good without end. */
  | { why: 'no_end' }
  | { why: 'renewed_already'; renewal: number }
  | { why: 'renewals_used_up'; allowed: number }
  | { why: 'no_tier_above' }
  | ({ why: 'already_executed' } & By)
  | { why: 'no_such_condition' }
  | ({ why: 'condition_met' } & By)
  /** What the record lacks before it can be closed. */
  | { why: 'incomplete'; lacks: Lack[] }
  | { why: 'not_closed' }
  /** An ISO week. */
  | { why: 'week_not_reported' }
  | { why: 'not_signer' }
  | ({ why: 'already_signed_off' } & By)
  | ({ why: 'already_checked' } & By)
  /** Nothing is erased of what people still work on, or have yet to close. */
  | { why: 'not_over'; status: 'in_review' | 'approved' }
  /** Of the parts that were chosen there is nothing, or nothing any more. */
  | { why: 'nothing_to_erase' }
);
/** What a record needs before it can be closed. */
export type Lack =
  | { what: 'execution' | 'cause' | 'happened' | 'fixed' }
  | { what: 'condition'; condition: number }
  | { what: 'file'; name: string };
type Facts = Refusal extends infer R ? (R extends Refusal ? Omit<R, 'refused'> : never) : never;

export const refuse = (facts: Facts): Refusal => ({ refused: true, ...facts }) as Refusal;

export const isRefusal = (value: object): value is Refusal => 'refused' in value;
