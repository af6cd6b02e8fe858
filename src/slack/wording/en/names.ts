/** What tiers, stages, states and roles are called. */

import type { Part } from '../../../core/events/audit.ts';
import type { HoldOutcome } from '../../../core/events/holds.ts';
import type { Status } from '../../../core/request.ts';
import type { EscalationKind, HoldKind, Role, Severity, Stage, Tier } from '../../../core/values.ts';
import { formatOf } from '../format.ts';

export const format = formatOf('en', 'en-GB');

export const ex = (number: number): string => `EX-${number}`;

export const names = {
  tier: { team_lead: 'Team lead', manager: 'Manager', executive: 'Executive' } satisfies Record<Tier, string>,
  aTier: { team_lead: 'a team lead', manager: 'a manager', executive: 'an executive' } satisfies Record<Tier, string>,
  stage: { validation: 'Details', authorization: 'Authorization' } satisfies Record<Stage, string>,
  status: {
    in_review: 'In review',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  } satisfies Record<Status, string>,
  severity: { minor: 'Minor', major: 'Major', critical: 'Critical' } satisfies Record<Severity, string>,
  priority: { normal: 'Normal', high: 'High', urgent: 'Urgent' },
  escalation: {
    sla_imminent: 'Deadline near',
    sla_breached: 'Deadline missed',
    authority_exceeded: 'Above the authority limit',
    complaint: 'Customer complaint',
    hold_overdue: 'Hold not cleared up',
    execution_overdue: 'Not carried out in time',
    condition_overdue: 'Condition not met in time',
  } satisfies Record<EscalationKind, string>,
  hold: {
    data_unavailable: 'data is unavailable',
    data_conflict: 'sources contradict each other',
    regulatory: 'a regulation may apply',
  } satisfies Record<HoldKind, string>,
  holdOutcome: {
    answered: 'the source has answered',
    alternate_documents: 'other documents take its place',
    waived: 'it goes on without',
    resolved: 'it is settled which is right',
    proceed: 'it may proceed',
    proceed_with_conditions: 'it may proceed with conditions',
    must_not: 'it must not be done',
  } satisfies Record<HoldOutcome, string>,
  effective: { yes: 'Yes', partly: 'Partly', no: 'No' },
  role: {
    operations: 'the operations team',
    team_leads: 'the team leads',
    managers: 'the managers',
    executives: 'the executives',
    ops_supervisors: 'the operations supervisors',
    customer_success: 'the customer success team',
    compliance: 'the compliance team',
    data_quality: 'the data quality team',
    admins: 'the Carveout administrators',
    auditors: 'the auditors',
  } satisfies Record<Role, string>,
  yes: 'Yes',
  no: 'No',
  fromOutside: (name: string): string => `${name} (another company)`,
  you: 'You',
  /** Who decided for somebody who was away. */
  inPlaceOf: (by: string, person: string): string => `${by} for ${person}`,
  /** What the program did by itself. */
  program: 'Carveout',
  /** What of a request can be erased. */
  part: {
    customer: "the customer's name",
    words: 'what people wrote',
    sources: 'what sources said about the customer',
    reasons: 'why people decided as they did',
    files: 'the copies of its files',
  } satisfies Record<Part, string>,
  /** Stands where words were erased. */
  removed: '(removed)',
  /** A rule that the policy does not list. */
  otherRule: (text: string | null): string => (text === null ? 'Another rule' : `Another rule: ${text}`),
  /** Stand for people and words of a confidential request. */
  theRequester: 'the requester',
  theRequesterFirst: 'The requester',
  confidential: 'Confidential request',
  /** Whose turn it is, after "Waiting for". */
  turn: (stage: Stage, tier: Tier): string => (stage === 'validation' ? 'operations' : names.aTier[tier]),
};
