/** Whether words are there as they were typed. */
import { contentId } from '../hash.ts';
import { many, orNull, readMany } from './many.ts';
import type { Reader, TextRow } from './reader.ts';
import type { OddWords, StoredEvent } from './stream.ts';

/** Words by the streams whose events said them first. */
const SAID = many(['id', 'nonce?', 'bytes?'], 'from contents where team_id = $1 and stream >= $2 and stream <= $3');
const BY_ID = many(['id', 'nonce?', 'bytes?'], 'from contents where team_id = $1 and id = any ($2)');

type Odd = 'changed' | 'gone' | 'missing';

/** Of the words in events that follow each other those that are not as they were typed. */
export async function oddWords(read: Reader, teamId: string, events: readonly StoredEvent[]): Promise<OddWords> {
  const odd = new Map<string, Odd>();
  if (!events.some(({ ids }) => ids.length > 0)) return odd;
  const known = new Map<string, Odd | null>();
  const look = (rows: TextRow[]) => {
    // Whoever puts them there a second time has both looked at.
    for (const [id = '', nonce, bytes] of rows)
      known.set(id ?? '', known.get(id ?? '') ?? stateOf(id, orNull(nonce), orNull(bytes)));
  };
  look(await readMany(read, SAID, [teamId, events[0]?.stream, events.at(-1)?.stream]));
  const elsewhere = events.flatMap(({ ids }) => ids.filter((id) => !known.has(id)));
  if (elsewhere.length > 0) look(await readMany(read, BY_ID, [teamId, elsewhere]));
  for (const { ids } of events)
    for (const id of ids) {
      const how = known.get(id);
      if (how !== null) odd.set(id, how ?? 'missing');
    }
  return odd;
}

/** @returns null where they are as they were typed */
function stateOf(id: TextRow[0] | undefined, nonce: string | null, bytes: string | null): Odd | null {
  if (bytes === null) return 'gone';
  return contentId(nonce ?? '', bytes) === id ? null : 'changed';
}
