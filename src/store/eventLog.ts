/**
 * The event log: one read and one statement a command. Both are on the path of every click, so they are written out and
 * prepared once a connection. The statement's constraints decide every race; nothing is locked beforehand.
 */
import pg from 'pg';
import type { Append, Appended, EventLog, Handled, Loaded } from '../app/ports.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { SCHEMA_VERSION } from '../core/upcast.ts';
import { readExposure } from './exposure.ts';
import { grouped } from './grouped.ts';
import { eventHash } from './hash.ts';
import type { Policies } from './policies.ts';
import { readRenewedBy } from './renewals.ts';
import { requestColumns } from './requestColumns.ts';
import { groupRefs, type StandingRow, standingOf } from './standing.ts';
import { type Content, joinWords, splitWords } from './words.ts';

/** The groups are the same for everybody who asks, so they come once, beside the first; who is in them comes with each. */
const loadText = (columns: string, joins = '') => `
  with wired as materialized (
    select array_agg(id) as ids, json_agg(json_build_object('id', id, 'handle', handle, 'fetched_at', fetched_at,
      'age', (extract(epoch from clock_timestamp() - fetched_at) * 1000)::bigint)) as groups
    from groups where team_id = $1 and (handle = any ($5) or id = any ($5))
  )
  select r.state, r.version, r.head, i.handled, p.person, ${columns},
    case when q.place = 1 then (select groups from wired) end as groups,
    (select json_agg(group_id) from group_members
      where team_id = $1 and group_id = any ((select ids from wired)::text[]) and person = q.actor) as member_of,
    (select max(version) from policies where team_id = $1) as policy_version,
    case when q.number is null
      then (select coalesce(max(number), 0) + 1 from requests where team_id = $1) end as next_number
  from unnest($2::int[], $3::text[], $4::text[], $6::timestamptz[]) with ordinality as q (number, key, actor, at, place)
  left join requests r on r.team_id = $1 and r.number = q.number
  left join lateral (select handled from inbox where team_id = $1 and key = q.key limit 1) i on true
  left join lateral (
    select json_build_object('id', id, 'name', name, 'home', home, 'deleted', deleted, 'bot', bot, 'guest', guest,
      'fetched_at', fetched_at, 'age', (extract(epoch from clock_timestamp() - fetched_at) * 1000)::bigint) as person
    from people where team_id = $1 and id = q.actor limit 1
  ) p on true
${joins}  order by q.place`;

/** Whether anybody is or was away is asked first: mostly nobody is, and then this is all. */
const LOAD = {
  name: 'load',
  text: loadText(`exists (
      select from absences where team_id = $1 and until > least(r.submitted_at, q.at)
        and "from" <= q.at and "from" < until
    ) as unread`),
};

/** The same with who is or was away, and with those for whom the person may decide. */
const LOAD_COVER = {
  name: 'load_cover',
  text: loadText(
    'false as unread, away.absences, stands.behind',
    `
  left join lateral (
    select json_agg(a order by a.set_at, a.person, a.absence) as absences from absences a
    where a.team_id = $1 and a.until > least(r.submitted_at, q.at) and a."from" <= q.at and a."from" < a.until
  ) away on true
  left join lateral (
    with recursive chain (id) as (
      select person from absences
      where away.absences is not null and team_id = $1 and delegate = q.actor and until > q.at and "from" <= q.at
      union
      select a.person from chain join absences a
        on a.team_id = $1 and a.delegate = chain.id and a.until > q.at and a."from" <= q.at
    )
    select json_agg(json_build_object('id', chain.id,
      'person', (select json_build_object('id', id, 'name', name, 'home', home, 'deleted', deleted, 'bot', bot, 'guest', guest,
          'fetched_at', fetched_at, 'age', (extract(epoch from clock_timestamp() - fetched_at) * 1000)::bigint)
        from people where team_id = $1 and people.id = chain.id limit 1),
      'member_of', (select json_agg(group_id) from group_members
        where team_id = $1 and group_id = any ((select ids from wired)::text[]) and person = chain.id))) as behind
    from chain
  ) stands on true
`,
  ),
};
/** Who is away stays so for a while: as many reads look for it after one that has found something. */
const ATTENTIVE = 200;

type LoadRow = StandingRow & {
  /** There are absences that were not read. */
  unread: boolean;
  state: object | null;
  version: number | null;
  head: string | null;
  handled: Handled | null;
  policy_version: number | null;
  next_number: number | null;
};

