/** Checkpoints as texts: whether they say what their rows do and are signed as they must be, and what copies outside say. */
import {
  type Checkpoint,
  isSignedBy,
  type Note,
  originOf,
  parseNotes,
  parseVerifierKey,
  textOf,
  type VerifierKey,
} from '../../proof/checkpoint.ts';
import { rootOf, type Subtrees } from '../../proof/merkle.ts';
import { type Fault, treeFault as fault } from './fault.ts';
import { isoOf, type Reader } from './reader.ts';

/** Checkpoints that somebody keeps outside the database: a text with any number of them, and where it is from. */
export type Copy = { name: string; text: string };
/** From the event at this position of the tree on, checkpoints are signed with this key; null: with none. */
type KeyChange = { position: number; key: VerifierKey | null };

const KEYS = `
  select l.position::text as position, e.data ->> 'key' as key from events e
  join leaves l on l.team_id = e.team_id and l.stream = e.stream and l.seq = e.seq
  where e.team_id = $1 and e.stream = 'seal' and e.type = 'seal_key_changed' order by e.seq`;

export async function keyChanges(read: Reader, teamId: string): Promise<KeyChange[]> {
  const rows = await read(KEYS, [teamId]);
  return rows.map(([position, key]) => ({ position: Number(position), key: parseVerifierKey(key ?? '') }));
}

const NOTES = `
  select size::text as size, encode(root, 'base64') as root, at::text as at, note from checkpoints
  where team_id = $1 and size > $2::bigint order by checkpoints.size, checkpoints.root limit $3::int`;
const PAGE = 1000;

/**
 * Each checkpoint's text against its row, and its signature.
 * @param keys that were given from outside; none where the record itself is to say which
 */
export async function noteFaults(read: Reader, teamId: string, keys: readonly VerifierKey[]): Promise<Fault[]> {
  const changes = await keyChanges(read, teamId);
  const faults: Fault[] = otherKeys(changes, keys);
  let [after, previous, wasSigned] = [0, 0, false];
  for (;;) {
    const rows = await read(NOTES, [teamId, after, PAGE]);
    for (const [size, root = '', at, note] of rows) {
      const row: Checkpoint = {
        ...{ origin: originOf(teamId), size: Number(size), at: isoOf(at ?? '') },
        root: Buffer.from((root ?? '').replaceAll('\n', ''), 'base64'),
      };
      const checkpoint = { size: row.size, at: row.at };
      if (row.size === previous) faults.push(fault({ what: 'forked', checkpoint, outside: null, signed: false }));
      previous = row.size;
      const [said, ...others] = parseNotes(note ?? '');
      if (!said || others.length > 0 || said.text !== textOf(row) || !note?.startsWith(said.text)) {
        faults.push(fault({ what: 'note_changed', checkpoint }));
        continue;
      }
      const wrong = signatureFault(said, changes, keys, wasSigned);
      if (wrong) faults.push(fault({ what: wrong, checkpoint, outside: null }));
      wasSigned ||= said.signatures.length > 0;
    }
    if (rows.length < PAGE) return faults;
    after = previous;
  }
}

/** The last key on the record must be among those given, where any are. */
function otherKeys(changes: readonly KeyChange[], keys: readonly VerifierKey[]): Fault[] {
  const last = changes.at(-1)?.key ?? null;
  if (keys.length === 0 || (last && keys.some((key) => isSame(key, last)))) return [];
  return [fault({ what: 'other_key', key: last && `${last.name}+${last.keyId}` })];
}
const isSame = (a: VerifierKey, b: VerifierKey): boolean => a.name === b.name && a.raw.equals(b.raw);

/** The key that the record says signs a checkpoint of this size. */
const keyAt = (changes: readonly KeyChange[], size: number): VerifierKey | null =>
  changes.findLast(({ position }) => position < size)?.key ?? null;

/** @param wasSigned whether an earlier checkpoint was signed: with keys given from outside, no later one may be without */
function signatureFault(
  note: Note,
  changes: readonly KeyChange[],
  keys: readonly VerifierKey[],
  wasSigned: boolean,
): 'unsigned' | 'wrong_signature' | null {
  const recorded = keyAt(changes, note.checkpoint.size);
  const isSigned = note.signatures.length > 0;
  const mustBe = recorded !== null || (keys.length > 0 && wasSigned);
  if (!isSigned) return mustBe ? 'unsigned' : null;
  const accepted = keys.length > 0 ? keys : recorded ? [recorded] : [];
  return accepted.some((key) => isSignedBy(note, key)) ? null : 'wrong_signature';
}

const PUBLISHED = `
  select p.size::text as size, p.place from publications p where team_id = $1 and not exists (
    select from checkpoints c where c.team_id = p.team_id and c.size = p.size
  ) order by p.size limit 100`;

/** What was published and is not there any more. */
export async function publicationFaults(read: Reader, teamId: string): Promise<Fault[]> {
  const rows = await read(PUBLISHED, [teamId]);
  return rows.map(([size, place]) =>
    fault({ what: 'checkpoint_missing', checkpoint: { size: Number(size) }, place: place ?? '' }),
  );
}

/**
 * What copies outside say, against the tree as it is now: it must have had each of their roots.
 * @param size of the tree; `at`: its subtrees, whose nodes were found to be what the leaves give
 */
export async function copyFaults(
  copies: readonly Copy[],
  teamId: string,
  {
    size,
    at,
    changes,
    keys,
  }: { size: number; at: Subtrees; changes: readonly KeyChange[]; keys: readonly VerifierKey[] },
): Promise<{ compared: number; faults: Fault[] }> {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const { name, text } of copies)
    for (const note of parseNotes(text)) {
      const { checkpoint: said } = note;
      if (said.origin !== originOf(teamId) || seen.has(note.text)) continue;
      seen.add(note.text);
      const checkpoint = { size: said.size, at: said.at };
      const known = keys.length > 0 ? keys : [keyAt(changes, said.size) ?? []].flat();
      const signed = known.some((key) => isSignedBy(note, key));
      if (keys.length > 0 && !signed && note.signatures.length > 0) {
        faults.push(fault({ what: 'wrong_signature', checkpoint, outside: name }));
        continue;
      }
      if (said.size > size) faults.push(fault({ what: 'log_cut_off', checkpoint, outside: name, size, signed }));
      else if (!(await rootOf(said.size, at)).equals(said.root))
        faults.push(fault({ what: 'forked', checkpoint, outside: name, signed }));
    }
  return { compared: seen.size, faults };
}
