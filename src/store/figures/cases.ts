import { sql } from 'kysely';
import type { Case, CaseDecision, Figures } from '../../core/report.ts';
import type { Instant } from '../../core/values.ts';
import type { Db } from '../schema.ts';

/** A thread longer than this is not read; the rest is counted. */
const SHOWN = 50;

type CaseRow = Omit<Case, 'decisions'> & { cases: number; decisions: CaseDecision[] };

/** The requests that were decided in the period, the highest tier first, with who decided each stage and when. */
export async function readCases(
  db: Db,
  teamId: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<Pick<Figures, 'cases' | 'casesLeftOut'>> {
  const { rows } = await sql<CaseRow>`
    with decided as (
      select *, count(*) over ()::int as cases from requests
      where team_id = ${teamId} and over_at >= ${from} and over_at < ${to} and status in ('approved', 'rejected')
      order by array_position(array['executive', 'manager', 'team_lead'], tier), over_at, number limit ${SHOWN}
    )
    select cases, number, tier, confidential, rule, c.bytes as customer, deviation, value, r.state ->> 'currency' as currency,
      status as outcome, over_at > due_at as late,
      (select json_agg(json_build_object('stage', stage, 'outcome', outcome, 'by', person, 'at', at) order by at)
       from decisions d where d.team_id = r.team_id and d.request_number = r.number and d.round = r.round) as decisions
    from decided r
    left join contents c on c.team_id = r.team_id and c.id = r.state -> 'customer' ->> 'content'
      and not confidential
    order by array_position(array['executive', 'manager', 'team_lead'], tier), over_at, number`.execute(db);
  const cases = rows.map(({ cases, decisions, ...row }) => ({
    ...row,
    decisions: (decisions ?? []).map((decision) => ({ ...decision, at: new Date(decision.at).toISOString() })),
  }));
  return { cases, casesLeftOut: (rows[0]?.cases ?? 0) - cases.length };
}
