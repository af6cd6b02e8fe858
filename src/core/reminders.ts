/** What is due of a request to those whose turn it is. When each of them is told is theirs: see `pings.ts`. */

import { workingBetween } from './calendar.ts';
import { isPaused } from './ladders.ts';
import type { Rules } from './policy.ts';
import type { ExceptionRequest } from './request.ts';
import { after, calendarOf } from './sla.ts';
import type { Instant, Stage } from './values.ts';

export type DueReminder = { what: 'reminder'; round: number; stage: Stage; percent: number; since: Instant };

/** At each share of the time to decide, once a deadline. */
export function reminders(state: ExceptionRequest, rules: Rules): DueReminder[] {
  if (state.status !== 'in_review' || isPaused(state)) return [];
  const { submittedAt, dueAt, round, stage } = state;
  const whole = workingBetween(calendarOf(rules, state), submittedAt, dueAt);
  return rules.remind_at.flatMap((percent) => {
    const since = after(rules, state, submittedAt, Math.round((whole * percent) / 100));
    // A deadline that moved is reminded of anew, a round that kept its deadline is not.
    const told = state.reminders.some((reminder) => reminder.percent >= percent && reminder.at >= since);
    const late = state.escalations.some(
      ({ kind, deadline }) => deadline === dueAt && (kind === 'sla_imminent' || kind === 'sla_breached'),
    );
    return told || late ? [] : [{ what: 'reminder', round, stage, percent, since }];
  });
}
