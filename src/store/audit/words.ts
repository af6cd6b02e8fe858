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
  const said = byId(await bulk(SAID, [teamId, events[0]?.stream ?? '', events.at(-1)?.stream ?? ''], wordsOf));
  const elsewhere: Bytes[] = [];
  for (const { ids } of events)
    for (const id of ids) {
      const how = said.get(id);
      if (how === undefined) elsewhere.push(id);
      else if (how !== null) odd.set(id, how);
    }
  if (elsewhere.length === 0) return odd;
  const found = byId(await bulk(BY_ID, [teamId, JSON.stringify(elsewhere.map(decoded))], wordsOf));
  for (const id of elsewhere) {
    const how = found.get(id);
    if (how !== null) odd.set(id, how ?? 'missing');
  }
  return odd;
}

/** `how`: null where they are as they were typed. */
type Words = { id: Bytes; how: Odd | null };

function wordsOf(row: BulkRow): Words {
  const id = row.bytes(0);
  const words = row.bytesOrNull(2);
  if (words === null) return { id, how: 'gone' };
  // What `contentId` gives, of bytes.
  return { id, how: sha256(row.bytes(1) + words) === id ? null : 'changed' };
}

/** Of words that somebody put there a second time both are looked at. */
function byId(all: readonly Words[]): Map<Bytes, Odd | null> {
  const states = new Map<Bytes, Odd | null>();
  for (const { id, how } of all) if (how !== null || !states.has(id)) states.set(id, how);
  return states;
}
