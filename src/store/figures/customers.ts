/** Who it is that exceptions are asked for, and how often the same is asked for again. */
import { sql } from 'kysely';
import { type CustomerShare, type Figures, RECURRENCE_DAYS } from '../../core/report.ts';
import type { Db } from '../schema.ts';
import type { Spans } from './periods.ts';

/** More would not be read. */
const SHOWN = 10;

/** Of those asked: what repeats one of the same rule and customer within ninety days. */
export async function countAgain(db: Db, teamId: string, { from, to }: Spans): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from requests r
    where team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to} and customer_key is not null
      and exists (
        select from requests e
        where e.team_id = r.team_id and e.customer_key = r.customer_key and e.rule = r.rule and e.number < r.number
          and e.submitted_at >= r.submitted_at - make_interval(hours => ${RECURRENCE_DAYS * 24})
          and e.submitted_at <= r.submitted_at
      )`.execute(db);
  return rows[0]?.n ?? 0;
}

/** By rule: as many as were asked for one and the same customer. Whom a confidential request is about is not told. */
export async function mostForOneCustomer(db: Db, teamId: string, { from, to }: Spans): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; most: number }>`
    select rule, max(n)::int as most from (
      select rule, count(*) as n from requests
      where team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to}
        and customer_key is not null and not confidential
      group by rule, customer_key
    ) as by_customer group by rule`.execute(db);
  return new Map(rows.map(({ rule, most }) => [rule, most]));
}

type Row = CustomerShare & { customers: number };

/** Those for whom most was asked in the period, spelled as in the latest request; confidential requests left out. */
export async function readCustomers(
  db: Db,
  teamId: string,
  { before, from, to }: Spans,
): Promise<Pick<Figures, 'byCustomer' | 'customersLeftOut'>> {
  const of = (status: string) => sql`sum((status = ${sql.lit(status)})::int)::int`;
  const open = sql`team_id = ${teamId} and customer_key is not null and not confidential`;
  const { rows } = await sql<Row>`
    with asked as (
      select customer_key, count(*) filter (where submitted_at >= ${from})::int as asked,
        count(*) filter (where submitted_at < ${from})::int as "askedBefore", max(number) as latest
      from requests where ${open} and submitted_at >= ${before} and submitted_at < ${to}
      group by customer_key
    ), top as (
      select *, count(*) over ()::int as customers from asked where asked > 0
      order by asked desc, "askedBefore" desc, customer_key limit ${SHOWN}
    )
    select top.asked, top."askedBefore", customers, coalesce(approved, 0) as approved, coalesce(rejected, 0) as rejected,
      coalesce(c.bytes, top.customer_key) as customer
    from top
    left join lateral (
      select ${of('approved')} as approved, ${of('rejected')} as rejected from requests
      where ${open} and customer_key = top.customer_key and over_at >= ${from} and over_at < ${to}
    ) as decided on true
    join requests r on r.team_id = ${teamId} and r.number = top.latest
    left join contents c on c.team_id = r.team_id and c.id = r.state -> 'customer' ->> 'content'
    order by top.asked desc, top."askedBefore" desc, top.customer_key`.execute(db);
  const byCustomer = rows.map(({ customers, ...row }) => row);
  return { byCustomer, customersLeftOut: (rows[0]?.customers ?? 0) - byCustomer.length };
}
