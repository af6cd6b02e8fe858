/** The events of a range in pages, each with its place in the tree. */
import type { Bulk } from './bulk.ts';
import { encoded } from './bytes.ts';
import { EVENT_COLUMNS, LoggedEvent } from './loggedEvent.ts';
import type { Reader } from './reader.ts';

/** Streams from `from` on up to but not including `to`, as the database orders them; null for without end. */
export type Range = { from: string; to: string | null };

/** Both in the order of their keys: Postgres goes through them side by side, and half as many rows have to come over. */
const EVENTS = `
  select ${EVENT_COLUMNS} from (
    select * from events where team_id = $1 and (stream, seq) > ($2, $3::int) and ($4::text is null or stream < $4)
  ) e left join (
    select stream, seq, position, hash as leaf_hash from leaves
    where team_id = $1 and (stream, seq) > ($2, $3::int) and ($4::text is null or stream < $4)
  ) l using (stream, seq)
  order by stream, seq limit $5::int`;

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
    const open = events.filter(({ leaf }) => !leaf);
    if (open.length > 0) await lookUp(read, teamId, open);
    yield { events, last };
    if (last) return;
    after = end;
  }
}

/** Which of the events without a place the sealer has gone past. */
async function lookUp(read: Reader, teamId: string, open: readonly LoggedEvent[]): Promise<void> {
  const rows = await read(PASSED, [teamId, open.map(({ stream }) => stream), open.map(({ seq }) => seq)]);
  const passed = new Set(rows.map(([stream, seq]) => `${seq} ${stream}`));
  for (const event of open) event.passed = passed.has(`${event.seq} ${event.stream}`);
}
