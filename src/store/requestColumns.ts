import type { Append } from '../app/ports.ts';
import type { State } from '../core/request.ts';
import { splitWords } from './words.ts';

/** Customers are one where their names differ only in case, width or composition. */
const customerKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The request's row as of its last event, and the rows by which the database itself keeps the rule of two people. */
export function requestColumns(append: Append, { state, attentionAt }: NonNullable<Append['request']>, head: string) {
  const own = { team_id: append.teamId, request_number: state.number };
  return {
    request: {
      team_id: append.teamId,
      number: state.number,
      version: append.expectedVersion + append.events.length,
      state: splitWords(state).data,
      head,
      status: state.status,
      tier: state.tier,
      stage: 'stage' in state ? state.stage : null,
      round: state.round,
      requester: state.requester,
      beneficiary: state.beneficiary,
      customer_key: state.customer?.text ? customerKey(state.customer.text) : null,
      category: state.category,
      rule: state.rule,
      deviation: state.deviation,
      value: state.value,
      submitted_at: state.submittedAt,
      over_at: overAt(state),
      due_at: state.dueAt,
      attention_at: attentionAt,
    },
    decisions: decisions(append).map((decision) => ({ ...own, ...decision })),
    people: people(append).map((person) => ({ ...own, ...person })),
  };
}

const overAt = (state: NonNullable<State>): string | null => (state.status === 'in_review' ? null : state.at);

function decisions({ events }: Append) {
  return events.flatMap((event) =>
    event.type === 'stage_approved' || event.type === 'stage_rejected'
      ? [
          {
            round: event.round,
            stage: event.stage,
            outcome: event.type === 'stage_approved' ? 'approved' : 'rejected',
            person: event.by,
            at: event.at,
          },
        ]
      : [],
  );
}

function people({ events }: Append) {
  return events.flatMap((event) => {
    if (event.type === 'stage_approved' || event.type === 'stage_rejected')
      return [{ round: event.round, person: event.by, role: 'decider' }];
    if (event.type !== 'submitted') return [];
    const { requester, beneficiary } = event;
    const asking = { round: 1, person: requester, role: 'requester' };
    return beneficiary && beneficiary !== requester
      ? [asking, { round: 1, person: beneficiary, role: 'beneficiary' }]
      : [asking];
  });
}
