/** When everything of the past happens: cases have their weeks and hours, a timeline has instants. */
import { type Instant, plus } from '../core/values.ts';
import { weekBefore, weekOf } from '../core/week.ts';
import { CASES, type Case, DAYS, type Step } from './cases/index.ts';
import { nextReportAt } from './reports.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Moment = {
  at: Instant;
  asked: Case;
  /** Null: it is asked for. */
  step: Step | null;
};
/** `reports`: when the weekly report fell due. */
export type Timeline = { since: Instant; reports: Instant[]; moments: Moment[] };

/** What of the cases has happened by `now`, in order. What would lie ahead has not happened yet. */
export function timelineUntil(now: Instant, zone: string): Timeline {
  const moments = CASES.flatMap((asked) => {
    const began = beginOf(asked, now, zone);
    const happened = asked.steps.filter(({ after }) => plus(began, after * HOUR) < now);
    return [null, ...happened].map((step) => ({ at: plus(began, (step?.after ?? 0) * HOUR), asked, step }));
  }).filter(({ at }) => at < now);
  const since = plus(mondayOf(-5, now, zone), 9.5 * HOUR);
  return {
    since,
    reports: reportsBetween(since, now, zone),
    moments: moments.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  };
}

function reportsBetween(since: Instant, now: Instant, zone: string): Instant[] {
  const reports: Instant[] = [];
  for (let at = nextReportAt(since, zone); at <= now; at = nextReportAt(at, zone)) reports.push(at);
  return reports;
}

function beginOf({ at }: Case, now: Instant, zone: string): Instant {
  if ('hoursAgo' in at) return plus(now, -at.hoursAgo * HOUR);
  const [week, day, time] = at;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return plus(mondayOf(week, now, zone), DAYS.indexOf(day) * DAY + hours * HOUR + minutes * 60_000);
}

/** The first instant of so many weeks from this one. */
function mondayOf(weeks: number, now: Instant, zone: string): Instant {
  let week = weekOf(now, zone);
  for (let i = 0; i > weeks; i--) week = weekBefore(week, zone);
  return week.from;
}
