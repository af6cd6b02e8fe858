/** Writing to the log: one statement a command, whose constraints decide every race; nothing is locked beforehand. */
import pg from 'pg';
import type { Append, Appended } from '../app/ports.ts';
import { SCHEMA_VERSION } from '../core/upcast.ts';
import { bodyOf, hashOf } from './hash.ts';
import { requestColumns } from './requestColumns.ts';
import { type Content, splitWords } from './words.ts';

/** Where a statement of this module can be run; of its answer nothing is read. */
type Writing = { query(statement: { name: string; text: string; values: unknown[] }): Promise<unknown> };

const APPEND = `
  with claimed as (
    insert into inbox (team_id, key, handled)
    select $1, i.key, i.handled from json_to_recordset($2::json) as i (key text, handled jsonb)
  ), appended as (
    insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
    select $1, e.stream, e.seq, e.type, e.schema_version, e.data::json, e.actor, e.at, e.prev_hash, e.hash
    from json_to_recordset($3::json) as e (stream text, seq int, type text, schema_version int, data text, actor text,
      at timestamptz, prev_hash text, hash text)
  ), kept as (
    insert into contents (team_id, id, nonce, bytes, stream)
    select $1, c.* from json_to_recordset($4::json) as c (id text, nonce text, bytes text, stream text)
    on conflict do nothing
  ), moved as (
    insert into requests select r.* from json_populate_recordset(null::requests, $5::json) as r
    on conflict (team_id, number) do update set version = excluded.version, state = excluded.state, head = excluded.head,
      status = excluded.status, tier = excluded.tier, stage = excluded.stage, round = excluded.round,
      -- A later command knows the customer's words by their id alone; with the words goes the key that was made of them.
      customer_key = case when excluded.number = any ($10::int[]) then null
        else coalesce(excluded.customer_key, requests.customer_key) end,
      category = excluded.category, rule = excluded.rule, deviation = excluded.deviation, value = excluded.value,
      over_at = excluded.over_at, due_at = excluded.due_at, attention_at = excluded.attention_at, owner = excluded.owner,
      owners = excluded.owners, open = excluded.open, confidential = excluded.confidential, closed_at = excluded.closed_at, shape = excluded.shape,
      good_until = excluded.good_until, held = excluded.held, already_happened = excluded.already_happened
  ), decided as (
    insert into decisions select d.* from json_populate_recordset(null::decisions, $6::json) as d
  ), erased as (
    update contents set nonce = null, bytes = null
    where team_id = $1 and id in (select json_array_elements_text($9::json))
  ), barred as (
    insert into decision_people select b.* from json_populate_recordset(null::decision_people, $7::json) as b
  )
  insert into outbox (team_id, intents) select $1, o from jsonb_array_elements($8::jsonb) as o`;

/** What each broken constraint means. */
const CONSTRAINT: Readonly<Record<string, Appended>> = {
  inbox_pkey: 'repeated',
  events_pkey: 'conflict',
  requests_pkey: 'conflict',
  decisions_pkey: 'conflict',
  decision_people_pkey: 'same_person',
  requests_renewed_once: 'conflict',
};

/**
 * All in one statement, or, where one of them stands in the way, each in its own: nobody fails for somebody else's reason.
 * In the order of their streams, so that the groups of two replicas never wait for each other crosswise.
 */
export async function appendAll(pool: Writing, appends: Append[]): Promise<Appended[]> {
  if (appends.length === 1 && appends[0]) return [await appendTo(pool, appends[0])];
  try {
    await insert(
      pool,
      appends.toSorted((a, b) => (a.stream < b.stream ? -1 : 1)),
    );
    return appends.map(() => 'appended');
  } catch (error) {
    if (!isRefused(error)) throw error;
    return Promise.all(appends.map((append) => appendTo(pool, append)));
  }
}

/** @throws what the database throws, but for the constraints that mean somebody was first */
export async function appendTo(pool: Writing, append: Append): Promise<Appended> {
  try {
    await insert(pool, [append]);
    return 'appended';
  } catch (error) {
    const meaning = error instanceof pg.DatabaseError && CONSTRAINT[error.constraint ?? ''];
    if (meaning) return meaning;
    throw error;
  }
}

/** The database refused what it was given (two of one request among it, say); it did not just fail to answer. */
const isRefused = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(21|22|23|40)/.test(error.code ?? '');

async function insert(pool: Writing, appends: Append[]): Promise<void> {
  const chained = appends.map((append) => ({ append, ...envelopes(append) }));
  const columns = chained.flatMap(({ append, head }) =>
    append.request ? [requestColumns(append, append.request, head)] : [],
  );
  const lists = [
    appends.flatMap(({ key, handled }) => (key === null ? [] : [{ key, handled }])),
    chained.flatMap(({ rows }) => rows),
    chained.flatMap(({ contents }) => contents),
    columns.map(({ request }) => request),
    columns.flatMap(({ decisions }) => decisions),
    columns.flatMap(({ people }) => people),
    appends.flatMap(({ intents }) => (intents.length === 0 ? [] : [intents])),
    appends.flatMap(({ erase }) => erase ?? []),
  ];
  const values = [appends[0]?.teamId, ...lists.map((list) => JSON.stringify(list)), appends.flatMap(withoutCustomer)];
  await pool.query({ name: 'append', text: APPEND, values });
}

/** The number of a request that names no customer, or none any more. */
function withoutCustomer({ request, erase = [] }: Append): number[] {
  if (!request) return [];
  const { number, customer } = request.state;
  return customer === null || erase.includes(customer.content) ? [number] : [];
}

/** The events as rows, each chained to the one before it. */
function envelopes({ teamId, stream, expectedVersion, head, events }: Append) {
  const contents: (Content & { stream: string })[] = [];
  let prev = head;
  const rows = events.map((event, index) => {
    const { type, by, at, ...facts } = event;
    const split = splitWords(facts);
    contents.push(...split.contents.map((content) => ({ ...content, stream })));
    const frame = {
      stream,
      seq: expectedVersion + index + 1,
      type,
      schema_version: SCHEMA_VERSION,
      actor: by,
      at,
      prev_hash: prev,
    };
    const data = bodyOf(split.data);
    const hash = hashOf({ team_id: teamId, ...frame }, data);
    prev = hash;
    return { ...frame, data, hash };
  });
  return { rows, contents, head: prev ?? '' };
}
