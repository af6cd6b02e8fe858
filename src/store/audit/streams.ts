/** The streams of a range, in pages, so that memory does not grow with them. */
import type { Known } from './barred.ts';
import { evidenceFaults } from './evidence.ts';
import { type Fault, SHOWN } from './fault.ts';
import { isoOf, type Reader, type TextRow } from './reader.ts';
import { compareRows } from './rows.ts';
import { type Ending, type OddWords, type StoredEvent, StreamAudit, storedEvent } from './stream.ts';

/** Streams from `from` on up to but not including `to`, as the database orders them; null for without end. */
export type Range = { from: string; to: string | null };

export type RangeVerdict = {
  events: number;
  streams: number;
  /** Events whose place in the tree is before `size`. */
  sealed: number;
  /** Events that are not sealed yet. */
  pending: number;
  /** The first `SHOWN` in the order of streams, at most one a stream. */
  faults: Fault[];
  faulty: number;
};

const PAGE = 2000;
/** No text of an event has it: JSON escapes it, and nothing else may stand where it would mislead. */
const UNIT = '\u001f';
const FIELDS = 10;

/**
 * Of each event what surrounds it, in one text, and what it says. Leaves are read beside the events in the same order.
 * `seals` is one row, or none.
 */
const EVENTS = `
  select e.stream || E'\\x1f' || e.seq || E'\\x1f' || e.type || E'\\x1f' || e.schema_version || E'\\x1f' || e.actor || E'\\x1f'
      || e.at || E'\\x1f' || coalesce(e.prev_hash, '-') || E'\\x1f' || e.hash || E'\\x1f' || coalesce(l.position, -1) || E'\\x1f'
      || case when l.position is null then coalesce((e.tx, e.stream, e.seq) <= (s.tx, s.stream, s.seq)
        and s.tx < pg_snapshot_xmax(pg_current_snapshot()), false)::text else encode(l.hash, 'hex') end as surroundings,
    e.data::text as data
  from events e
  left join leaves l on l.team_id = e.team_id and l.stream = e.stream and l.seq = e.seq
    and (l.stream, l.seq) > ($2, $3::int) and ($4::text is null or l.stream < $4)
  left join seals s on s.team_id = e.team_id
  where e.team_id = $1 and (e.stream, e.seq) > ($2, $3::int) and ($4::text is null or e.stream < $4)
  order by e.stream, e.seq limit $5::int`;

/**
 * @param size of the tree when the audit began
 * @param absences everybody's, at all times
 * @param onEvents is told how many more were read
 */
export async function verifyStreams(
  read: Reader,
  teamId: string,
  range: Range,
  { size, absences, pageSize = PAGE }: { size: number; absences: readonly Known[]; pageSize?: number | undefined },
  onEvents?: (events: number) => void,
): Promise<RangeVerdict> {
  const verdict: RangeVerdict = { events: 0, streams: 0, sealed: 0, pending: 0, faults: [], faulty: 0 };
  const note = (faults: Fault[]) => {
    verdict.faulty += faults.length;
    verdict.faults = [...verdict.faults, ...faults].sort(byStream).slice(0, SHOWN);
  };
  // Joined in their order: both sides are read once, from one end to the other.
  await read('set local enable_nestloop to off', []);
  await read('set local enable_hashjoin to off', []);
  let stream: StreamAudit | null = null;
  for await (const page of pages(read, teamId, range, pageSize)) {
    const endings: Ending[] = [];
    const close = () => {
      const fault = stream?.end();
      if (fault) note([fault]);
      else endings.push(...([stream?.ending()].filter(Boolean) as Ending[]));
    };
    const odd = await oddWords(read, teamId, page.events);
    for (const event of page.events) {
      if (stream?.stream !== event.stream) {
        close();
        stream = new StreamAudit(event.stream);
        verdict.streams++;
      }
      stream.next(event, odd);
      if (!event.leaf) verdict.pending++;
      else if (event.leaf.position < size) verdict.sealed++;
    }
    if (page.last) close();
    verdict.events += page.events.length;
    onEvents?.(page.events.length);
    const wrong = await compareRows(read, teamId, endings, absences);
    const broken = new Set(wrong.map((fault) => fault.stream));
    const whole = endings.filter((ending) => !broken.has(ending.stream));
    note([...wrong, ...(await evidenceFaults(read, teamId, whole))]);
  }
  return verdict;
}

const byStream = (a: Fault, b: Fault): number => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0);

type Page = { events: StoredEvent[]; last: boolean };

async function* pages(read: Reader, teamId: string, range: Range, limit: number): AsyncGenerator<Page> {
  let after = { stream: range.from, seq: 0 };
  for (;;) {
    const rows = await read(EVENTS, [teamId, after.stream, after.seq, range.to, limit]);
    const events = rows.map((row) => parsed(teamId, row));
    const last = rows.length < limit;
    yield { events, last };
    if (last) return;
    after = events.at(-1) ?? after;
  }
}

function parsed(teamId: string, [surroundings, data]: TextRow): StoredEvent {
  const fields = surroundings?.split(UNIT) ?? [];
  const [stream = '', seq, type = '', version, actor = '', at = '', prev, hash = '', position, leafHash = ''] = fields;
  const envelope = {
    ...{ teamId, stream, seq: Number(seq), type, version: Number(version), actor, at: isoOf(at) },
    prevHash: prev === '-' || prev === undefined ? null : prev,
  };
  const isSealed = Number(position) >= 0;
  const leaf = isSealed ? { position: Number(position), hash: leafHash } : null;
  // Whoever writes the separator into a text would have it read as two: then nothing of it is what was hashed.
  const own = fields.length === FIELDS ? hash : '';
  return storedEvent(envelope, data ?? 'null', { hash: own, leaf, passed: !isSealed && leafHash === 'true' });
}

const ODD_WORDS = `
  select i as id, case when c.id is null then 'missing' when c.bytes is null then 'gone' else 'changed' end as how
  from unnest($2::text[]) i left join lateral (
    select id, nonce, bytes from contents c where c.team_id = $1 and c.id = i limit 1
  ) c on true
  where c.id is null or c.bytes is null or encode(sha256(convert_to(c.nonce || c.bytes, 'UTF8')), 'hex') <> i`;

/** Hashed by the database itself, one look for each. */
async function oddWords(read: Reader, teamId: string, events: readonly StoredEvent[]): Promise<OddWords> {
  const ids = [...new Set(events.flatMap(({ ids }) => ids))];
  if (ids.length === 0) return new Map();
  const rows = await read(ODD_WORDS, [teamId, ids]);
  return new Map(rows.map(([id, how]) => [id ?? '', how as 'changed' | 'gone' | 'missing']));
}
