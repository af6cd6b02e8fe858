/**
 * The event log: one read and one statement a command. Both are on the path of every click, so they are written out and
 * prepared once a connection. The statement's constraints decide every race; nothing is locked beforehand.
 */
import type pg from 'pg';
import type { Append, Appended, EventLog, Handled, Loaded } from '../app/ports.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { SCHEMA_VERSION } from '../core/upcast.ts';
import { eventHash } from './hash.ts';
import type { Policies } from './policies.ts';
import { requestColumns } from './requestColumns.ts';
import { type GroupRow, groupRefs, type PersonRow, standingOf } from './standing.ts';
import { type Content, joinWords, splitWords } from './words.ts';

const LOAD = `
  select r.state, r.version, r.head, i.handled, p.person, g.groups,
    (select max(version) from policies where team_id = $1) as policy_version,
    case when $2::int is null
      then (select coalesce(max(number), 0) + 1 from requests where team_id = $1) end as next_number
  from (values (1)) as one
  left join requests r on r.team_id = $1 and r.number = $2
  left join inbox i on i.team_id = $1 and i.key = $3
  left join lateral (
    select json_build_object('id', id, 'name', name, 'home', home, 'deleted', deleted, 'bot', bot, 'guest', guest,
      'fetched_at', fetched_at, 'age', (extract(epoch from clock_timestamp() - fetched_at) * 1000)::bigint) as person
    from people where team_id = $1 and id = $4
  ) p on true
  left join lateral (
    select json_agg(json_build_object('id', id, 'handle', handle, 'fetched_at', fetched_at,
      'age', (extract(epoch from clock_timestamp() - fetched_at) * 1000)::bigint,
      'member', exists (select from group_members m where m.team_id = $1 and m.group_id = groups.id and m.person = $4)))
      as groups
    from groups where team_id = $1 and (handle = any ($5) or id = any ($5))
  ) g on true`;

type LoadRow = {
  state: object | null;
  version: number | null;
  head: string | null;
  handled: Handled | null;
  person: PersonRow | null;
  groups: GroupRow[] | null;
  policy_version: number | null;
  next_number: number | null;
};

const APPEND = `
  with claimed as (
    insert into inbox (team_id, key, handled) select $1, $2::text, $3::jsonb where $2::text is not null
  ), appended as (
    insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
    select $1, $4, e.seq, e.type, e.schema_version, e.data, e.actor, e.at, e.prev_hash, e.hash
    from jsonb_to_recordset($5::jsonb) as e (seq int, type text, schema_version int, data jsonb, actor text,
      at timestamptz, prev_hash text, hash text)
  ), kept as (
    insert into contents (team_id, id, nonce, bytes)
    select $1, c.id, c.nonce, c.bytes from jsonb_to_recordset($6::jsonb) as c (id text, nonce text, bytes text)
    on conflict do nothing
  ), moved as (
    insert into requests select r.* from jsonb_populate_recordset(null::requests, $7::jsonb) as r
    on conflict (team_id, number) do update set version = excluded.version, state = excluded.state, head = excluded.head,
      status = excluded.status, tier = excluded.tier, stage = excluded.stage, round = excluded.round,
      over_at = excluded.over_at, due_at = excluded.due_at, attention_at = excluded.attention_at
  ), decided as (
    insert into decisions select d.* from jsonb_populate_recordset(null::decisions, $8::jsonb) as d
  ), barred as (
    insert into decision_people select b.* from jsonb_populate_recordset(null::decision_people, $9::jsonb) as b
  )
  insert into outbox (team_id, intent) select $1, i from jsonb_array_elements($10::jsonb) as i`;

/** What each broken constraint means. */
const CONSTRAINT: Readonly<Record<string, Appended>> = {
  inbox_pkey: 'repeated',
  events_pkey: 'conflict',
  requests_pkey: 'conflict',
  decisions_pkey: 'conflict',
  decision_people_pkey: 'same_person',
};

export function createEventLog(pool: Pick<pg.Pool, 'query'>, policies: Policies): EventLog {
  let newest = 0;

  const load: EventLog['load'] = async ({ teamId, number, actor, key }) => {
    newest ||= (await policies.current()).version;
    const { wiring } = await policies.byVersion(newest);
    const values = [teamId, number, key, actor, groupRefs(wiring)];
    const { rows } = await pool.query<LoadRow>({ name: 'load', text: LOAD, values });
    const row = rows[0];
    if (!row) throw new Error('the database answered a read with nothing');
    if (row.policy_version !== null && row.policy_version !== newest) {
      newest = row.policy_version;
      return load({ teamId, number, actor, key });
    }
    const state = row.state && joinWords<ExceptionRequest>(row.state, NO_WORDS);
    const version = state?.policyVersion ?? newest;
    return {
      state,
      version: row.version ?? 0,
      head: row.head,
      nextNumber: row.next_number ?? 0,
      repeated: row.handled,
      policy: { version, rules: await policies.rules(version) },
      wiring,
      standing: standingOf(actor, wiring, row.person, row.groups ?? []),
    } satisfies Loaded;
  };

  return {
    load,
    append: (append) => appendTo(pool, append),
    async reschedule({ teamId, number, version, attentionAt }) {
      const text = 'update requests set attention_at = $4 where team_id = $1 and number = $2 and version = $3';
      await pool.query(text, [teamId, number, version, attentionAt]);
    },
  };
}

/** A decision needs the facts and the ids of the words, not the words. */
const NO_WORDS: ReadonlyMap<string, Content> = new Map();

/** @throws what the database throws, but for the constraints that mean somebody was first */
export async function appendTo(pool: Pick<pg.Pool, 'query'>, append: Append): Promise<Appended> {
  const { teamId, stream, key, handled } = append;
  const { rows, contents, head } = envelopes(append);
  const columns = append.request && requestColumns(append, append.request, head);
  const json = (value: unknown) => JSON.stringify(value);
  const values = [
    teamId,
    key,
    json(handled),
    stream,
    json(rows),
    json(contents),
    json(columns ? [columns.request] : []),
    json(columns?.decisions ?? []),
    json(columns?.people ?? []),
    json(append.intents),
  ];
  try {
    await pool.query({ name: 'append', text: APPEND, values });
    return 'appended';
  } catch (error) {
    const meaning = CONSTRAINT[constraintOf(error)];
    if (meaning) return meaning;
    throw error;
  }
}

const constraintOf = (error: unknown): string =>
  error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';

/** The events as rows, each chained to the one before it. */
function envelopes({ teamId, stream, expectedVersion, head, events }: Append) {
  const contents: Content[] = [];
  let prev = head;
  const rows = events.map((event, index) => {
    const { type, by, at, ...facts } = event;
    const split = splitWords(facts);
    contents.push(...split.contents);
    const row = {
      seq: expectedVersion + index + 1,
      type,
      schema_version: SCHEMA_VERSION,
      data: split.data,
      actor: by,
      at,
      prev_hash: prev,
    };
    const hash = eventHash({ team_id: teamId, stream, ...row });
    prev = hash;
    return { ...row, hash };
  });
  return { rows, contents, head: prev ?? '' };
}
