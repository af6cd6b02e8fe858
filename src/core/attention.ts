/** When a request next needs attention of its own accord, and what for. Nothing is ever decided by that. */
import { effectivenessDue, endings } from './endings.ts';
import { type DueEscalation, escalations } from './ladders.ts';
import type { Rules } from './policy.ts';
import { type DueReminder, reminders } from './reminders.ts';
import type { ExceptionRequest } from './request.ts';
import type { Instant } from './values.ts';

export type Due =
  | DueEscalation
  | DueReminder
  | ReturnType<typeof endings>[number]
  | ReturnType<typeof effectivenessDue>[number];

/** What is still to be said, in the order it falls due. */
function ahead(state: ExceptionRequest, rules: Rules): Due[] {
  const all: Due[] = [
    ...escalations(state, rules),
    ...reminders(state, rules),
    ...endings(state, rules),
    ...effectivenessDue(state),
  ];
  return all.toSorted((a, b) => (a.since < b.since ? -1 : 1));
}

/**
 * What must be said by `now`. After a downtime only what is still useful: past the deadline the breach, since "two hours
 * left" would be untrue; of several reminders the last.
 */
export function due(state: ExceptionRequest, rules: Rules, now: Instant): Due[] {
  const found = ahead(state, rules).filter(({ since }) => since <= now);
  return found.filter((each) => !found.some((other) => supersedes(other, each)));
}

const begins = (each: Due, kind: DueEscalation['kind']): boolean =>
  each.what === 'escalation' && each.kind === kind && each.step === 1;

function supersedes(other: Due, each: Due): boolean {
  if (each.what === 'escalation')
    return (
      (each.kind === 'sla_imminent' && begins(other, 'sla_breached')) ||
      // What has ended is not to be carried out any more, nor are its conditions owed.
      (other.what === 'lapse' && (each.kind === 'execution_overdue' || each.kind === 'condition_overdue'))
    );
  if (each.what === 'reminder')
    return (
      begins(other, 'sla_imminent') ||
      begins(other, 'sla_breached') ||
      (other.what === 'reminder' && other.percent > each.percent)
    );
  if (each.what === 'ending') return other.what === 'lapse' || (other.what === 'ending' && other.days < each.days);
  return false;
}

/** The next instant at which `due` will have something to say; null for never. */
export const attentionAt = (state: ExceptionRequest, rules: Rules): Instant | null =>
  ahead(state, rules)[0]?.since ?? null;
