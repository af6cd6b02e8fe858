/** Each review of the policy must be there as its events tell it, and no other. */

import { loadReview, reviewRow, reviewStream } from '../policyReviews.ts';
import type { Db, Row } from '../schema.ts';
import { differences } from './differences.ts';
import type { Fault } from './fault.ts';

/** @param broken streams in which something else was wrong already */
export async function reviewFaults(db: Db, teamId: string, broken: ReadonlySet<string>): Promise<Fault[]> {
  const rows = await db.selectFrom('policy_reviews').selectAll().where('team_id', '=', teamId).execute();
  const streams = await db
    .selectFrom('events')
    .select('stream')
    .distinct()
    .where('team_id', '=', teamId)
    .where('type', '=', 'policy_review_opened')
    .execute();
  const stored = new Map(rows.map((row) => [reviewStream(row.review), row]));
  const all = [...new Set([...stored.keys(), ...streams.map(({ stream }) => stream)])].sort();
  const faults: Fault[] = [];
  for (const stream of all.filter((stream) => !broken.has(stream))) {
    const fault = await reviewFault(db, teamId, stream, stored.get(stream));
    if (fault) faults.push(fault);
  }
  return faults;
}

async function reviewFault(
  db: Db,
  teamId: string,
  stream: string,
  row: Row<'policy_reviews'> | undefined,
): Promise<Fault | null> {
  try {
    const { state } = await loadReview(db, teamId, Number(stream.split('/')[1]));
    if (!state) return { stream, seq: null, what: 'events_missing' };
    if (!row) return { stream, seq: null, what: 'row_missing' };
    const columns = differences(reviewRow(teamId, state), row);
    return columns.length > 0 ? { stream, seq: null, what: 'row_changed', columns } : null;
  } catch (error) {
    // Each event is what was written, but this one cannot follow that one.
    return { stream, seq: null, what: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
}
