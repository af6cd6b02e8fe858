/** The streams of a range, in pages, so that memory does not grow with them. */
import type { Known } from './barred.ts';
import { wordsIn } from './body.ts';
import { evidenceFaults } from './evidence.ts';
import { type Fault, SHOWN } from './fault.ts';
import { isoOf, type Reader, type TextRow } from './reader.ts';
import { compareRows } from './rows.ts';
import { type Ending, type OddWords, type StoredEvent, StreamAudit } from './stream.ts';

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

type Place = { stream: string; seq: number };

async function* pages(read: Reader, teamId: string, range: Range, limit: number): AsyncGenerator<Page> {
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
