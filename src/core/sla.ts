/** By when a request is to be decided, and how much of its time has passed: in the working time of its tier or category. */
import { addWorking, type Calendar, endOfWorkingDay, workingBetween } from './calendar.ts';
import { categoryOf, type Rules } from './policy.ts';
import { type ExceptionRequest, openHolds } from './request.ts';
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

/** Since when the deadline stands still; null while it runs, and where it had passed by then. */
export function stillSince(state: ExceptionRequest): Instant | null {
  const hold = openHolds(state).find(({ pauses }) => pauses);
  const since = hold ? stoodSince(state, hold.at) : null;
  return since !== null && since < state.dueAt ? since : null;
}

/** Since when it had stood still without a break at `at`, when a hold began that pauses it: holds may overlap. */
export function stoodSince(state: ExceptionRequest, at: Instant): Instant {
  const earlier = state.holds.find(
    // At the end of a pause its time was given back, so that one which begins there stands for itself.
    (hold) => hold.pauses && hold.at < at && (hold.released === null || hold.released.at > at),
  );
  if (earlier) return stoodSince(state, earlier.at);
  // A deadline that was set meanwhile has lost nothing of what came before it.
  return at < state.dueFrom ? state.dueFrom : at;
}

export const endOfDay = (rules: Rules, place: Place, at: Instant): Instant =>
  endOfWorkingDay(calendarOf(rules, place), at);
