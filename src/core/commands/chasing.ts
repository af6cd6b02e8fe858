/** Deadlines and complaints: who is told, who takes charge, what is made quicker. */
import { due } from '../attention.ts';
import type { Context, Of, Outcome } from '../command.ts';
import { type Recorded, SYSTEM } from '../events.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { type ExceptionRequest, sameEscalation } from '../request.ts';
import { closedAlready, EXPEDITE_ROLE, holds, mayActAs, mayView, over } from '../standing.ts';
import { plus } from '../values.ts';

/** A nudge within this many milliseconds of the last one would only annoy. */
const NUDGE_EVERY = 15 * 60_000;

export function acknowledge(
  state: ExceptionRequest,
  { by, at, kind, deadline }: Of<'acknowledge'>,
  { standing }: Context,
): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!holds(standing, escalation.role)) return refuse({ why: 'not_supervisor' });
  if (escalation.acknowledged) return refuse({ why: 'already_acknowledged', ...escalation.acknowledged });
  return [{ type: 'escalation_acknowledged', by, at, kind, deadline }];
}

export function nudge(
  state: ExceptionRequest,
  { by, at, kind, deadline }: Of<'nudge'>,
  { standing }: Context,
): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!holds(standing, escalation.role)) return refuse({ why: 'not_supervisor' });
  if (state.status !== 'in_review') return over(state);
  const last = state.escalations
    .map(({ nudged }) => nudged)
    .findLast((nudged) => nudged && plus(nudged.at, NUDGE_EVERY) > at);
  if (last) return refuse({ why: 'nudged_just_now', ...last });
  return [{ type: 'nudged', by, at, kind, deadline, stage: state.stage }];
}

/** The customer complained: customer success takes charge within the policy's time, or it goes up. */
export function complain(
  state: ExceptionRequest,
  { by, at, words }: Of<'complain'>,
  { policy, standing }: Context,
): Outcome {
  if (!mayView(state, by, standing)) return refuse({ why: 'not_found' });
  const closed = closedAlready(state);
  if (closed) return closed;
  if (!words.text?.trim()) return refuse({ why: 'rationale_missing' });
  const deadline = plus(at, policy.rules.complaint_within);
  const to = { kind: 'complaint', deadline, role: 'customer_success', priority: 'urgent' } as const;
  const raised = state.escalations.some((escalation) => sameEscalation(escalation, to));
  return [
    { type: 'complaint_received', by, at, words },
    ...(raised ? [] : [{ type: 'escalation_raised', by: SYSTEM, at, ...to, since: at } as const]),
  ];
}

/** A manager makes it quicker; still two people decide. */
export function expedite(
  state: ExceptionRequest,
  { by, at, justification }: Of<'expedite'>,
  { policy: { rules }, standing }: Context,
): Outcome {
  const authority = mayActAs(state, by, standing, EXPEDITE_ROLE[state.tier], rules);
  if (isRefusal(authority)) return authority;
  if (state.status !== 'in_review') return over(state);
  if (state.expedited) return refuse({ why: 'already_expedited', by: state.expedited.by, at: state.expedited.at });
  if (!justification.text?.trim()) return refuse({ why: 'rationale_missing' });
  const dueAt = plus(at, rules.expedited_sla);
  if (state.dueAt <= dueAt) return refuse({ why: 'due_sooner', dueAt: state.dueAt });
  return [{ type: 'expedited', by, at, justification, dueAt }];
}

export const tick = (state: ExceptionRequest, { at }: Of<'tick'>, { policy }: Context): Recorded[] =>
  due(state, policy.rules, at).map((each): Recorded => {
    if (each.what === 'effectiveness') return { type: 'effectiveness_due', by: SYSTEM, at, checkOn: each.checkOn };
    const { what, ...escalation } = each;
    return { type: 'escalation_raised', by: SYSTEM, at, ...escalation };
  });
