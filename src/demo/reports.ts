import type { Instant } from '../core/values.ts';
import { latestDueWeek, reportDueAt, weekOf } from '../core/week.ts';

/** When the next weekly report falls due: the next Monday 09:00 of the zone. */
export const nextReportAt = (now: Instant, zone: string): Instant =>
  reportDueAt(weekOf(latestDueWeek(now, zone).to, zone), zone);
