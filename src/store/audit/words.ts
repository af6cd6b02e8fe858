/** Whether words are there as they were typed. */
import { contentId } from '../hash.ts';
import type { Reader } from './reader.ts';
import type { OddWords, StoredEvent } from './stream.ts';

/** Words by the streams whose events said them first. */
const SAID = `
  select id, nonce, bytes from contents where team_id = $1 and stream >= $2 and stream <= $3`;
const BY_ID = 'select id, nonce, bytes from contents where team_id = $1 and id = any ($2)';

/** Of the words in events that follow each other those that are not as they were typed. */
export async function oddWords(read: Reader, teamId: string, events: readonly StoredEvent[]): Promise<OddWords> {
  const ids = new Set(events.flatMap(({ ids }) => ids));
  if (ids.size === 0) return new Map();
  const said = await read(SAID, [teamId, events[0]?.stream, events.at(-1)?.stream]);
  const found = new Map(said.map((row) => [row[0], row]));
  const elsewhere = [...ids].filter((id) => !found.has(id));
  if (elsewhere.length > 0) for (const row of await read(BY_ID, [teamId, elsewhere])) found.set(row[0], row);
  const odd = new Map<string, 'changed' | 'gone' | 'missing'>();
  for (const id of ids) {
    const [, nonce, bytes] = found.get(id) ?? [];
    if (bytes === undefined) odd.set(id, 'missing');
    else if (bytes === null) odd.set(id, 'gone');
    else if (contentId(nonce ?? '', bytes) !== id) odd.set(id, 'changed');
  }
  return odd;
}
