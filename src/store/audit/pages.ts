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

/** Their places in the tree. Read apart: joined, each of the two costs more than both. */
const LEAVES = `
  select stream || E'\\x1f' || seq as event, position::text as position, encode(hash, 'hex') as hash from leaves
  where team_id = $1 and (stream, seq) > ($2, $3::int) and (stream, seq) <= ($4, $5::int)`;

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
    const bare = rows.map((row) => parsed(teamId, row));
    const end = bare.at(-1) ?? after;
    const last = rows.length < limit;
    yield { events: await placed(read, teamId, bare, after, end), last };
    if (last) return;
    after = end;
  }
}

type Bare = Omit<StoredEvent, 'leaf' | 'passed'>;

function parsed(teamId: string, [surroundings, data]: TextRow): Bare {
  const fields = surroundings?.split(UNIT) ?? [];
  const [stream = '', seq, type = '', version, actor = '', at = '', prev, hash = ''] = fields;
  const body = data ?? 'null';
  return {
    ...{ team_id: teamId, stream, seq: Number(seq), type, schema_version: Number(version), actor, at: isoOf(at) },
    prev_hash: prev === '-' || prev === undefined ? null : prev,
    // Whoever writes the separator into a text would have it read as two: then nothing of it is what was hashed.
    hash: fields.length === FIELDS ? hash : '',
    ...{ body, ids: wordsIn(body) },
  };
}

/** The events, which come after `from` and up to `to`, with their places in the tree. */
async function placed(read: Reader, teamId: string, events: Bare[], from: Place, to: Place): Promise<StoredEvent[]> {
  const rows = await read(LEAVES, [teamId, from.stream, from.seq, to.stream, to.seq]);
  const leaves = new Map(
    rows.map(([event, position, hash]) => [event, { position: Number(position), hash: hash ?? '' }]),
  );
  const leafOf = ({ stream, seq }: Place) => leaves.get(`${stream}${UNIT}${seq}`) ?? null;
  const open = events.filter((event) => !leafOf(event));
  const passed = new Set(
    open.length === 0
      ? []
      : (await read(PASSED, [teamId, open.map(({ stream }) => stream), open.map(({ seq }) => seq)])).flat(),
  );
  return events.map((event) => ({
    ...event,
    leaf: leafOf(event),
    passed: passed.size > 0 && passed.has(`${event.stream}${UNIT}${event.seq}`),
  }));
}
