/** When a request next needs attention of its own accord, and what for. */
import type { Rules } from './policy.ts';
import { type ExceptionRequest, sameEscalation } from './request.ts';
import { type EscalationKind, type Instant, plus, type Role } from './values.ts';

type DueEscalation = {
  what: 'escalation';
  kind: EscalationKind;
  deadline: Instant;
  role: Role;
  priority: 'high' | 'urgent';
  since: Instant;
};
export type Due = DueEscalation | { what: 'effectiveness'; checkOn: string; since: Instant };

/** What is still to be said, in the order it falls due. */
function ahead(state: ExceptionRequest, rules: Rules): Due[] {
  const all = [...deadline(state, rules), ...complaints(state), ...effectiveness(state)];
  return all.toSorted((a, b) => (a.since < b.since ? -1 : 1));
}

function deadline(state: ExceptionRequest, rules: Rules): Due[] {
  if (state.status !== 'in_review') return [];
  const { dueAt } = state;
  const imminentAt = plus(dueAt, -rules.escalate_before);
  const to = { what: 'escalation', deadline: dueAt, role: 'ops_supervisors', priority: 'high' } as const;
  if (raised(state, 'sla_breached', dueAt)) return [];
  const all: DueEscalation[] = [
    // An SLA shorter than the lead time is imminent from the start.
    { ...to, kind: 'sla_imminent', since: imminentAt < state.submittedAt ? state.submittedAt : imminentAt },
    { ...to, kind: 'sla_breached', since: dueAt },
  ];
  return all.filter(({ kind }) => !raised(state, kind, dueAt));
}

const raised = (state: ExceptionRequest, kind: EscalationKind, deadline: Instant): boolean =>
  state.escalations.some((escalation) => sameEscalation(escalation, { kind, deadline }));

/** A complaint that nobody took charge of in time goes up to the supervisors. */
const complaints = (state: ExceptionRequest): Due[] =>
  state.escalations.flatMap(({ kind, deadline, acknowledged }) => {
    if (kind !== 'complaint' || acknowledged || raised(state, 'complaint_unanswered', deadline)) return [];
    const to = { role: 'ops_supervisors', priority: 'urgent', deadline, since: deadline } as const;
    return [{ what: 'escalation', kind: 'complaint_unanswered', ...to }];
  });

function effectiveness(state: ExceptionRequest): Due[] {
  if (state.status !== 'approved' || !state.closure?.checkOn || state.checkDue || state.check) return [];
  const { checkOn } = state.closure;
  return [{ what: 'effectiveness', checkOn, since: `${checkOn}T09:00:00.000Z` }];
}

/** What must be said by `now`. After a downtime past the deadline only the breach: "two hours left" would be untrue. */
export function due(state: ExceptionRequest, rules: Rules, now: Instant): Due[] {
  const found = ahead(state, rules).filter(({ since }) => since <= now);
  const breached = found.some((each) => each.what === 'escalation' && each.kind === 'sla_breached');
  return found.filter((each) => !(breached && each.what === 'escalation' && each.kind === 'sla_imminent'));
}

/** The next instant at which `due` will have something to say; null for never. */
export const attentionAt = (state: ExceptionRequest, rules: Rules): Instant | null =>
  ahead(state, rules)[0]?.since ?? null;
