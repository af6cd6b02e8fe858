/** By when a request is to be decided, and how much of its time has passed: in the working time of its tier or category. */
import { addWorking, type Calendar, endOfWorkingDay, workingBetween } from './calendar.ts';
import { categoryOf, type Rules } from './policy.ts';
import type { Instant, Tier } from './values.ts';

type Place = { tier: Tier; category: string };

/** The calendar that counts: the category's, else the tier's, else the policy's. */
export function calendarOf(rules: Rules, { tier, category }: Place): Calendar | null {
  const name = categoryOf(rules, category)?.calendar ?? rules.tiers[tier].calendar ?? rules.calendar;
  return (name === undefined ? undefined : rules.calendars[name]) ?? null;
}

/** Milliseconds of working time from request to decision. */
export function slaOf(rules: Rules, { tier, category }: Place): number {
  const own = categoryOf(rules, category)?.sla;
  return (typeof own === 'object' ? own[tier] : own) ?? rules.tiers[tier].sla;
}

/** `ms` of working time after `at`; before it where negative. */
export const after = (rules: Rules, place: Place, at: Instant, ms: number): Instant =>
  addWorking(calendarOf(rules, place), at, ms);

export const deadlineFrom = (rules: Rules, place: Place, at: Instant): Instant =>
  after(rules, place, at, slaOf(rules, place));

/** Milliseconds of working time until the deadline; negative once it has passed. */
export const timeLeft = (rules: Rules, state: Place & { dueAt: Instant }, now: Instant): number =>
  workingBetween(calendarOf(rules, state), now, state.dueAt);

export const endOfDay = (rules: Rules, place: Place, at: Instant): Instant =>
  endOfWorkingDay(calendarOf(rules, place), at);
