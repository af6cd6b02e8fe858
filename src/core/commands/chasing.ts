/** Deadlines and complaints: who is told, who takes charge, what is made quicker. */
import { due } from '../attention.ts';
import type { Context, Of, Outcome } from '../command.ts';
import { type Recorded, SYSTEM } from '../events.ts';
import { acknowledgeBy, raised } from '../ladders.ts';
import { isRefusal, refuse } from '../refusal.ts';
import { type Escalation, type ExceptionRequest, sameEscalation } from '../request.ts';
import { after } from '../sla.ts';
import { closedAlready, EXPEDITE_ROLE, holds, mayActAs, mayView, over, type Standing } from '../standing.ts';
import { type Instant, plus } from '../values.ts';

/** A nudge within this many milliseconds of the last one would only annoy. */
const NUDGE_EVERY = 15 * 60_000;

export function acknowledge(
  state: ExceptionRequest,
  { by, at, kind, deadline, until }: Of<'acknowledge'>,
  { standing }: Context,
): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!chases(standing, escalation)) return refuse({ why: 'not_supervisor' });
  if (escalation.acknowledged && !isOver(escalation.acknowledged, at))
    return refuse({ why: 'already_acknowledged', by: escalation.acknowledged.by, at: escalation.acknowledged.at });
  return [{ type: 'escalation_acknowledged', by, at, kind, deadline, until: until ?? null }];
}

/** Anybody whom one of its steps went to. */
const chases = (standing: Standing, { roles }: Escalation): boolean => roles.some((role) => holds(standing, role));

/** Whether the time for which somebody said to be on it has run out. */
const isOver = ({ until }: { until: Instant | null }, at: Instant): boolean => until !== null && until <= at;

export function nudge(
  state: ExceptionRequest,
  { by, at, kind, deadline }: Of<'nudge'>,
  { standing }: Context,
): Outcome {
  const escalation = state.escalations.find((e) => sameEscalation(e, { kind, deadline }));
  if (!escalation) return refuse({ why: 'no_such_escalation' });
  if (!chases(standing, escalation)) return refuse({ why: 'not_supervisor' });
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
  const first = raised(state, policy.rules, 'complaint', deadline, at);
  const known = state.escalations.some((escalation) => sameEscalation(escalation, first));
  return [
    { type: 'complaint_received', by, at, words },
    ...(known ? [] : [{ type: 'escalation_raised', by: SYSTEM, at, ...first } as const]),
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
  const dueAt = after(rules, state, at, rules.expedited_sla);
  if (state.dueAt <= dueAt) return refuse({ why: 'due_sooner', dueAt: state.dueAt });
  return [{ type: 'expedited', by, at, justification, dueAt }];
}

/** What time has brought: said, never decided. What was raised by now has its full time, however late it is seen. */
export const tick = (state: ExceptionRequest, { at }: Of<'tick'>, { policy: { rules } }: Context): Recorded[] =>
  due(state, rules, at).map((each): Recorded => {
    const mark = { by: SYSTEM, at };
    switch (each.what) {
      case 'effectiveness':
        return { type: 'effectiveness_due', ...mark, checkOn: each.checkOn };
      case 'reminder': {
        const { what, ...reminder } = each;
        return { type: 'reminder_due', ...mark, ...reminder };
      }
      case 'ending': {
        const { what, ...ending } = each;
        return { type: 'ending_near', ...mark, ...ending };
      }
      case 'lapse': {
        const { what, ...lapse } = each;
        return { type: 'lapsed', ...mark, ...lapse };
      }
      case 'escalation': {
        const { what, ...escalation } = each;
        const by = acknowledgeBy(state, rules, each.kind, each.step, at);
        return { type: 'escalation_raised', ...mark, ...escalation, acknowledgeBy: by };
      }
      default:
        return each satisfies never;
    }
  });
