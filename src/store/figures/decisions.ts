/** Every decision of a period, for a list that goes with the report. */
import { sql } from 'kysely';
import type { CaseDecision } from '../../core/report.ts';
import type { Instant, Tier } from '../../core/values.ts';
import type { Db } from '../schema.ts';

/** Of a confidential request nothing is told but its number, its tier, its times and who decided. */
type Told = {
  rule: string;
  category: string;
  /** As it was typed; null where none was named, or the words were erased. */
  customer: string | null;
  deviation: string | null;
  value: string;
  currency: string;
  alreadyHappened: boolean;
};
export type Decided = {
  number: number;
  tier: Tier;
  told: Told | null;
  outcome: 'approved' | 'rejected';
  late: boolean;
  submittedAt: Instant;
  dueAt: Instant;
  overAt: Instant;
  /** Of the last round. */
  decisions: CaseDecision[];
};

/** A list longer than this is no list any more: the operators' commands export all of it. */
const MOST = 50_000;

type Row = Omit<Decided, 'told' | 'submittedAt' | 'dueAt' | 'overAt'> &
  Told & { confidential: boolean; submitted_at: Date; due_at: Date; over_at: Date; all: number };

/** @returns the first `MOST` in the order in which they were decided, and how many are left out */
export async function readDecisions(
  db: Db,
  teamId: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<{ decided: Decided[]; leftOut: number }> {
  const { rows } = await sql<Row>`
    with decided as (
      select *, count(*) over ()::int as all from requests
      where team_id = ${teamId} and over_at >= ${from} and over_at < ${to} and status in ('approved', 'rejected')
      order by over_at, number limit ${MOST}
    )
    select r.all, number, tier, confidential, rule, category, c.bytes as customer, deviation, value,
      r.state ->> 'currency' as currency, r.already_happened as "alreadyHappened",
      status as outcome, over_at > due_at as late, submitted_at, due_at, over_at,
      (select json_agg(json_build_object('stage', stage, 'outcome', outcome, 'by', person, 'at', at) order by at)
       from decisions d where d.team_id = r.team_id and d.request_number = r.number and d.round = r.round) as decisions
    from decided r
    left join contents c on c.team_id = r.team_id and c.id = r.state -> 'customer' ->> 'content' and not confidential
    order by over_at, number`.execute(db);
  return { decided: rows.map(decidedOf), leftOut: (rows[0]?.all ?? 0) - rows.length };
}

function decidedOf(row: Row): Decided {
  const { number, tier, confidential, outcome, late, submitted_at, due_at, over_at } = row;
  const { rule, category, customer, deviation, value, currency, alreadyHappened } = row;
  return {
    ...{ number, tier, outcome, late },
    told: confidential ? null : { rule, category, customer, deviation, value, currency, alreadyHappened },
    ...{ submittedAt: submitted_at.toISOString(), dueAt: due_at.toISOString(), overAt: over_at.toISOString() },
    decisions: (row.decisions ?? []).map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
  };
}
