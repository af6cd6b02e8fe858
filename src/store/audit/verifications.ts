/** How far the record was last proved. */
import type { Instant } from '../../core/values.ts';
import type { Db } from '../schema.ts';
import type { Fault } from './fault.ts';

/** What the last pass over the whole record found. */
export type Verification = {
  startedAt: Instant;
  finishedAt: Instant;
  /** Events that were sealed when it began, all of which it went through. */
  size: number;
  /** Events it went through in all. */
  events: number;
  /** The first faults, in the order of streams. */
  faults: Fault[];
  /** Faults in all. */
  faulty: number;
  /** A pass that is under way. */
  running: { startedAt: Instant; events: number; faulty: number } | null;
};

/** @returns null where no pass was ever finished */
export async function lastVerification(db: Db, teamId: string): Promise<Verification | null> {
  const newest = await db
    .selectFrom('verifications')
    .select(['started_at', 'finished_at', 'size', 'events', 'faults', 'faulty'])
    .where('team_id', '=', teamId)
    .orderBy('pass', 'desc')
    .limit(2)
    .execute();
  const finished = newest.find(({ finished_at }) => finished_at !== null);
  if (!finished?.finished_at) return null;
  const [running] = newest.filter(({ finished_at }) => finished_at === null);
  return {
    startedAt: finished.started_at.toISOString(),
    finishedAt: finished.finished_at.toISOString(),
    size: Number(finished.size),
    events: Number(finished.events),
    faults: finished.faults as Fault[],
    faulty: finished.faulty,
    running: running
      ? { startedAt: running.started_at.toISOString(), events: Number(running.events), faulty: running.faulty }
      : null,
  };
}
