import { sql } from 'kysely';
import type { Spread, Totals } from '../../core/report.ts';
import type { Stage } from '../../core/values.ts';
import type { Db } from '../schema.ts';
import type { Spans } from './periods.ts';

export type Spreads = Pick<Totals, 'timeToDecision' | 'byStage'>;

/** What opens a round after the first, in which the details are confirmed anew. */
const OPENING = ['amended', 'corrected', 'tier_picked', 'confirmation_taken_back', 'rerouted'];

/**
 * Median and ninth decile of the time to the last decision, and of the time each stage took: the details from the submission,
 * or from what opened a later round; the authorization from the confirmation.
 */
export async function readSpreads(
  db: Db,
  teamId: string,
  { before, from, to }: Spans,
): Promise<{ current: Spreads; before: Spreads }> {
  const { rows } = await sql<{ current: boolean; part: 'whole' | Stage; spread: [number, number] }>`
    select current, part, percentile_cont(array[0.5, 0.9]) within group (order by ms) as spread
    from (
      select over_at >= ${from} as current, 'whole' as part, extract(epoch from over_at - submitted_at) * 1000 as ms
      from requests
      where team_id = ${teamId} and over_at >= ${before} and over_at < ${to} and status in ('approved', 'rejected')
      union all
      select d.at >= ${from}, 'authorization', extract(epoch from d.at - confirmed.at) * 1000
      from decisions d
      join decisions confirmed on confirmed.team_id = d.team_id and confirmed.request_number = d.request_number
        and confirmed.round = d.round and confirmed.stage = 'validation'
      where d.team_id = ${teamId} and d.at >= ${before} and d.at < ${to} and d.stage = 'authorization'
      union all
      select d.at >= ${from}, 'validation', extract(epoch from d.at - coalesce(opened.at, r.submitted_at)) * 1000
      from decisions d
      join requests r on r.team_id = d.team_id and r.number = d.request_number
      left join lateral (
        select max(at) as at from events e
        where d.round > 1 and e.team_id = d.team_id and e.stream = 'request/' || d.request_number
          and e.type = any (${OPENING}) and (e.data ->> 'round')::int = d.round
      ) as opened on true
      where d.team_id = ${teamId} and d.at >= ${before} and d.at < ${to} and d.stage = 'validation'
    ) as durations
    group by current, part`.execute(db);
  const spreads = (current: boolean): Spreads => {
    const find = (part: string): Spread | null => {
      const [median, p90] = rows.find((row) => row.current === current && row.part === part)?.spread ?? [];
      return median === undefined || p90 === undefined ? null : { median, p90 };
    };
    const byStage = { validation: find('validation'), authorization: find('authorization') };
    return { timeToDecision: find('whole'), byStage };
  };
  return { current: spreads(true), before: spreads(false) };
}
