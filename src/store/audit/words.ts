/** Whether words are there as they were typed. */
import type { Bulk, BulkRow } from './bulk.ts';
import { type Bytes, decoded, sha256 } from './bytes.ts';
import type { LoggedEvent } from './loggedEvent.ts';
import type { OddWords } from './stream.ts';

/** Words by the streams whose events said them first. */
const SAID =
  'select id::text, nonce::text, bytes::text from contents where team_id = $1 and stream >= $2 and stream <= $3';
const BY_ID = `
  select id::text, nonce::text, bytes::text from contents
  where team_id = $1 and id in (select json_array_elements_text($2::json))`;

type Odd = 'changed' | 'gone' | 'missing';

/** Of the words in events that follow each other those that are not as they were typed. */
export async function oddWords(bulk: Bulk, teamId: string, events: readonly LoggedEvent[]): Promise<OddWords> {
  const odd = new Map<Bytes, Odd>();
  if (!events.some(({ ids }) => ids.length > 0)) return odd;
  // Of words that somebody put there a second time both are looked at.
  const look = (row: BulkRow): Bytes => {
    const id = row.bytes(0);
    const how = howOdd(id, row);
    if (how) odd.set(id, how);
    return id;
  };
  const said = new Set(await bulk(SAID, [teamId, events[0]?.stream ?? '', events.at(-1)?.stream ?? ''], look));
  const elsewhere = events.flatMap(({ ids }) => ids.filter((id) => !said.has(id)));
  if (elsewhere.length === 0) return odd;
  const found = new Set(await bulk(BY_ID, [teamId, JSON.stringify(elsewhere.map(decoded))], look));
  for (const id of elsewhere) if (!found.has(id)) odd.set(id, 'missing');
  return odd;
}

/** @returns null for words that are as they were typed */
function howOdd(id: Bytes, row: BulkRow): Odd | null {
  const words = row.bytesOrNull(2);
  if (words === null) return 'gone';
  // What `contentId` gives, of bytes.
  return sha256(row.bytes(1) + words) === id ? null : 'changed';
}
