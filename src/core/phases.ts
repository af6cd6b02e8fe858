/** How long each phase of a request took, and who had a part in it: computed, never asked. */
import { SYSTEM } from './events.ts';
import { approvalOf, askers, type ExceptionRequest } from './request.ts';
import type { Instant } from './values.ts';

const PHASES = ['details', 'authorization', 'execution', 'closing'] as const;
/** From asking to confirmed details (every round of it), to the decision, to what was done, to the closed record. */
type PhaseName = (typeof PHASES)[number];
/** `to` is null while it lasts. */
export type Phase = { phase: PhaseName; from: Instant; to: Instant | null };

export function phasesOf(state: ExceptionRequest): Phase[] {
  const ends = endsOf(state);
  const phases: Phase[] = [];
  let from: Instant | null = state.submittedAt;
  for (const phase of PHASES) {
    const to = ends[phase];
    if (from === null || to === undefined) break;
    phases.push({ phase, from, to });
    from = to;
  }
  return phases;
}

/** When each phase ended: null where it still lasts, undefined where there is none. */
function endsOf(state: ExceptionRequest): Partial<Record<PhaseName, Instant | null>> {
  const confirmed = approvalOf(state, 'validation')?.at;
  switch (state.status) {
    case 'in_review':
      return confirmed ? { details: confirmed, authorization: null } : { details: null };
    case 'rejected':
    case 'withdrawn':
      return confirmed ? { details: confirmed, authorization: state.at } : { details: state.at };
    case 'approved': {
      const { execution, closure, ended, at } = state;
      // What ended before it was carried out waits for that no more.
      const done = execution?.at ?? ended?.at ?? null;
      const decided = { details: confirmed ?? at, authorization: at, execution: done };
      return done ? { ...decided, closing: closure?.at ?? null } : decided;
    }
    default:
      return state satisfies never;
  }
}

/** Milliseconds. */
export const lengthOf = ({ from, to }: Phase, now: Instant): number => Date.parse(to ?? now) - Date.parse(from);

/** Everybody who asked, decided, answered, remarked or did something, in the order in which they are thought of. */
export function peopleInvolved(state: ExceptionRequest): string[] {
  const { expedited } = state;
  const all = [
    ...askers(state),
    ...state.approvals.map(({ by }) => by),
    ...(state.status === 'in_review' ? [] : [state.by]),
    ...state.takenBack.map(({ by }) => by),
    ...state.questions.flatMap(({ by, answer }) => [by, answer?.by]),
    ...state.amendments.map(({ by }) => by),
    ...state.handovers.flatMap(({ from, to }) => [from, to]),
    ...state.reroutes.map(({ by }) => by),
    ...state.holds.flatMap(({ by, released }) => [by, released?.by]),
    ...state.escalations.flatMap(({ acknowledged, nudged }) => [acknowledged?.by, nudged?.by]),
    ...[expedited?.by, ...state.complaints.map(({ by }) => by)],
    ...state.remarks.filter(({ deleted }) => !deleted).map(({ by }) => by),
    ...state.conditions.flatMap(({ owner, met }) => [owner, met?.by]),
    ...(state.status === 'approved' ? afterwards(state) : []),
  ];
  return [...new Set(all.filter((id) => id !== null && id !== undefined && id !== SYSTEM))] as string[];
}

const afterwards = ({ execution, ended, closure, check }: Extract<ExceptionRequest, { status: 'approved' }>) => [
  ...[execution?.by, ended?.by, closure?.by, closure?.action?.owner],
  check?.by,
];
