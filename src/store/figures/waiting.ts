/** What waits, and what it waits for: open requests, holds, and escalations until somebody takes them on. */
import { sql } from 'kysely';
import type { EscalationFigures, HoldFigures, Waiting } from '../../core/report.ts';
import { type EscalationKind, escalationKind, type HoldKind, holdKind } from '../../core/values.ts';
import type { Db } from '../schema.ts';
import type { Spans } from './periods.ts';

/** Of the oldest. */
const LISTED = 3;

export async function readOldest(db: Db, teamId: string): Promise<Waiting[]> {
  // By themselves first: sorted by an index of all requests, those that wait would be looked for among all that are over.
  // That index has everything but the stage, which is looked up for those that are listed.
  const { rows } = await sql<Omit<Waiting, 'since' | 'dueAt'> & { submitted_at: Date; due_at: Date }>`
    select number, submitted_at, due_at, (
      select stage from requests where team_id = ${teamId} and number = open.number
    ) as stage
    from (
      select number, submitted_at, due_at from requests
      where team_id = ${teamId} and status = 'in_review' offset 0
    ) as open
    order by submitted_at, number limit ${LISTED}`.execute(db);
  return rows.map(({ submitted_at, due_at, ...row }) => ({
    ...{ ...row, since: submitted_at.toISOString(), dueAt: due_at.toISOString() },
  }));
}

type HoldRow = { kind: HoldKind; placed: number; open: number; length: number | null };

export async function readHolds(db: Db, teamId: string, { from, to }: Spans): Promise<HoldFigures[]> {
  const { rows } = await sql<HoldRow>`
    select kind, sum(placed)::int as placed, sum(open)::int as open, max(length) as length from (
      select data ->> 'kind' as kind, count(*) as placed, 0 as open, null::float8 as length from events
      where team_id = ${teamId} and type = 'hold_placed' and at >= ${from} and at < ${to}
      group by 1
      union all
      select hold, 0, count(*), null from requests, unnest(held) as hold
      where team_id = ${teamId} and held <> '{}'
      group by 1
      union all
      select placed.data ->> 'kind', 0, 0,
        percentile_cont(0.5) within group (order by extract(epoch from released.at - placed.at) * 1000)
      from events released
      join events placed on placed.team_id = released.team_id and placed.stream = released.stream
        and placed.seq < released.seq and placed.type = 'hold_placed'
        and placed.data ->> 'hold' = released.data ->> 'hold'
      where released.team_id = ${teamId} and released.type = 'hold_released'
        and released.at >= ${from} and released.at < ${to}
      group by 1
    ) as counted
    group by kind`.execute(db);
  return holdKind.options.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

/** What was raised in the period, and how soon somebody took it on, be it after the period. */
export async function readEscalations(db: Db, teamId: string, { from, to }: Spans): Promise<EscalationFigures[]> {
  const { rows } = await sql<{ kind: EscalationKind; raised: number; acknowledged: number; median: number | null }>`
    select raised.data ->> 'kind' as kind, count(*)::int as raised, count(taken.at)::int as acknowledged,
      percentile_cont(0.5) within group (order by extract(epoch from taken.at - raised.at) * 1000) as median
    from events raised
    left join lateral (
      select min(at) as at from events e
      where e.team_id = raised.team_id and e.stream = raised.stream and e.seq > raised.seq
        and e.type = 'escalation_acknowledged'
        and e.data ->> 'kind' = raised.data ->> 'kind' and e.data ->> 'deadline' = raised.data ->> 'deadline'
    ) as taken on true
    where raised.team_id = ${teamId} and raised.type = 'escalation_raised' and raised.at >= ${from} and raised.at < ${to}
      -- However far it climbed, it is one escalation.
      and coalesce((raised.data ->> 'step')::int, 1) = 1
    group by 1`.execute(db);
  const figures = rows.map(({ median, ...row }) => ({ ...row, timeToAcknowledge: median }));
  return escalationKind.options.flatMap((kind) => figures.filter((figure) => figure.kind === kind));
}
