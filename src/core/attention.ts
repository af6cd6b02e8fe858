/** When a request next needs attention of its own accord, and what for. */
import type { Rules } from './policy.ts';
import { type ExceptionRequest, sameEscalation } from './request.ts';
import { type EscalationKind, type Instant, plus } from './values.ts';

export type Due = { kind: Extract<EscalationKind, 'sla_imminent' | 'sla_breached'>; deadline: Instant; since: Instant };

/** What is still to be said about the deadline, in the order it falls due. */
function ahead(state: ExceptionRequest, rules: Rules): Due[] {
  if (state.status !== 'in_review') return [];
  const deadline = state.dueAt;
  const imminentAt = plus(deadline, -rules.escalate_before);
  const raised = (kind: EscalationKind) => state.escalations.some((e) => sameEscalation(e, { kind, deadline }));
  const all: Due[] = [
    // An SLA shorter than the lead time is imminent from the start.
    { kind: 'sla_imminent', deadline, since: imminentAt < state.submittedAt ? state.submittedAt : imminentAt },
    { kind: 'sla_breached', deadline, since: deadline },
  ];
  if (raised('sla_breached')) return [];
  return all.filter(({ kind }) => !raised(kind));
}

/** What must be said by `now`. After a downtime past the deadline only the breach: "two hours left" would be untrue. */
export function due(state: ExceptionRequest, rules: Rules, now: Instant): Due | null {
  return ahead(state, rules).findLast(({ since }) => since <= now) ?? null;
}

/** The next instant at which `due` will have something to say; null for never. */
export const attentionAt = (state: ExceptionRequest, rules: Rules): Instant | null =>
  ahead(state, rules)[0]?.since ?? null;