const APPEND = `
  with claimed as (
    insert into inbox (team_id, key, handled)
    select $1, i.key, i.handled from jsonb_to_recordset($2::jsonb) as i (key text, handled jsonb)
  ), appended as (
    insert into events (team_id, stream, seq, type, schema_version, data, actor, at, prev_hash, hash)
    select $1, e.stream, e.seq, e.type, e.schema_version, e.data, e.actor, e.at, e.prev_hash, e.hash
    from jsonb_to_recordset($3::jsonb) as e (stream text, seq int, type text, schema_version int, data jsonb, actor text,
      at timestamptz, prev_hash text, hash text)
  ), kept as (
    insert into contents (team_id, id, nonce, bytes)
    select $1, c.id, c.nonce, c.bytes from jsonb_to_recordset($4::jsonb) as c (id text, nonce text, bytes text)
    on conflict do nothing
  ), moved as (
    insert into requests select r.* from jsonb_populate_recordset(null::requests, $5::jsonb) as r
    on conflict (team_id, number) do update set version = excluded.version, state = excluded.state, head = excluded.head,
      status = excluded.status, tier = excluded.tier, stage = excluded.stage, round = excluded.round,
      -- A later command knows the customer's words by their id alone.
      customer_key = case when excluded.state -> 'customer' = 'null' then null
        else coalesce(excluded.customer_key, requests.customer_key) end,
      category = excluded.category, rule = excluded.rule, deviation = excluded.deviation, value = excluded.value,
      over_at = excluded.over_at, due_at = excluded.due_at, attention_at = excluded.attention_at, owner = excluded.owner,
      owners = excluded.owners, open = excluded.open, confidential = excluded.confidential, closed_at = excluded.closed_at, shape = excluded.shape,
      good_until = excluded.good_until
  ), decided as (
    insert into decisions select d.* from jsonb_populate_recordset(null::decisions, $6::jsonb) as d
  ), erased as (
    update contents set nonce = null, bytes = null
    where team_id = $1 and id in (select jsonb_array_elements_text($9::jsonb))
  ), barred as (
    insert into decision_people select b.* from jsonb_populate_recordset(null::decision_people, $7::jsonb) as b
  )
  insert into outbox (team_id, intent) select $1, o from jsonb_array_elements($8::jsonb) as o`;

/** What each broken constraint means. */
const CONSTRAINT: Readonly<Record<string, Appended>> = {
  inbox_pkey: 'repeated',
  events_pkey: 'conflict',
  requests_pkey: 'conflict',
  decisions_pkey: 'conflict',
  decision_people_pkey: 'same_person',
  requests_renewed_once: 'conflict',
};

type Query = Parameters<EventLog['load']>[0];
type Pool = Pick<pg.Pool, 'query'>;
/** Where a statement of this module can be run; of its answer nothing is read. */
type Writing = { query(statement: { name: string; text: string; values: unknown[] }): Promise<unknown> };

export function createEventLog(pool: Pool, policies: Policies): EventLog {
  let newest = 0;
  let attentive = 0;

  async function read(queries: Query[]): Promise<LoadRow[]> {
    const { wiring } = await policies.byVersion(newest);
    const column = <K extends keyof Query>(name: K) => queries.map((query) => query[name]);
    const values = [
      queries[0]?.teamId,
      column('number'),
      column('key'),
      column('actor'),
      groupRefs(wiring),
      column('at'),
    ];
    const { rows } = await pool.query<LoadRow>({ ...(attentive > 0 ? LOAD_COVER : LOAD), values });
    attentive = rows.some(({ unread, absences }) => unread || absences) ? ATTENTIVE : Math.max(0, attentive - 1);
    const groups = rows[0]?.groups ?? null;
    return rows.map((row) => ({ ...row, groups }));
  }
  const readOne = grouped(read);

  const load: EventLog['load'] = async (query) => {
    newest ||= (await policies.current()).version;
    const version = newest;
    const row = await readOne(query);
    if (row.unread) return load(query);
    if (row.policy_version !== null && row.policy_version !== version) {
      newest = Math.max(newest, row.policy_version);
      return load(query);
    }
    const { wiring } = await policies.byVersion(version);
    const state = row.state && joinWords<ExceptionRequest>(row.state, NO_WORDS);
    const madeUnder = state?.policyVersion ?? version;
    return {
      state,
      version: row.version ?? 0,
      head: row.head,
      nextNumber: row.next_number ?? 0,
      repeated: row.handled,
      policy: { version: madeUnder, rules: await policies.rules(madeUnder) },
      wiring,
      standing: standingOf(query.actor, wiring, row, query.at),
    } satisfies Loaded;
  };

  const appendOne = grouped((appends: Append[]) => appendAll(pool, appends));
  return {
    load,
    append: appendOne,
    exposure: (query) => readExposure(pool, query),
    renewedBy: (query) => readRenewedBy(pool, query),
    async reschedule({ teamId, number, version, attentionAt }) {
      const text = 'update requests set attention_at = $4 where team_id = $1 and number = $2 and version = $3';
      await pool.query(text, [teamId, number, version, attentionAt]);
    },
  };
}

/** A decision needs the facts and the ids of the words, not the words. */
const NO_WORDS: ReadonlyMap<string, Content> = new Map();

/**
 * All in one statement, or, where one of them stands in the way, each in its own: nobody fails for somebody else's reason.
 * In the order of their streams, so that the groups of two replicas never wait for each other crosswise.
 */
async function appendAll(pool: Pool, appends: Append[]): Promise<Appended[]> {
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
    appends.flatMap(({ intents }) => intents),
    appends.flatMap(({ erase }) => erase ?? []),
  ];
  const values = [appends[0]?.teamId, ...lists.map((list) => JSON.stringify(list))];
  await pool.query({ name: 'append', text: APPEND, values });
}

/** The events as rows, each chained to the one before it. */
function envelopes({ teamId, stream, expectedVersion, head, events }: Append) {
  const contents: Content[] = [];
  let prev = head;
  const rows = events.map((event, index) => {
    const { type, by, at, ...facts } = event;
    const split = splitWords(facts);
    contents.push(...split.contents);
    const row = {
      stream,
      seq: expectedVersion + index + 1,
      type,
      schema_version: SCHEMA_VERSION,
      data: split.data,
      actor: by,
      at,
      prev_hash: prev,
    };
    const hash = eventHash({ team_id: teamId, ...row });
    prev = hash;
    return { ...row, hash };
  });
  return { rows, contents, head: prev ?? '' };
}
