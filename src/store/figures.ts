/** A period in figures, counted in the database: a handful of statements over indexed ranges, whatever the number of requests. */
import { type RawBuilder, sql } from 'kysely';
import type { Counts, EscalationFigures, Figures, Share, Spread, Totals } from '../core/report.ts';
import { type EscalationKind, escalationKind, type Instant, type Stage, TIERS, type Tier } from '../core/values.ts';
import { readCases } from './cases.ts';
import { readEndings } from './endings.ts';
import { countOpenReviews } from './policyReviews.ts';
import { readRecurring } from './recurring.ts';
import type { Db } from './schema.ts';

/** `from` up to but not including `to`; `now` is the business clock's. */
export type Period = { from: Instant; to: Instant; now: Instant };
/** `to` is at most now; `before` is the start of the period before. */
type Spans = { before: Instant; from: Instant; to: Instant };

/** All figures come from one snapshot of the database, so that they add up. */
export function weekFigures(db: Db, teamId: string, period: Period): Promise<Figures> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => readFigures(trx, teamId, period));
}

async function readFigures(db: Db, teamId: string, period: Period): Promise<Figures> {
  const { from, to, now } = period;
  const before = new Date(2 * Date.parse(from) - Date.parse(to)).toISOString();
  const spans: Spans = { before, from, to: now < to ? now : to };
  const groups = await countGroups(db, teamId, spans);
  const spreads = await readSpreads(db, teamId, spans);
  const [open] = await countOpen(db, teamId, now);
  return {
    from,
    to,
    now,
    totals: totals(groups, spreads, true),
    before: totals(groups, spreads, false),
    openNow: open?.open ?? 0,
    overdueNow: open?.overdue ?? 0,
    byTier: TIERS.flatMap((tier) => shares(groups, 'tier').filter(({ id }) => id === tier)) as Share<Tier>[],
    byRule: byVolume(shares(groups, 'rule')),
    byCategory: byVolume(shares(groups, 'category')),
    escalations: await readEscalations(db, teamId, spans),
    endings: await readEndings(db, teamId, spans, now),
    openReviews: await countOpenReviews(db, teamId),
    ...(await readRecurring(db, teamId, spans)),
    ...(await readCases(db, teamId, spans)),
  };
}

type Group = Counts & {
  current: boolean;
  tier: string;
  rule: string;
  category: string;
  happened: number;
};

/** Counts of the period and of the one before it, by everything they are broken down by. */
async function countGroups(db: Db, teamId: string, { before, from, to }: Spans): Promise<Group[]> {
  const none = sql`0 as asked, 0 as happened, 0 as approved, 0 as rejected, 0 as withdrawn, 0 as late`;
  const of = (status: string) => sql`(status = ${sql.lit(status)})::int`;
  /** Still undecided past its deadline when the period ended. */
  const overdueAt = (at: Instant, current: boolean): RawBuilder<unknown> => sql`
    select ${sql.lit(current)} as current, tier, rule, category, 0, 0, 0, 0, 0, 1 from requests
    where team_id = ${teamId} and due_at < ${at} and (status = 'in_review' or over_at >= ${at})`;
  const { rows } = await sql<Group>`
    select current, tier, rule, category, sum(asked)::int as asked, sum(happened)::int as happened,
      sum(approved)::int as approved, sum(rejected)::int as rejected, sum(withdrawn)::int as withdrawn,
      sum(late)::int as late
    from (
      select true as current, '' as tier, '' as rule, '' as category, ${none} where false
      union all
      select submitted_at >= ${from}, tier, rule, category, 1, (state -> 'alreadyHappened' = 'true')::int, 0, 0, 0, 0
      from requests where team_id = ${teamId} and submitted_at >= ${before} and submitted_at < ${to}
      union all
      select over_at >= ${from}, tier, rule, category, 0, 0, ${of('approved')}, ${of('rejected')}, ${of('withdrawn')},
        (status <> 'withdrawn' and over_at > due_at)::int
      from requests where team_id = ${teamId} and over_at >= ${before} and over_at < ${to}
      union all ${overdueAt(to, true)}
      union all ${overdueAt(from, false)}
    ) as counted
    group by current, tier, rule, category`.execute(db);
  return rows;
}

const COUNTS = ['asked', 'approved', 'rejected', 'withdrawn', 'late'] as const;
const sum = (groups: Group[], count: (typeof COUNTS)[number] | 'happened') =>
  groups.reduce((total, group) => total + group[count], 0);
const countsOf = (groups: Group[]) => Object.fromEntries(COUNTS.map((count) => [count, sum(groups, count)])) as Counts;

function totals(groups: Group[], spreads: Spreads, current: boolean): Totals {
  const own = groups.filter((group) => group.current === current);
  return { ...countsOf(own), alreadyHappened: sum(own, 'happened'), ...spreads(current) };
}

function shares(groups: Group[], by: 'tier' | 'rule' | 'category'): Share[] {
  return [...new Set(groups.map((group) => group[by]))].map((id) => {
    const own = groups.filter((group) => group[by] === id);
    const past = own.filter(({ current }) => !current);
    return { id, ...countsOf(own.filter(({ current }) => current)), askedBefore: sum(past, 'asked') };
  });
}

const byVolume = (list: Share[]) =>
  list.sort((a, b) => b.asked - a.asked || b.askedBefore - a.askedBefore || (a.id < b.id ? -1 : 1));

type Spreads = (current: boolean) => Pick<Totals, 'timeToDecision' | 'byStage'>;

/** Median and ninth decile of the time to the last decision, and of the time each stage took. */
async function readSpreads(db: Db, teamId: string, { before, from, to }: Spans): Promise<Spreads> {
  const { rows } = await sql<{ current: boolean; part: 'whole' | Stage; spread: [number, number] }>`
    select current, part, percentile_cont(array[0.5, 0.9]) within group (order by ms) as spread
    from (
      select over_at >= ${from} as current, 'whole' as part, extract(epoch from over_at - submitted_at) * 1000 as ms
      from requests
      where team_id = ${teamId} and over_at >= ${before} and over_at < ${to} and status in ('approved', 'rejected')
      union all
      select d.at >= ${from}, d.stage,
        extract(epoch from d.at - coalesce(earlier.at, r.submitted_at)) * 1000
      from decisions d
      join requests r on r.team_id = d.team_id and r.number = d.request_number
      left join decisions earlier on earlier.team_id = d.team_id and earlier.request_number = d.request_number
        and earlier.round = d.round and earlier.stage = 'validation' and d.stage = 'authorization'
      where d.team_id = ${teamId} and d.at >= ${before} and d.at < ${to}
    ) as durations
    group by current, part`.execute(db);
  return (current) => {
    const find = (part: string): Spread | null => {
      const [median, p90] = rows.find((row) => row.current === current && row.part === part)?.spread ?? [];
      return median === undefined || p90 === undefined ? null : { median, p90 };
    };
    const byStage = { validation: find('validation'), authorization: find('authorization') };
    return { timeToDecision: find('whole'), byStage };
  };
}

const countOpen = async (db: Db, teamId: string, now: Instant) =>
  (
    await sql<{ open: number; overdue: number }>`
      select count(*)::int as open, count(*) filter (where due_at < ${now})::int as overdue
      from requests where team_id = ${teamId} and status = 'in_review'`.execute(db)
  ).rows;

/** What was raised in the period, and how soon somebody took it on, be it after the period. */
async function readEscalations(db: Db, teamId: string, { from, to }: Spans): Promise<EscalationFigures[]> {
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
