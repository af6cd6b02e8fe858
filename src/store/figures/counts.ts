/** How many were asked for, decided and late: place by place of a stretch, and by tier, rule and category. */
import { type RawBuilder, sql } from 'kysely';
import { CONFIDENTIAL, type Counts, type Figures, type Share, type Step } from '../../core/report.ts';
import type { Instant } from '../../core/values.ts';
import type { Db } from '../schema.ts';
import { type Places, passedAt, placeAt, type Stretch } from './periods.ts';

const FLOWS = ['asked', 'approved', 'rejected', 'withdrawn', 'late', 'inTime'] as const;
type About = { tier: string; rule: string; category: string };
/** What came to be in a place: `late` are decisions after the deadline. */
type Flow = Counts & About & { place: number };
/** What was undecided past its deadline at the end of each place from `first` to `last`. */
type Overdue = About & Places & { requests: number };
export type Counted = { flows: Flow[]; overdue: Overdue[] };
/** What is undecided by now. `first`: the first place at whose end its deadline had passed; null for none. */
type Open = About & { first: number | null; isDue: boolean; requests: number };

/** What a confidential request is about is counted as `CONFIDENTIAL`. */
const ABOUT = sql`tier, case when confidential then ${sql.lit(CONFIDENTIAL)} else rule end as rule,
  case when confidential then ${sql.lit(CONFIDENTIAL)} else category end as category`;

/** Asked for and decided, by place; a request's deadline is the one that it has by now. */
export async function readFlows(db: Db, teamId: string, stretch: Stretch): Promise<Flow[]> {
  const { starts, to } = stretch;
  const of = (status: string) => sql`count(*) filter (where status = ${sql.lit(status)})::int`;
  const decided = sql`status in ('approved', 'rejected')`;
  const { rows } = await sql<Flow>`
    select ${placeAt('submitted_at', stretch)} as place, ${ABOUT}, count(*)::int as asked, 0 as approved, 0 as rejected,
      0 as withdrawn, 0 as late, 0 as "inTime"
    from requests where team_id = ${teamId} and submitted_at >= ${starts[0]} and submitted_at < ${to}
    group by 1, 2, 3, 4
    union all
    select ${placeAt('over_at', stretch)}, ${ABOUT}, 0, ${of('approved')}, ${of('rejected')}, ${of('withdrawn')},
      count(*) filter (where ${decided} and over_at > due_at)::int,
      count(*) filter (where ${decided} and over_at <= due_at)::int
    from requests where team_id = ${teamId} and over_at >= ${starts[0]} and over_at < ${to}
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** How many are undecided now, how many of them past their deadline, and what was so at the ends of places. */
export async function readOverdue(
  db: Db,
  teamId: string,
  stretch: Stretch,
  now: Instant,
): Promise<Pick<Figures, 'openNow' | 'overdueNow'> & Pick<Counted, 'overdue'>> {
  const last = stretch.starts.length;
  const open = await readUndecided(db, teamId, stretch, now);
  const inPlaces = open.flatMap(({ first, ...row }) => (first === null ? [] : [{ ...row, first, last }]));
  return {
    openNow: total(open),
    overdueNow: total(open.filter(({ isDue }) => isDue)),
    overdue: [...inPlaces, ...(await readDecidedLate(db, teamId, stretch))],
  };
}

const total = (rows: readonly { requests: number }[]): number => rows.reduce((sum, { requests }) => sum + requests, 0);

async function readUndecided(db: Db, teamId: string, stretch: Stretch, now: Instant): Promise<Open[]> {
  const { starts, to } = stretch;
  const { rows } = await sql<Open>`
    select case
        -- However many have waited since before, they are of the first place: counted without a look at when.
        when due_at < ${starts[1] ?? to} then 1
        when due_at < ${to} then ${passedAt('due_at', stretch)}
      end as first, due_at < ${now} as "isDue", ${ABOUT}, count(*)::int as requests
    from requests where team_id = ${teamId} and status = 'in_review'
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

async function readDecidedLate(db: Db, teamId: string, stretch: Stretch): Promise<Overdue[]> {
  const { starts, to } = stretch;
  const last: RawBuilder<number> = sql`least(${passedAt('over_at', stretch)} - 1, ${starts.length}::int)`;
  const { rows } = await sql<Overdue>`
    select ${passedAt('due_at', stretch)} as first, ${last} as last, ${ABOUT}, count(*)::int as requests
    from requests where team_id = ${teamId} and over_at > due_at and over_at >= ${starts[0]} and due_at < ${to}
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}

/** Of all that lies in these places; late is also what was overdue at the end of the last one. */
export function countsIn({ flows, overdue }: Counted, { first, last }: Places): Counts {
  const counts: Counts = { asked: 0, approved: 0, rejected: 0, withdrawn: 0, late: 0, inTime: 0 };
  for (const flow of flows)
    if (flow.place >= first && flow.place <= last) for (const count of FLOWS) counts[count] += flow[count];
  for (const { first: from, last: until, requests } of overdue)
    if (from <= last && last <= until) counts.late += requests;
  return counts;
}

/** The period, the one before it, and those whose mean is usual: none where there is no record of any time before. */
export type Compared = { current: Places; before: Places; usual: Places[] };

export function sharesOf(counted: Counted, by: keyof About, { current, before, usual }: Compared): Share[] {
  return [...splitBy(counted, by)].flatMap(([id, own]) => {
    const counts = countsIn(own, current);
    const askedBefore = countsIn(own, before).asked;
    const askedUsually = meanIn(own, usual, 'asked');
    const isThere = Object.values(counts).some((n) => n > 0) || askedBefore + askedUsually > 0;
    return isThere ? [{ id, ...counts, askedBefore, askedUsually, oneCustomer: 0 }] : [];
  });
}

function splitBy({ flows, overdue }: Counted, by: keyof About): Map<string, Counted> {
  const parts = new Map<string, Counted>();
  const partOf = (about: About) => {
    const known = parts.get(about[by]) ?? { flows: [], overdue: [] };
    parts.set(about[by], known);
    return known;
  };
  for (const flow of flows) partOf(flow).flows.push(flow);
  for (const each of overdue) partOf(each).overdue.push(each);
  return parts;
}

/** 0 where nothing is usual yet. */
export const meanIn = (counted: Counted, usual: Places[], count: keyof Counts): number =>
  usual.length === 0 ? 0 : usual.reduce((total, places) => total + countsIn(counted, places)[count], 0) / usual.length;

export function stepIn(counted: Counted, places: Places, from: Instant, to: Instant): Step {
  const { asked, approved, late } = countsIn(counted, places);
  return { from, to, asked, approved, late };
}

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
export async function countHappened(db: Db, teamId: string, { from, to }: { from: Instant; to: Instant }) {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from requests
    where team_id = ${teamId} and submitted_at >= ${from} and submitted_at < ${to} and already_happened`.execute(db);
  return rows[0]?.n ?? 0;
}
