/** What deserves a look, counted in the database: only what is enough for a question comes out of it. */
import { type RawBuilder, sql } from 'kysely';
import { type Band, bandsOf, LOOK, type Looked, type Split } from '../core/observations.ts';
import type { Rules } from '../core/policy.ts';
import { type Instant, plus, TIERS, type Tier } from '../core/values.ts';
import type { Db } from './schema.ts';

type Span = { from: Instant; to: Instant };

export async function readLooked(db: Db, teamId: string, span: Span, rules: Rules): Promise<Looked> {
  return {
    bands: await readBands(db, teamId, span, bandsOf(rules)),
    quick: await readQuick(db, teamId, span),
    pairs: await readPairs(db, teamId, span),
    carried: await readCarried(db, teamId, span),
    splits: [
      ...(await readSplits(db, teamId, span, rules, 'customer')),
      ...(await readSplits(db, teamId, span, rules, 'requester')),
    ],
    rules: await readExcepted(db, teamId, span),
  };
}

/** The first of them by number. */
const listed = (column: string, filter: RawBuilder<unknown> = sql`true`): RawBuilder<number[]> => {
  const number = sql.ref(column);
  return sql`coalesce((array_agg(${number} order by ${number}) filter (where ${filter}))[1:${sql.lit(LOOK.listed)}], '{}')`;
};
const enough = sql.lit(LOOK.cases);

async function readBands(db: Db, teamId: string, { from, to }: Span, bands: Band[]): Promise<Looked['bands']> {
  const within = sql`deviation >= bands.from and deviation < bands."limit"`;
  const { rows } = await sql<Looked['bands'][number]>`
    select bands.tier, bands.below::text, bands.from::text, bands.limit::text, bands.above::text,
      count(*) filter (where ${within})::int as cases, count(*) filter (where not (${within}))::int as beside,
      ${listed('number', within)} as numbers
    from jsonb_to_recordset(${JSON.stringify(bands)}::jsonb)
      as bands (tier text, below numeric, "from" numeric, "limit" numeric, above numeric)
    join requests r on r.team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to}
      and deviation >= bands.below and deviation < bands.above
    group by 1, 2, 3, 4, 5
    having count(*) filter (where ${within}) >= ${enough}`.execute(db);
  return rows;
}

async function readQuick(db: Db, teamId: string, { from, to }: Span): Promise<Looked['quick']> {
  const quick = sql`read_ms < ${sql.lit(LOOK.quick)}`;
  const { rows } = await sql<Looked['quick'][number]>`
    select person, count(*) filter (where ${quick})::int as cases, count(*)::int as of,
      ${listed('request_number', quick)} as numbers
    from decisions
    where team_id = ${teamId} and at >= ${from} and at < ${to} and outcome = 'approved' and read_ms is not null
    group by person
    having count(*) filter (where ${quick}) >= ${enough}
    order by person`.execute(db);
  return rows;
}

async function readPairs(db: Db, teamId: string, { from, to }: Span): Promise<Looked['pairs']> {
  const { rows } = await sql<Looked['pairs'][number]>`
    select array[confirmed, authorized] as people, cases, array[by_first, by_second] as of, numbers from (
      select v.person as confirmed, a.person as authorized, count(*)::int as cases,
        (sum(count(*)) over (partition by v.person))::int as by_first,
        (sum(count(*)) over (partition by a.person))::int as by_second, ${listed('a.request_number')} as numbers
      from decisions a
      join decisions v on v.team_id = a.team_id and v.request_number = a.request_number and v.round = a.round
        and v.stage = 'validation'
      where a.team_id = ${teamId} and a.at >= ${from} and a.at < ${to} and a.stage = 'authorization'
      group by v.person, a.person
    ) as pairs
    where cases >= ${enough} order by confirmed, authorized`.execute(db);
  return rows;
}

