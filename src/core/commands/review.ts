/** Deciding the stages, and what comes before a decision. */
import type { Context, Of, Outcome } from '../command.ts';
import type { EventOf, Recorded } from '../events.ts';
import type { Rules } from '../policy.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { approvalOf, type ExceptionRequest, type InReview, snapshotsNow } from '../request.ts';
import { holds, mayDecide, mayStepAside, mustWait, over } from '../standing.ts';
import { validityFor } from '../validity.ts';
import { plus, type Stage } from '../values.ts';

/** How long the card says that somebody looks at it, in milliseconds. */
const TAKEN_FOR = 30 * 60_000;

export function decideStage(
  state: ExceptionRequest,
  command: Of<'approve' | 'reject'>,
  { policy, standing, contentHash }: Context,
): Outcome {
  const { by, seen, rationale } = command;
  const authority = mayDecide(state, by, standing, policy.rules);
  const stranger = isRefusal(authority) && authority.why === 'not_eligible';
  if (!stranger && seen.round === state.round && passed(state, seen.stage)) return decidedAlready(state, seen.stage);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  if (seen.round !== state.round || seen.stage !== state.stage || seen.contentHash !== contentHash)
    return refuse({ why: 'changed_since' });
  if (!rationale.text?.trim()) return refuse({ why: 'rationale_missing' });
  const { round, stage } = state;
  const decision = {
    by,
    at: command.at,
    round,
    stage,
    rationale,
    contentHash,
    authority,
    snapshots: snapshotsNow(state),
    ...(command.readMs === undefined ? {} : { readMs: command.readMs }),
  };
  if (command.type === 'reject') return [{ type: 'stage_rejected', ...decision }];
  const wait = mayApprove(state, command, policy.rules);
  if (wait) return wait;
  const good = stage === 'authorization' ? validityFor(policy.rules, command.validity, command.at) : { validity: null };
  return isRefusal(good) ? good : [approval(decision, command, good)];
}

const approval = (
  decision: Omit<EventOf<'stage_rejected'>, 'type'>,
  { checks, conditions }: Of<'approve'>,
  { validity }: Pick<EventOf<'stage_approved'>, 'validity'>,
): Recorded => ({ type: 'stage_approved', ...decision, checks, conditions, validity });

/** What stands in the way of this approval, though its author may decide. */
function mayApprove(state: InReview, { checks }: Of<'approve'>, rules: Rules): Refusal | null {
  const wait = mustWait(state, rules);
  if (wait) return wait;
  const unticked = rules.checklist.filter(({ id, required }) => required && !checks.includes(id)).map(({ id }) => id);
  if (state.stage === 'validation' && unticked.length > 0) return refuse({ why: 'checks_missing', checks: unticked });
  return null;
}

const passed = (state: ExceptionRequest, stage: Stage) =>
  approvalOf(state, stage) !== undefined || (state.status === 'rejected' && state.stage === stage);

/** Refuses with what was decided about the stage, by whom and when; `passed` must hold. */
function decidedAlready(state: ExceptionRequest, stage: Stage): Refusal {
  const approval = approvalOf(state, stage);
  if (approval) return refuse({ why: 'already_decided', stage, outcome: 'approved', by: approval.by, at: approval.at });
  if (state.status === 'in_review') return refuse({ why: 'changed_since' });
  return refuse({ why: 'already_decided', stage, outcome: 'rejected', by: state.by, at: state.at });
}

/** A confirmation may be taken back until authorization is decided. */
export function takeBack(state: ExceptionRequest, { by, at, reason }: Of<'take_back'>): Outcome {
  if (state.status !== 'in_review') return over(state);
  if (approvalOf(state, 'validation')?.by !== by) return refuse({ why: 'not_yours_to_take_back' });
  if (!reason.text?.trim()) return refuse({ why: 'rationale_missing' });
  return [{ type: 'confirmation_taken_back', by, at, round: state.round + 1, reason }];
}

/** Says that somebody looks at it; taking it again begins the time anew. */
export function take(state: ExceptionRequest, { by, at }: Of<'take'>, { policy, standing }: Context): Outcome {
  const authority = mayDecide(state, by, standing, policy.rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'taken', by, at, stage: state.stage, until: plus(at, TAKEN_FOR) }];
}

/** Nobody picks who judges a request in which they have an interest. */
const isOwn = ({ why }: Refusal) => why === 'self_approval' || why === 'conflict_of_interest';

/** Given to somebody by name; the others of the role still may. */
export function assign(state: ExceptionRequest, { by, at, to }: Of<'assign'>, { policy, standing }: Context): Outcome {
  const authority = mayDecide(state, by, standing, policy.rules);
  if (isRefusal(authority) && !(holds(standing, 'ops_supervisors') && !isOwn(authority))) return authority;
  if (state.status !== 'in_review') return over(state);
  if (to === state.requester) return refuse({ why: 'self_approval', as: 'requester' });
  if (to === state.beneficiary) return refuse({ why: 'self_approval', as: 'beneficiary' });
  if (to === state.owner) return refuse({ why: 'self_approval', as: 'owner' });
  if (state.conflicted.includes(to)) return refuse({ why: 'conflict_of_interest' });
  if (approvalOf(state, 'validation')?.by === to) return refuse({ why: 'same_person', stage: state.stage });
  return [{ type: 'assigned', by, at, stage: state.stage, to }];
}

export function declareConflict(
  state: ExceptionRequest,
  { by, at }: Of<'declare_conflict'>,
  { standing }: Context,
): Outcome {
  const no = mayStepAside(state, by, standing);
  if (no) return no;
  if (state.status !== 'in_review') return over(state);
  return [{ type: 'conflict_declared', by, at, stage: state.stage }];
}
