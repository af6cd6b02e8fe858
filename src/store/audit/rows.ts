/** What is read all day, compared with the events it was made from. */
import { customerKey } from '../../core/sources.ts';
import { type Barred as BarredRow, decisionRows, plainColumns } from '../requestColumns.ts';
import { barsAsRecorded, type Known } from './barred.ts';
import type { Fault } from './fault.ts';
import { isoOf, type Reader, type TextRow } from './reader.ts';
import { type Ending, REQUEST_STREAM } from './stream.ts';

const numberOf = (stream: string): number => Number(REQUEST_STREAM.exec(stream)?.[1]);

/** Its columns but for the state, which is compared apart, and `attention_at`, which follows from the time as well. */
const COLUMNS = [
  ...['version', 'head', 'status', 'tier', 'stage', 'round', 'requester', 'beneficiary', 'customer_key', 'category'],
  ...['rule', 'deviation', 'value', 'submitted_at', 'over_at', 'due_at', 'owner', 'owners', 'open', 'confidential'],
  ...['closed_at', 'renews', 'good_until', 'held', 'already_happened', 'shape'],
] as const;
type Column = (typeof COLUMNS)[number];
const INSTANTS: ReadonlySet<Column> = new Set(['submitted_at', 'over_at', 'due_at', 'closed_at']);
const LISTS: ReadonlySet<Column> = new Set(['owners', 'held']);
const columnText = (column: Column) =>
  `${LISTS.has(column) ? `array_to_json(r.${column})` : `r.${column}`}::text as ${column}`;

/** Everything as texts, which are the same where nothing was changed. No blank stands in a column of a decision. */
const ROWS = `
  select q.number::text as request, c.bytes as customer,
    (select string_agg(concat_ws(' ', round, stage, outcome, person, at, read_ms), E'\n')
      from decisions d where d.team_id = $1 and d.request_number = q.number) as decisions,
    (select string_agg(concat_ws(' ', round, role, person), E'\n')
      from decision_people p where p.team_id = $1 and p.request_number = q.number) as people,
    r.state::text, ${COLUMNS.map(columnText).join(', ')}
  from unnest($2::int[], $3::text[]) as q (number, customer)
  left join lateral (select * from requests where team_id = $1 and number = q.number limit 1) r on true
  left join lateral (select id, bytes from contents where team_id = $1 and id = q.customer limit 1) c on true`;

/** @param endings of requests in whose streams nothing else was wrong */
export async function compareRows(
  read: Reader,
  teamId: string,
  endings: readonly Ending[],
  absences: readonly Known[],
): Promise<Fault[]> {
  if (endings.length === 0) return [];
  const numbers = endings.map(({ stream }) => numberOf(stream));
  const customers = endings.map(({ state }) => state.customer?.content ?? null);
  const rows = await read(ROWS, [teamId, numbers, customers]);
  const byNumber = new Map(rows.map((row) => [Number(row[0]), row]));
  return endings.flatMap((ending) => {
    const fault = rowFault(teamId, ending, byNumber.get(numberOf(ending.stream)) ?? [], absences);
    return fault ?? [];
  });
}

function rowFault(teamId: string, ending: Ending, row: TextRow, absences: readonly Known[]): Fault | null {
  const { stream, seq, head } = ending;
  const [, customer = null, decisions = null, people = null, storedState = null, ...rest] = row;
  const stored = Object.fromEntries(COLUMNS.map((column, at) => [column, rest[at] ?? null])) as Record<Column, string>;
  const version = Number(stored.version);
  if (storedState === null) return { stream, seq: null, what: 'row_missing' };
  if (version > seq) return { stream, seq: seq + 1, what: 'cut_off' };
  if (version < seq) return { stream, seq: version + 1, what: 'inserted' };
  if (stored.head !== head) return { stream, seq, what: 'rewritten' };
  const derived = derivedFrom(teamId, ending);
  const own: Record<string, unknown> = {
    ...derived.columns,
    customer_key: customer && customerKey(customer),
  };
  const columns = [
    ...(isSame(ending.state, JSON.parse(storedState)) ? [] : ['state']),
    ...COLUMNS.filter((column) => textOf(own[column]) !== asText(column, stored[column])),
    ...(sameLines(derived.decisions.map(decisionText), linesOf(decisions).map(isoEnd)) ? [] : ['decisions']),
    ...(barsAsRecorded(ending.barred, linesOf(people).map(barredRow), absences) ? [] : ['decision_people']),
  ];
  return columns.length > 0 ? { stream, seq: null, what: 'row_changed', columns } : null;
}

