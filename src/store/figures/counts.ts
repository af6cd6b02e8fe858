/** How many were asked for, decided and late: period by period, and by tier, rule and category. */
import { sql } from 'kysely';
import { CONFIDENTIAL, type Counts, type Share, type Step } from '../../core/report.ts';
import type { Instant } from '../../core/values.ts';
import type { Db } from '../schema.ts';
import { endsOf, placeOf, type Stretch } from './periods.ts';

const COUNTS = ['asked', 'approved', 'rejected', 'withdrawn', 'late', 'inTime'] as const;
/** Counts of the requests of a period that have tier, rule and category in common. */
export type Group = Counts & { place: number; tier: string; rule: string; category: string };

/**
 * By period of the stretch. A request counts where it was submitted, where it was decided, and as late in each period at whose
 * end it was undecided past its deadline; the deadline is the one that it has by now. What a confidential one is about is
 * counted as `CONFIDENTIAL`.
 */
export async function countGroups(db: Db, teamId: string, stretch: Stretch): Promise<Group[]> {
  const { starts, to } = stretch;
  const of = (status: string) => sql`count(*) filter (where status = ${sql.lit(status)})::int`;
  const about = sql`tier, case when confidential then ${sql.lit(CONFIDENTIAL)} else rule end as rule,
    case when confidential then ${sql.lit(CONFIDENTIAL)} else category end as category`;
  const decided = sql`status in ('approved', 'rejected')`;
  const { rows } = await sql<Group>`
    select ${placeOf('submitted_at', stretch)} as place, ${about}, count(*)::int as asked, 0 as approved, 0 as rejected,
      0 as withdrawn, 0 as late, 0 as "inTime"
    from requests where team_id = ${teamId} and submitted_at >= ${starts[0]} and submitted_at < ${to}
    group by 1, 2, 3, 4
    union all
    select ${placeOf('over_at', stretch)}, ${about}, 0, ${of('approved')}, ${of('rejected')}, ${of('withdrawn')},
      count(*) filter (where ${decided} and over_at > due_at)::int,
      count(*) filter (where ${decided} and over_at <= due_at)::int
    from requests where team_id = ${teamId} and over_at >= ${starts[0]} and over_at < ${to}
    group by 1, 2, 3, 4
    union all
    select place::int, ${about}, 0, 0, 0, 0, count(*)::int, 0
    from ${endsOf(stretch)}
    join requests on team_id = ${teamId} and status = 'in_review' and due_at < at
    group by 1, 2, 3, 4
    union all
    select place::int, ${about}, 0, 0, 0, 0, count(*)::int, 0
    from requests join ${endsOf(stretch)} on due_at < at and over_at >= at
    where team_id = ${teamId} and over_at > due_at and over_at >= ${starts[0]} and due_at < ${to}
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}

const sum = (groups: Group[], count: keyof Counts) => groups.reduce((total, group) => total + group[count], 0);
/** Of the groups of one period, or of them all. */
export const countsOf = (groups: Group[], place?: number): Counts => {
  const own = place === undefined ? groups : groups.filter((group) => group.place === place);
  return Object.fromEntries(COUNTS.map((count) => [count, sum(own, count)])) as Counts;
};

/** The breakdown of the last of `periods`, against the one before it and the mean of those that are usual. */
export function sharesOf(groups: Group[], by: 'tier' | 'rule' | 'category', periods: Compared): Share[] {
  const ids = [...new Set(groups.map((group) => group[by]))];
  return ids.flatMap((id) => {
    const own = groups.filter((group) => group[by] === id);
    const counts = countsOf(own, periods.current);
    const askedBefore = countsOf(own, periods.current - 1).asked;
    const askedUsually = meanOf(own, periods, 'asked');
    return Object.values(counts).some((n) => n > 0) || askedUsually > 0 || askedBefore > 0
      ? [{ id, ...counts, askedBefore, askedUsually, oneCustomer: 0 }]
      : [];
  });
}

/** Places of the current period and of those that are usual. */
export type Compared = { current: number; usual: number[] };

/** 0 where nothing is usual yet. */
export const meanOf = (groups: Group[], { usual }: Compared, count: keyof Counts): number =>
  usual.length === 0 ? 0 : usual.reduce((total, place) => total + countsOf(groups, place)[count], 0) / usual.length;

export const stepsFrom = (groups: Group[], { starts, to }: Stretch): Step[] =>
  starts.map((from, i) => {
    const { asked, approved, late } = countsOf(groups, i + 1);
    return { from, to: starts[i + 1] ?? to, asked, approved, late };
  });

/** When the first request was submitted; null before that. */
export async function firstSubmission(db: Db, teamId: string): Promise<Instant | null> {
  const { first } = await db
    .selectFrom('requests')
    .select((eb) => eb.fn.min('submitted_at').as('first'))
    .where('team_id', '=', teamId)
    .executeTakeFirstOrThrow();
  return first?.toISOString() ?? null;
}

/** Of those asked in the period: what had happened already. */
export async function countHappened(db: Db, teamId: string, from: Instant, to: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from requests
    where team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to}
      and state -> 'alreadyHappened' = 'true'`.execute(db);
  return rows[0]?.n ?? 0;
}
