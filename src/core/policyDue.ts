/** When the policy itself is to be looked at again: its owners are reminded before that day and on it. */
import { type Instant, plus } from './values.ts';
import { dayIn } from './week.ts';

/** Days before the day at which they hear of it. */
const REMINDED = [30, 7, 1, 0] as const;
/** Hour of the day, in the policy's zone. */
const MORNING = 9;

const before = (day: string, days: number): string => plus(`${day}T00:00:00.000Z`, -days * 86_400_000).slice(0, 10);

/** How many days before `due` the latest reminder fell due by `now`; null before the first. After a downtime only that one is sent. */
export function reminderOf(due: string, now: Instant, zone: string): number | null {
  const today = dayIn(plus(now, -MORNING * 3_600_000), zone);
  return REMINDED.findLast((days) => before(due, days) <= today) ?? null;
}

/** Whether the day has passed. */
export const isOverdue = (due: string, now: Instant, zone: string): boolean => due < dayIn(now, zone);

/** Under which a reminder goes to each person once, whoever sends it and however often it is owed. */
export const policyDueKey = ({ due, days }: { due: string; days: number }): string => `policy_due/${due}/${days}/`;
