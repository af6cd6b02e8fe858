/** Erasing bytes of files with the event that says so. */
import type pg from 'pg';
import type { Append, Appended } from '../app/ports.ts';
import { appendWith } from './appendWith.ts';

// Two requests that have the same bytes and are emptied at once take turns here, so that the second sees the first.
const TURN = 'select from blobs where team_id = $1 and sha256 = any ($2) order by sha256 for update';

const ERASE = `
  update blobs set bytes = null
  where team_id = $1 and sha256 = any ($2) and not exists (
    select from events kept
    where kept.team_id = $1 and kept.type = 'evidence_kept' and kept.data ->> 'sha256' = blobs.sha256
      and not exists (
        select from events erased
        where erased.team_id = $1 and erased.stream = kept.stream and erased.type = 'erased'
          and (erased.data -> 'files')::jsonb ? blobs.sha256
      )
  )`;

/** The bytes go in the same transaction, but for those that another request has and that were not erased there. */
export function appendErasing(pool: Pick<pg.Pool, 'connect'>, append: Append): Promise<Appended> {
  const values = [append.teamId, append.eraseFiles];
  return appendWith(pool, append, async (client) => {
    await client.query(TURN, values);
    await client.query(ERASE, values);
  });
}
