/** Why a command was not carried out. Refusals are values: `wording` turns each into a sentence for the person. */
import type { Instant, Role, Stage } from './values.ts';

export type Refusal = { refused: true } & (
  | { why: 'not_found' }
  /** Slack does not vouch for the person, for one of these reasons. */
  | { why: 'not_eligible'; because: 'outsider' | 'guest' | 'bot' | 'deactivated' | 'unknown' }
  /** What is known of the person or group is too old to rely on. */
  | { why: 'directory_stale' }
  /** Slack does not know the group that the policy names for the role, so nobody can be said to be in it. */
  | { why: 'role_unknown'; role: Role }
  | { why: 'not_in_role'; role: Role; stage: Stage }
  | { why: 'self_approval'; as: 'requester' | 'beneficiary' }
  | { why: 'same_person'; stage: Stage }
  | { why: 'conflict_of_interest' }
  | { why: 'already_decided'; stage: Stage; outcome: 'approved' | 'rejected'; by: string; at: Instant }
  | { why: 'request_over'; status: 'approved' | 'rejected' | 'withdrawn'; by: string; at: Instant }
  | { why: 'changed_since' }
  | { why: 'rationale_missing' }
  | { why: 'not_requester' }
  | { why: 'no_such_question' }
  | { why: 'question_answered' }
  | { why: 'not_supervisor' }
  | { why: 'no_such_escalation' }
  | { why: 'already_acknowledged'; by: string; at: Instant }
  | { why: 'nudged_just_now'; by: string; at: Instant }
);
type Facts = Refusal extends infer R ? (R extends Refusal ? Omit<R, 'refused'> : never) : never;

export const refuse = (facts: Facts): Refusal => ({ refused: true, ...facts }) as Refusal;

export const isRefusal = (value: object): value is Refusal => 'refused' in value;
