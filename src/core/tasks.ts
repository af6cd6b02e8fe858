/** What is to be done about a request, and by whom: in every state that is not the end there is something, and an owner. */

import { roleOf } from './policy.ts';
import { conditionsOf, type ExceptionRequest, needsTier, openHolds, openQuestion } from './request.ts';
import { HOLD_ROLE } from './standing.ts';
import { endOf, type Instant, type Role } from './values.ts';

export const TASKS = [
  'complete_inputs',
  'answer_question',
  'pick_tier',
  'confirm_details',
  'authorize',
  'clear_hold',
  'carry_out',
  'meet_condition',
  'close',
  'check_effectiveness',
] as const;
export type TaskKind = (typeof TASKS)[number];

/** Everybody of a role, or one person. */
export type Owner = { role: Role } | { person: string };
export type Task = { kind: TaskKind; owner: Owner; due: Instant | null };

export function tasksOf(state: ExceptionRequest): Task[] {
  switch (state.status) {
    case 'in_review':
      return inReview(state);
    case 'approved':
      return afterwards(state);
    case 'rejected':
    case 'withdrawn':
      return [];
    default:
      return state satisfies never;
  }
}

function inReview(state: Extract<ExceptionRequest, { status: 'in_review' }>): Task[] {
  const due = state.dueAt;
  const person = state.owner;
  if (state.returned) return [{ kind: 'complete_inputs', owner: { person }, due }];
  const kind = state.stage === 'validation' ? 'confirm_details' : 'authorize';
  const stage: Task = { kind, owner: { role: roleOf(state.stage, state.tier) }, due };
  return [
    ...(openQuestion(state) ? [{ kind: 'answer_question', owner: { person }, due } as const] : []),
    ...openHolds(state).map((hold) => ({ kind: 'clear_hold', owner: { role: HOLD_ROLE[hold.kind] }, due }) as const),
    ...(needsTier(state) ? [{ kind: 'pick_tier', owner: { role: 'operations' }, due } as const] : []),
    stage,
  ];
}

function afterwards(state: Extract<ExceptionRequest, { status: 'approved' }>): Task[] {
  const { execution, closure } = state;
  if (closure) {
    if (!state.checkDue || state.check) return [];
    const owner: Owner = closure.action ? { person: closure.action.owner } : { role: 'operations' };
    return [{ kind: 'check_effectiveness', owner, due: closure.checkOn && endOf(closure.checkOn) }];
  }
  // What was allowed no longer is: nothing is carried out or owed any more, but the record is still closed.
  if (state.ended) return [{ kind: 'close', owner: { role: 'operations' }, due: null }];
  const unmet = conditionsOf(state).filter(({ met }) => !met);
  return [
    ...(execution?.outcome === 'done'
      ? []
      : [{ kind: 'carry_out', owner: { role: 'operations' }, due: null } as const]),
    ...unmet.map(({ owner, due }) => ({ kind: 'meet_condition', owner: { person: owner }, due: endOf(due) }) as const),
    ...(execution ? [{ kind: 'close', owner: { role: 'operations' }, due: null } as const] : []),
  ];
}
