import { sql } from 'kysely';
import { type Figures, RECURRENCE_DAYS, type Recurring } from '../../core/report.ts';
import { type Instant, plus } from '../../core/values.ts';
import type { Db } from '../schema.ts';

/** More would not be read. */
const SHOWN = 10;

/** Rules set aside for the same customer again in the period, and how often in the last ninety days of it. */
export async function readRecurring(
  db: Db,
  teamId: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<Pick<Figures, 'recurring' | 'recurringLeftOut'>> {
  const since = plus(to, -RECURRENCE_DAYS * 24 * 3_600_000);
  // Whom a confidential request is about is not told.
  const open = sql`not confidential`;
  const { rows } = await sql<Recurring & { pairs: number }>`
    with pairs as (
      select distinct rule, customer_key from requests
      where team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to} and customer_key is not null
        and ${open}
    ), again as (
      select rule, customer_key, count(*)::int as times, max(number) as last, count(*) over ()::int as pairs
      from requests join pairs using (rule, customer_key)
      where team_id = ${teamId} and submitted_at >= ${since} and submitted_at < ${to} and ${open}
      group by rule, customer_key having count(*) >= 2
      order by times desc, last desc limit ${SHOWN}
    )
    select again.rule, times, last, pairs, coalesce(c.bytes, again.customer_key) as customer
    from again
    join requests r on r.team_id = ${teamId} and r.number = again.last
    left join contents c on c.team_id = r.team_id and c.id = r.state -> 'customer' ->> 'content'
    order by times desc, last desc`.execute(db);
  const recurring = rows.map(({ pairs, ...row }) => row);
  return { recurring, recurringLeftOut: (rows[0]?.pairs ?? 0) - recurring.length };
}
