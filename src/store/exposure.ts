import type pg from 'pg';
import type { ExposureQuery } from '../app/ports.ts';
import type { Exposure } from '../core/events/submission.ts';
import { customerKey } from '../core/sources.ts';

const EXPOSURE = `
  with own as (
    select coalesce($3, (select customer_key from requests where team_id = $1 and number = $2)) as customer_key
  )
  select array_agg(number order by number) as numbers, sum(coalesce(deviation, 0))::text as deviation,
    sum(value)::text as value
  from requests join own using (customer_key)
  where team_id = $1 and rule = $4 and submitted_at >= $5 and number is distinct from $2
    and status in ('in_review', 'approved')`;

type Row = { numbers: number[] | null; deviation: string | null; value: string | null };

/** What is in review or was approved for the same customer under the same rule; null where there is none. */
export async function readExposure(
  pool: Pick<pg.Pool, 'query'>,
  { teamId, number, customer, rule, since }: ExposureQuery,
): Promise<Exposure | null> {
  const key = customer === null ? null : customerKey(customer);
  const { rows } = await pool.query<Row>(EXPOSURE, [teamId, number, key, rule, since]);
  const [{ numbers, deviation, value } = {} as Row] = rows;
  return numbers && deviation && value ? { numbers, deviation, value } : null;
}
