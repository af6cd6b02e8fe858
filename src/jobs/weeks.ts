/** Which weeks are due to be reported, and saying so once. */
import type { Clock, EventLog } from '../app/ports.ts';
import { SYSTEM } from '../core/events.ts';
import { latestDueWeek, reportDueAt, type Week, weekBefore } from '../core/week.ts';
import type { Log } from '../log.ts';
import { reportedAmong, reviewOf, workspaceSince } from '../store/due.ts';
import type { Policies } from '../store/policies.ts';
import type { Db } from '../store/schema.ts';

/** Weeks further back than this are not caught up: nobody reads ten reports at once. */
const CAUGHT_UP = 8;

export type WeeksOptions = {
  db: Db;
  events: EventLog;
  policies: Policies;
  clock: Clock;
  teamId: string;
  log: Log;
};

/** Weeks whose report fell due after `since` and by `now`, the oldest first. */
export function dueWeeks(since: string, now: string, zone: string): { week: Week; dueAt: string }[] {
  const due: { week: Week; dueAt: string }[] = [];
  let week = latestDueWeek(now, zone);
  for (let i = 0; i < CAUGHT_UP; i++) {
    const dueAt = reportDueAt(week, zone);
    if (dueAt <= since) break;
    due.unshift({ week, dueAt });
    week = weekBefore(week, zone);
  }
  return due;
}

/**
 * Records each week that is due and was not reported, and owes its report. Of several replicas one is first: a week's stream
 * begins once.
 * @returns the weeks recorded by this call
 */
export async function reportWeeks({ db, events, policies, clock, teamId, log }: WeeksOptions): Promise<string[]> {
  const since = await workspaceSince(db, teamId);
  if (!since) return [];
  const { wiring } = (await policies.current()).document;
  const now = clock.now();
  const due = dueWeeks(since, now, wiring.zone);
  if (due.length === 0) return [];
  const done = await reportedAmong(
    db,
    teamId,
    due.map(({ week }) => week.id),
  );
  const recorded: string[] = [];
  for (const { week, dueAt } of due) {
    if (done.has(week.id)) continue;
    const outcome = await events.append({
      teamId,
      stream: reviewOf(week.id),
      expectedVersion: 0,
      head: null,
      events: [{ type: 'week_reported', week: week.id, dueAt, by: SYSTEM, at: now }],
      intents: [
        { kind: 'digest', week: week.id },
        { kind: 'observations', week: week.id },
      ],
      request: null,
      key: null,
      handled: null,
    });
    if (outcome === 'appended') recorded.push(week.id);
  }
  if (recorded.length > 0) log.info({ weeks: recorded, dueAt: due.at(-1)?.dueAt }, 'weeks are due to be reported');
  return recorded;
}
