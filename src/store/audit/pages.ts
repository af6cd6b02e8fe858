/** The events of a range in pages, each with its place in the tree. */
import type { Bulk, BulkRow } from './bulk.ts';
import { encoded } from './bytes.ts';
import { EVENT_COLUMNS, LoggedEvent } from './loggedEvent.ts';
import type { Reader } from './reader.ts';

/** Streams from `from` on up to but not including `to`, as the database orders them; null for without end. */
export type Range = { from: string; to: string | null };

const EVENTS = `
  select ${EVENT_COLUMNS} from events
  where team_id = $1 and (stream, seq) > ($2, $3::int) and ($4::text is null or stream < $4)
  order by stream, seq limit $5::int`;

/** Their places in the tree, in the same order. Read apart: joined, each of the two costs more than both. */
const LEAVES = `
  select stream::text, seq::int, position::bigint, hash::bytea from leaves
  where team_id = $1 and (stream, seq) > ($2, $3::int) and (stream, seq) <= ($4, $5::int)
  order by stream, seq`;

/** Of events that have no place in the tree those that the sealer has gone past. `seals` is one row, or none. */
const PASSED = `
  select e.stream, e.seq::text from unnest($2::text[], $3::int[]) as u (stream, seq)
  join events e on e.team_id = $1 and e.stream = u.stream and e.seq = u.seq
  join seals s on s.team_id = e.team_id
  where (e.tx, e.stream, e.seq) <= (s.tx, s.stream, s.seq) and s.tx < pg_snapshot_xmax(pg_current_snapshot())`;

export type Page = { events: LoggedEvent[]; last: boolean };

type Place = { stream: string; seq: number };
/** @param read what is asked of few @param bulk of the same snapshot */
export async function* pages(
  read: Reader,
  bulk: Bulk,
  teamId: string,
  range: Range,
  limit: number,
): AsyncGenerator<Page> {
  const team = encoded(teamId);
  let after: Place = { stream: range.from, seq: 0 };
  for (;;) {
    const values = [teamId, after.stream, after.seq, range.to, limit];
    const events = await bulk(EVENTS, values, (row) => new LoggedEvent(team, row));
    const end = events.at(-1) ?? after;
    const last = events.length < limit;
    await bulk(LEAVES, [teamId, after.stream, after.seq, end.stream, end.seq], placing(events));
    const open = events.filter(({ leaf }) => !leaf);
    if (open.length > 0) await lookUp(read, teamId, open);
    yield { events, last };
    if (last) return;
    after = end;
  }
}

/** Gives the events their places in the tree, row by row; both are in the same order. */
function placing(events: readonly LoggedEvent[]): (row: BulkRow) => void {
  let byPlace: Map<string, number> | null = null;
  let next = 0;
  return (row) => {
    const [stream, seq] = [row.text(0), row.int(1)];
    let event = events[next];
    // One goes with the other as long as neither is missing.
    if (event?.seq !== seq || event.stream !== stream) {
      byPlace ??= new Map(events.map((one, at) => [`${one.seq} ${one.stream}`, at]));
      next = byPlace.get(`${seq} ${stream}`) ?? next;
      event = events[next];
    }
    if (event?.seq !== seq || event.stream !== stream || event.leaf) return;
    event.leaf = { position: row.bigint(2), hash: row.bytes(3) };
    next++;
  };
}

/** Which of the events without a place the sealer has gone past. */
async function lookUp(read: Reader, teamId: string, open: readonly LoggedEvent[]): Promise<void> {
  const rows = await read(PASSED, [teamId, open.map(({ stream }) => stream), open.map(({ seq }) => seq)]);
  const passed = new Set(rows.map(([stream, seq]) => `${seq} ${stream}`));
  for (const event of open) event.passed = passed.has(`${event.seq} ${event.stream}`);
}
