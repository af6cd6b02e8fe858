import type { Append } from '../app/ports.ts';
import { type Absence, circleOf } from '../core/cover.ts';
import { type ExceptionRequest, isClosed, openHolds, type State } from '../core/request.ts';
import { customerKey } from '../core/sources.ts';
import { tasksOf } from '../core/tasks.ts';
import type { Row } from './schema.ts';
import { splitWords } from './words.ts';

/** Raised when the state's shape changes, so that rows of an older one are made anew from their events. */
export const STATE_SHAPE = 4;

/** The request's row as of its last event, and the rows by which the database itself keeps the rule of two people. */
export function requestColumns(append: Append, request: NonNullable<Append['request']>, head: string) {
  const { state, absences = [] } = request;
  const own = { team_id: append.teamId, request_number: state.number };
  return {
    request: { ...plainColumns(append, request, head), state: splitWords(state).data },
    decisions: decisionRows(append, state),
    people: people(append, state, absences).map((person) => ({ ...own, ...person })),
  };
}

/** The request's row but for its state. */
export function plainColumns(append: Append, { state, attentionAt }: NonNullable<Append['request']>, head: string) {
  return {
    team_id: append.teamId,
    number: state.number,
    version: append.expectedVersion + append.events.length,
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
    owner: state.owner,
    owners: ownersOf(state),
    open: tasksOf(state).length > 0,
    confidential: state.confidential,
    closed_at: closedAt(state),
    renews: state.renews?.number ?? null,
    good_until: goodUntil(state),
    held: openHolds(state).map(({ kind }) => kind),
    already_happened: state.alreadyHappened,
    shape: STATE_SHAPE,
  };
}

export const decisionRows = (append: Append, { number }: ExceptionRequest) =>
  decisions(append).map((decision) => ({ team_id: append.teamId, request_number: number, ...decision }));

const overAt = (state: NonNullable<State>): string | null => (state.status === 'in_review' ? null : state.at);

/** The last day of what is approved and has not ended. */
const goodUntil = (state: ExceptionRequest): string | null =>
  state.status === 'approved' && !state.ended ? (state.validity?.until ?? null) : null;

function closedAt(state: ExceptionRequest): string | null {
  if (state.status === 'in_review' || !isClosed(state)) return null;
  return state.status === 'approved' ? (state.closure?.at ?? null) : state.at;
}

export const personOwner = (id: string): string => `person:${id}`;
export const roleOwner = (role: string): string => `role:${role}`;

/** Everybody who has something to do about it. */
const ownersOf = (state: ExceptionRequest): string[] => [
  ...new Set(
    tasksOf(state).map(({ owner }) => ('person' in owner ? personOwner(owner.person) : roleOwner(owner.role))),
  ),
];

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
            read_ms: event.readMs ?? null,
          },
        ]
      : [],
  );
}

export type Barred = { round: number; person: string; role: Row<'decision_people'>['role'] };

/** Who may not decide (again) in a round: whoever asks, from its opening, and whoever decided in it. */
const people = ({ events }: Append, state: ExceptionRequest, absences: readonly Absence[]): Barred[] =>
  events.flatMap((event) => withCircles(barredIn(event, state), absences));

/** Those of them in their own right; whoever counts as one with them is barred as well. */
export function barredIn(event: Append['events'][number], state: ExceptionRequest): Barred[] {
  switch (event.type) {
    case 'submitted':
      return asking(state, 1);
    case 'amended':
    case 'corrected':
    case 'tier_picked':
    case 'confirmation_taken_back':
    case 'rerouted':
      return asking(state, event.round);
    case 'stage_approved':
      return [{ round: event.round, person: event.by, role: 'decider' }];
    case 'stage_rejected':
      // Compliance may stop what one of them confirmed: that is no second agreement.
      return event.authority.role === 'compliance' ? [] : [{ round: event.round, person: event.by, role: 'decider' }];
    default:
      return [];
  }
}

/**
 * With everybody who counts as one with them by now, each once. Circles only grow while a request is open, so a circle that
 * meets one of an earlier decision in the table has that decider in it too, and the core has refused it already.
 */
function withCircles(barred: Barred[], absences: readonly Absence[]): Barred[] {
  const covering = barred.flatMap(({ round, person }): Barred[] =>
    circleOf(absences, person).map((other) => ({ round, person: other, role: 'cover' })),
  );
  return onceEach([...barred, ...covering]);
}

const onceEach = (all: Barred[]): Barred[] =>
  all.filter(({ person }, at) => all.findIndex((other) => other.person === person) === at);

const asking = ({ requester, beneficiary, owner }: ExceptionRequest, round: number): Barred[] => [
  { round, person: requester, role: 'requester' },
  ...(beneficiary ? [{ round, person: beneficiary, role: 'beneficiary' as const }] : []),
  { round, person: owner, role: 'owner' },
];
