/** Proves the log against itself: every event, every chain, every row that was made from them. */

import { readContents } from '../requests.ts';
import type { Db } from '../schema.ts';
import { contentIds } from '../words.ts';
import { personFaults } from './people.ts';
import { policyFaults } from './policies.ts';
import { reviewFaults } from './reviews.ts';
import { compareRows, rowsWithoutEvents } from './rows.ts';
import { type Ending, type EventRow, type Fault, REQUEST_STREAM, StreamAudit } from './stream.ts';

export type { Fault } from './stream.ts';

export type Verdict = {
  events: number;
  streams: number;
  /** The first fault of each stream in the order of streams, at most `SHOWN`. */
  faults: Fault[];
  /** Faults in all. */
  faulty: number;
};
export type Progress = Pick<Verdict, 'events' | 'streams'>;

const SHOWN = 20;
const PAGE = 2000;

/**
 * Reads the whole log of a workspace in pages, so memory does not grow with it, all from one snapshot, so that the bot may
 * go on meanwhile. A chain rewritten from some event on, with every row that depends on it, needs a copy kept elsewhere to
 * be seen.
 */
export function verifyChains(
  db: Db,
  teamId: string,
  { onProgress, pageSize = PAGE }: { onProgress?: (progress: Progress) => void; pageSize?: number } = {},
): Promise<Verdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const verdict: Verdict = { events: 0, streams: 0, faults: [], faulty: 0 };
      const broken = new Set<string>();
      const note = (faults: Fault[]) => {
        for (const { stream } of faults) broken.add(stream);
        verdict.faulty += faults.length;
        verdict.faults.push(...faults.slice(0, SHOWN - verdict.faults.length));
      };
      let stream: StreamAudit | null = null;
      for await (const page of pages(trx, teamId, pageSize)) {
        const endings: Ending[] = [];
        const contents = await readContents(trx, teamId, [...new Set(page.flatMap(({ data }) => contentIds(data)))]);
        for (const row of page) {
          if (stream?.stream !== row.stream) {
            close(stream, endings, note);
            stream = new StreamAudit(row.stream);
            verdict.streams++;
          }
          stream.next(row, contents);
        }
        verdict.events += page.length;
        note(await compareRows(trx, teamId, endings));
        onProgress?.(verdict);
      }
      const endings: Ending[] = [];
      close(stream, endings, note);
      note(await compareRows(trx, teamId, endings));
      note(await rowsWithoutEvents(trx, teamId));
      note(await policyFaults(trx, teamId));
      note(await reviewFaults(trx, teamId, broken));
      note(await personFaults(trx, teamId, broken));
      return verdict;
    });
}

/** A stream is over: its fault is noted, or its ending goes on to be compared with the request's row. */
function close(stream: StreamAudit | null, endings: Ending[], note: (faults: Fault[]) => void): void {
  const fault = stream?.end();
  if (fault) note([fault]);
  else if (stream && REQUEST_STREAM.test(stream.stream)) endings.push(stream.ending());
}

async function* pages(db: Db, teamId: string, size: number): AsyncGenerator<EventRow[]> {
  let after = { stream: '', seq: 0 };
  for (;;) {
    const page = await db
      .selectFrom('events')
      .select(['team_id', 'stream', 'seq', 'type', 'schema_version', 'data', 'actor', 'at', 'prev_hash', 'hash'])
      .where('team_id', '=', teamId)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('stream', 'seq'), '>', tuple(after.stream, after.seq)))
      .orderBy('stream')
      .orderBy('seq')
      .limit(size)
      .execute();
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last;
  }
}
