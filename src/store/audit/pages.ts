/** The events of a range in pages, each with its place in the tree. */
import { wordsIn } from './body.ts';
import { isoOf, type Reader, type TextRow } from './reader.ts';
import type { StoredEvent } from './stream.ts';

/** Streams from `from` on up to but not including `to`, as the database orders them; null for without end. */
export type Range = { from: string; to: string | null };

/** No text of an event has it: JSON escapes it, and nothing else may stand where it would mislead. */
const UNIT = '\u001f';
const FIELDS = 8;

/** Of each event what surrounds it, in one text, and what it says. */
const EVENTS = `
  select stream || E'\\x1f' || seq || E'\\x1f' || type || E'\\x1f' || schema_version || E'\\x1f' || actor || E'\\x1f'
      || at || E'\\x1f' || coalesce(prev_hash, '-') || E'\\x1f' || hash as surroundings, data::text as data
  from events
  where team_id = $1 and (stream, seq) > ($2, $3::int) and ($4::text is null or stream < $4)
  order by stream, seq limit $5::int`;

/** Their places in the tree, in the same order. Read apart: joined, each of the two costs more than both. */
const LEAVES = `
  select stream || E'\\x1f' || seq || E'\\x1f' as event, position::text as position, encode(hash, 'hex') as hash from leaves
  where team_id = $1 and (stream, seq) > ($2, $3::int) and (stream, seq) <= ($4, $5::int)
  order by stream, seq`;

/** Of events that have no place in the tree those that the sealer has gone past. `seals` is one row, or none. */
const PASSED = `
  select e.stream || E'\\x1f' || e.seq as event
  from unnest($2::text[], $3::int[]) as u (stream, seq)
  join events e on e.team_id = $1 and e.stream = u.stream and e.seq = u.seq
  join seals s on s.team_id = e.team_id
  where (e.tx, e.stream, e.seq) <= (s.tx, s.stream, s.seq) and s.tx < pg_snapshot_xmax(pg_current_snapshot())`;

export type Page = { events: StoredEvent[]; last: boolean };

type Place = { stream: string; seq: number };

export async function* pages(read: Reader, teamId: string, range: Range, limit: number): AsyncGenerator<Page> {
  let after: Place = { stream: range.from, seq: 0 };
  for (;;) {
    const rows = await read(EVENTS, [teamId, after.stream, after.seq, range.to, limit]);
    const events = rows.map((row) => parsed(teamId, row));
    const end = events.at(-1) ?? after;
    const last = rows.length < limit;
    await place(read, teamId, rows, events, after, end);
    yield { events, last };
    if (last) return;
    after = end;
  }
}

/** An event that has no place yet. */
function parsed(team_id: string, [surroundings, data]: TextRow): StoredEvent {
  const fields = surroundings?.split(UNIT) ?? [];
  const [stream = '', seq, type = '', version, actor = '', at = '', prev = '-', own = ''] = fields;
  const body = data ?? 'null';
  // Whoever writes the separator into a text would have it read as two: then nothing of it is what was hashed.
  const hash = fields.length === FIELDS ? own : '';
  const prev_hash = prev === '-' ? null : prev;
  const frame = { team_id, stream, seq: Number(seq), type, schema_version: Number(version), actor, at: isoOf(at) };
  return { ...frame, prev_hash, hash, body, ids: wordsIn(body), leaf: null, passed: false };
}

/** Gives the events, which come after `from` and up to `to`, their places in the tree. */
async function place(read: Reader, teamId: string, rows: TextRow[], events: StoredEvent[], from: Place, to: Place) {
  const leaves = await read(LEAVES, [teamId, from.stream, from.seq, to.stream, to.seq]);
  let next = 0;
  let byEvent: Map<string | null | undefined, TextRow> | null = null;
  const open: StoredEvent[] = [];
  for (const [at, event] of events.entries()) {
    // One goes with the other as long as neither is missing.
    let leaf: TextRow | undefined = leaves[next];
    if (rows[at]?.[0]?.startsWith(leaf?.[0] ?? UNIT)) next++;
    else {
      byEvent ??= new Map(leaves.map((one) => [one[0], one]));
      leaf = byEvent.get(`${event.stream}${UNIT}${event.seq}${UNIT}`);
      if (leaf) next = leaves.indexOf(leaf) + 1;
      else open.push(event);
    }
    if (leaf) event.leaf = { position: Number(leaf[1]), hash: leaf[2] ?? '' };
  }
  if (open.length === 0) return;
  const passed = await read(PASSED, [teamId, open.map(({ stream }) => stream), open.map(({ seq }) => seq)]);
  const keys = new Set(passed.flat());
  for (const event of open) event.passed = keys.has(`${event.stream}${UNIT}${event.seq}`);
}