async function readCarried(db: Db, teamId: string, { from, to }: Span): Promise<Looked['carried']> {
  const { rows } = await sql<Looked['carried'][number]>`
    select stage, tier, person, cases, of, numbers from (
      select d.stage, case when d.stage = 'authorization' then r.tier end as tier, d.person, count(*)::int as cases,
        (sum(count(*)) over (partition by d.stage, case when d.stage = 'authorization' then r.tier end))::int as of,
        ${listed('number')} as numbers
      from decisions d
      join requests r on r.team_id = d.team_id and r.number = d.request_number
      where d.team_id = ${teamId} and d.at >= ${from} and d.at < ${to}
      group by 1, 2, 3
    ) as carried
    where cases >= ${enough} order by stage, tier, person`.execute(db);
  return rows;
}

/**
 * Of each rule and customer (or requester) the one stretch of days in which most was asked for, where that exceeds what the
 * highest of its tiers may allow. What was refused or taken back gained nobody anything.
 */
async function readSplits(db: Db, teamId: string, span: Span, { tiers }: Rules, by: Split['by']): Promise<Split[]> {
  const days = LOOK.splitWithin[by];
  const since = plus(span.from, -days * 86_400_000);
  const who = by === 'customer' ? sql`customer_key` : sql`requester`;
  const authorities = TIERS.map((tier, rank) => ({ tier, rank, authority: tiers[tier].authority ?? 'Infinity' }));
  const near = sql`over (
    partition by rule, who order by submitted_at
    range between make_interval(hours => ${days * 24}) preceding and current row
  )`;
  // Counts by tier, since the highest one of a moving window would be looked for anew in each.
  const ofTier = (tier: Tier) => sql`count(*) filter (where tier = ${sql.lit(tier)}) ${near}`;
  const { rows } = await sql<Omit<Split, 'by'>>`
    with authorities as (
      select * from jsonb_to_recordset(${JSON.stringify(authorities)}::jsonb)
        as authorities (rank int, tier text, authority numeric)
    ), asked as (
      select rule, ${who} as who, number, submitted_at, value, tier, confidential from requests
      where team_id = ${teamId} and submitted_at >= ${since} and submitted_at < ${span.to} and ${who} is not null
        and status in ('in_review', 'approved')
    ), live as materialized (
      -- Most have asked too little for any stretch of it to be worth adding up.
      select asked.* from asked join (
        select rule, who from asked group by rule, who
        having count(*) >= ${LOOK.splitInto[by]} and sum(value) > (select min(authority) from authorities)
      ) as enough using (rule, who)
    ), summed as (
      select rule, who, submitted_at, sum(value) ${near} as value, count(*) ${near} as cases,
        bool_or(confidential) ${near} as confidential,
        case when ${ofTier('executive')} > 0 then 2 when ${ofTier('manager')} > 0 then 1 else 0 end as rank
      from live
    ), most as (
      select distinct on (rule, who) rule, who, submitted_at, value, cases, tier, authority, confidential
      from summed join authorities using (rank)
      where submitted_at >= ${span.from} and cases >= ${LOOK.splitInto[by]} and value > authority
      order by rule, who, cases desc, value desc, submitted_at
    )
    select rule, who, value::text, cases::int, tier, authority::text, confidential,
      array(
        select number from live
        where live.rule = most.rule and live.who = most.who and live.submitted_at <= most.submitted_at
          and live.submitted_at >= most.submitted_at - make_interval(hours => ${days * 24})
        order by number limit ${sql.lit(LOOK.listed)}
      ) as numbers
    from most order by rule, who`.execute(db);
  return rows.map((row) => ({ by, ...row }));
}

async function readExcepted(db: Db, teamId: string, { from, to }: Span): Promise<Looked['rules']> {
  const approved = sql`status = 'approved'`;
  const { rows } = await sql<Looked['rules'][number]>`
    select rule, count(*) filter (where ${approved})::int as cases, count(*)::int as of,
      ${listed('number', approved)} as numbers
    from requests
    where team_id = ${teamId} and over_at >= ${from} and over_at < ${to} and status in ('approved', 'rejected')
      and not confidential
    group by rule
    having count(*) filter (where ${approved}) >= ${enough}
    order by rule`.execute(db);
  return rows;
}
