/**
 * The event log: one read and one statement a command. Both are on the path of every click, so they are written out and
 * prepared once a connection.
 */
import type pg from 'pg';
import type { Append, EventLog, Handled, Loaded } from '../app/ports.ts';
import { type Recorded, requestEvent } from '../core/events.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { upcast } from '../core/upcast.ts';
import { appendAll } from './append.ts';
import { appendErasing } from './erasing.ts';
import { readExposure } from './exposure.ts';
import { grouped } from './grouped.ts';
import type { Policies } from './policies.ts';
import { readRenewedBy } from './renewals.ts';
import type { Row } from './schema.ts';
import { groupRefs, iso, type StandingRow, standingOf } from './standing.ts';
import { type Content, joinWords } from './words.ts';

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

type Query = Parameters<EventLog['load']>[0];
type Pool = Pick<pg.Pool, 'query' | 'connect'>;

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
    const groups = rows[0]?.groups?.map((group) => ({ ...group, fetched_at: iso(group.fetched_at) })) ?? null;
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
    append: (append) => (append.eraseFiles?.length ? appendErasing(pool, append) : appendOne(append)),
    history: (query) => readHistory(pool, query),
    exposure: (query) => readExposure(pool, query),
    renewedBy: (query) => readRenewedBy(pool, query),
    async reschedule({ teamId, number, version, attentionAt }) {
      const text = 'update requests set attention_at = $4 where team_id = $1 and number = $2 and version = $3';
      await pool.query(text, [teamId, number, version, attentionAt]);
    },
  };
}

async function readHistory(pool: Pool, { teamId, number }: { teamId: string; number: number }): Promise<Recorded[]> {
  const text = `select type, schema_version, data, actor, at from events
    where team_id = $1 and stream = $2 order by seq`;
  const { rows } = await pool.query<Row<'events'>>(text, [teamId, `request/${number}`]);
  return rows.map(({ type, schema_version, data, actor, at }) => ({
    ...requestEvent.parse(upcast(type, schema_version, joinWords(data, NO_WORDS))),
    by: actor,
    at: at.toISOString(),
  }));
}

/** A decision needs the facts and the ids of the words, not the words. */
const NO_WORDS: ReadonlyMap<string, Content> = new Map();
