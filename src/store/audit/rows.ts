/** What is read all day, compared with the events it was made from. */
import canonicalize from 'canonicalize';
import { sql } from 'kysely';
import { requestColumns } from '../requestColumns.ts';
import type { Db, Row } from '../schema.ts';
import { type Ending, type Fault, REQUEST_STREAM } from './stream.ts';

const numberOf = (stream: string): number => Number(REQUEST_STREAM.exec(stream)?.[1]);

/** @param endings of request streams in which nothing else was wrong */
export async function compareRows(db: Db, teamId: string, endings: Ending[]): Promise<Fault[]> {
  const numbers = endings.map(({ stream }) => numberOf(stream));
  if (numbers.length === 0) return [];
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('team_id', '=', teamId)
    .where('number', 'in', numbers)
    .execute();
  const decisions = await db
    .selectFrom('decisions')
    .selectAll()
    .where('team_id', '=', teamId)
    .where('request_number', 'in', numbers)
    .execute();
  return endings.flatMap((ending) => {
    const number = numberOf(ending.stream);
    const own = decisions.filter(({ request_number }) => request_number === number);
    const row = rows.find((row) => row.number === number);
    return rowFault(teamId, ending, row, own) ?? [];
  });
}

function rowFault(
  teamId: string,
  ending: Ending,
  row: Row<'requests'> | undefined,
  decisions: Row<'decisions'>[],
): Fault | null {
  const { stream, seq, head, state } = ending;
  if (!row || !state) return { stream, seq: null, what: 'row_missing' };
  if (row.version > seq) return { stream, seq: seq + 1, what: 'cut_off' };
  if (row.version < seq) return { stream, seq: row.version + 1, what: 'inserted' };
  if (row.head !== head) return { stream, seq, what: 'rewritten' };
  const append = {
    ...{ teamId, stream, expectedVersion: seq - ending.decisions.length, head, events: ending.decisions },
    ...{ intents: [], request: null, key: null, handled: null },
  };
  const derived = requestColumns(append, { state, attentionAt: null }, head);
  const columns = [
    ...differences(derived.request, row),
    ...(canonical(inOrder(derived.decisions)) === canonical(inOrder(decisions)) ? [] : ['decisions']),
  ];
  return columns.length > 0 ? { stream, seq: null, what: 'row_changed', columns } : null;
}

// When a request next needs attention follows from the rules and the time as well, and does no harm for being early or late.
const NOT_FROM_EVENTS = new Set(['attention_at']);

/** Names of the columns in which a row is not what its events make of it. */
export function differences(derived: object, row: object): string[] {
  const stored = new Map(Object.entries(row));
  return Object.entries(derived)
    .filter(([column]) => !NOT_FROM_EVENTS.has(column))
    .filter(([column, value]) => canonical(value) !== canonical(stored.get(column)))
    .map(([column]) => column);
}

/** Dates become the ISO text that the events have. */
const canonical = (value: unknown): string => canonicalize(JSON.parse(JSON.stringify(value ?? null))) ?? '';

const inOrder = <T extends { round: number; stage: string }>(decisions: T[]): T[] =>
  decisions.toSorted((a, b) => a.round - b.round || (a.stage < b.stage ? 1 : -1));

/** Requests that have a row and not one event. */
export async function rowsWithoutEvents(db: Db, teamId: string): Promise<Fault[]> {
  const { rows } = await sql<{ number: number }>`
    select number from requests r
    where team_id = ${teamId} and not exists (
      select from events e where e.team_id = r.team_id and e.stream = 'request/' || r.number
    )
    order by number`.execute(db);
  return rows.map(({ number }) => ({ stream: `request/${number}`, seq: null, what: 'events_missing' }));
}