function derivedFrom(teamId: string, { stream, seq, head, state, decisions }: Ending) {
  const append = {
    ...{ teamId, stream, expectedVersion: seq - decisions.length, head, events: decisions },
    ...{ intents: [], request: null, key: null, handled: null },
  };
  return {
    columns: plainColumns(append, { state, attentionAt: null }, head),
    decisions: decisionRows(append, state),
  };
}

/**
 * Whether a stored state says what the events do. Words are the same where their ids are; a field that is undefined is none.
 * Compared here, since what compares any two values takes several times as long and states are most of what is read.
 */
function isSame(derived: unknown, stored: unknown): boolean {
  if (typeof derived !== 'object' || derived === null) return derived === stored;
  if (typeof stored !== 'object' || stored === null) return false;
  if (Array.isArray(derived) || Array.isArray(stored))
    return (
      Array.isArray(derived) &&
      Array.isArray(stored) &&
      derived.length === stored.length &&
      derived.every((one, at) => isSame(one, stored[at]))
    );
  const [left, right] = [derived as Fields, stored as Fields];
  if ('content' in left && 'nonce' in left) return left.content === right.content && Object.keys(right).length === 1;
  let fields = 0;
  for (const name in left) {
    if (left[name] === undefined) continue;
    if (!Object.hasOwn(right, name) || !isSame(left[name], right[name])) return false;
    fields++;
  }
  return fields === Object.keys(right).length;
}
type Fields = Record<string, unknown>;

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
const asText = (column: Column, text: string | null): string | null =>
  text !== null && INSTANTS.has(column) ? isoOf(text) : text;

const linesOf = (text: string | null): string[] => (text === null ? [] : text.split('\n'));
const sameLines = (a: string[], b: string[]): boolean => a.sort().join('\n') === b.sort().join('\n');

type Decision = ReturnType<typeof decisionRows>[number];
const decisionText = ({ round, stage, outcome, person, at, read_ms }: Decision): string =>
  [round, stage, outcome, person, at, ...(read_ms === null ? [] : [read_ms])].join(' ');
/** The instant in a decision's text as the events have it. */
const isoEnd = (line: string): string => line.replace(/\S+ \S+\+00/, (at) => isoOf(at));

function barredRow(line: string): BarredRow {
  const [round, role, ...person] = line.split(' ');
  return { round: Number(round), role: role as BarredRow['role'], person: person.join(' ') };
}

const WITHOUT_EVENTS = `
  select number::text from requests r where team_id = $1 and not exists (
    select from events e where e.team_id = $1 and e.stream = 'request/' || r.number
  )
  union select request_number::text from decisions d where team_id = $1 and not exists (
    select from requests r where r.team_id = $1 and r.number = d.request_number
  )
  union select request_number::text from decision_people p where team_id = $1 and not exists (
    select from requests r where r.team_id = $1 and r.number = p.request_number
  )`;

/**
 * Requests of which there are rows and not one event.
 * @param isKnown whether something is known to be wrong with a stream already
 */
export async function rowsWithoutEvents(
  read: Reader,
  teamId: string,
  isKnown: (stream: string) => boolean,
): Promise<Fault[]> {
  const rows = await read(WITHOUT_EVENTS, [teamId]);
  const streams = rows.map(([number]) => `request/${number}`).filter((stream) => !isKnown(stream));
  return streams.sort().map((stream) => ({ stream, seq: null, what: 'events_missing' }));
}
