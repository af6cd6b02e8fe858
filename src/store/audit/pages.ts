/** The events of a range in pages, each with its place in the tree. */
import { bodyOf, type Frame, hashOf } from '../hash.ts';
import { wordsIn } from './body.ts';
import { many, orNull, readMany } from './many.ts';
import { isoOf, type Reader, type TextRow } from './reader.ts';
import type { StoredEvent } from './stream.ts';

/** Streams from `from` on up to but not including `to`, as the database orders them; null for without end. */
export type Range = { from: string; to: string | null };

const EVENTS = many(
  ['stream', 'seq::text', 'type', 'schema_version::text', 'actor', 'at::text', 'prev_hash?', 'hash', 'data::text'],
  `from events
  where team_id = $1 and (stream, seq) > ($2, $3::int) and ($4::text is null or stream < $4)
  order by stream, seq limit $5::int`,
);

/** Their places in the tree, in the same order. Read apart: joined, each of the two costs more than both. */
const LEAVES = many(
  ['stream', 'seq::text', 'position::text', "encode(hash, 'hex')"],
  `from leaves
  where team_id = $1 and (stream, seq) > ($2, $3::int) and (stream, seq) <= ($4, $5::int)
  order by stream, seq`,
);

/** Of events that have no place in the tree those that the sealer has gone past. `seals` is one row, or none. */
const PASSED = `
  select e.stream, e.seq::text from unnest($2::text[], $3::int[]) as u (stream, seq)
  join events e on e.team_id = $1 and e.stream = u.stream and e.seq = u.seq
  join seals s on s.team_id = e.team_id
  where (e.tx, e.stream, e.seq) <= (s.tx, s.stream, s.seq) and s.tx < pg_snapshot_xmax(pg_current_snapshot())`;

export type Page = { events: StoredEvent[]; last: boolean };

type Place = { stream: string; seq: number };

export async function* pages(read: Reader, teamId: string, range: Range, limit: number): AsyncGenerator<Page> {
  let after: Place = { stream: range.from, seq: 0 };
  for (;;) {
    const rows = await readMany(read, EVENTS, [teamId, after.stream, after.seq, range.to, limit]);
    const events = rows.map((row) => parsed(teamId, row));
    const end = events.at(-1) ?? after;
    const last = rows.length < limit;
    await place(read, teamId, events, after, end);
    yield { events, last };
    if (last) return;
    after = end;
  }
}

/** An event that has no place yet. */
function parsed(team_id: string, row: TextRow): StoredEvent {
  const [stream, seq, type, version, actor, at, prev, hash, data] = row;
  const frame = {
    ...{ team_id, stream: stream ?? '', seq: Number(seq), type: type ?? '', schema_version: Number(version) },
    ...{ actor: actor ?? '', at: isoOf(at ?? ''), prev_hash: orNull(prev) },
  };
  const body = hashed(frame, data ?? 'null', hash ?? '');
  const rest = { body: body ?? '', isWhole: body !== null, ids: wordsIn(body ?? ''), leaf: null, passed: false };
  return { ...frame, hash: hash ?? '', ...rest };
}

/** What the event says, as it was hashed; null where it gives another hash. */
function hashed(frame: Frame, data: string, hash: string): string | null {
  if (hashOf(frame, data) === hash) return data;
  // An older text of it is as Postgres gave it once, and no longer as it was hashed.
  const canonical = bodyOf(JSON.parse(data));
  return hashOf(frame, canonical) === hash ? canonical : null;
}

/** Gives the events, which come after `from` and up to `to`, their places in the tree. */
async function place(read: Reader, teamId: string, events: StoredEvent[], from: Place, to: Place): Promise<void> {
  const leaves = await readMany(read, LEAVES, [teamId, from.stream, from.seq, to.stream, to.seq]);
  const isOf = (leaf: TextRow | undefined, { stream, seq }: Place) => leaf?.[0] === stream && Number(leaf?.[1]) === seq;
  let byEvent: Map<string, number> | null = null;
  const open: StoredEvent[] = [];
  let next = 0;
  for (const event of events) {
    // One goes with the other as long as neither is missing.
    if (!isOf(leaves[next], event)) {
      byEvent ??= new Map(leaves.map(([stream, seq], at) => [`${seq} ${stream}`, at]));
      next = byEvent.get(`${event.seq} ${event.stream}`) ?? next;
    }
    const leaf = leaves[next];
    if (leaf && isOf(leaf, event)) {
      event.leaf = { position: Number(leaf[2]), hash: leaf[3] ?? '' };
      next++;
    } else open.push(event);
  }
  if (open.length === 0) return;
  const rows = await read(PASSED, [teamId, open.map(({ stream }) => stream), open.map(({ seq }) => seq)]);
  const passed = new Set(rows.map(([stream, seq]) => `${seq} ${stream}`));
  for (const event of open) event.passed = passed.has(`${event.seq} ${event.stream}`);
}
