/** Approved exceptions that ended in a period, and those that end soon. */
import { sql } from 'kysely';
import { ENDING_SOON_DAYS, type EndingFigures } from '../../core/report.ts';
import { type Instant, plus } from '../../core/values.ts';
import type { Db } from '../schema.ts';

/** Of those that end soon; the rest is counted. */
const LISTED = 10;

export async function readEndings(
  db: Db,
  teamId: string,
  { from, to }: { from: Instant; to: Instant },
  now: Instant,
): Promise<EndingFigures> {
  const ended = await sql<{ lapsed: number; revoked: number }>`
    select count(*) filter (where type = 'lapsed')::int as lapsed, count(*) filter (where type = 'revoked')::int as revoked
    from events where team_id = ${teamId} and type in ('lapsed', 'revoked') and at >= ${from} and at < ${to}`.execute(
    db,
  );
  const last = plus(now, ENDING_SOON_DAYS * 86_400_000).slice(0, 10);
  const soon = await sql<{ number: number; until: string; renewedBy: number | null; all: number }>`
    select r.number, r.good_until as until, n.number as "renewedBy", (count(*) over ())::int as all
    from requests r
    left join requests n on n.team_id = r.team_id and n.renews = r.number and n.status in ('in_review', 'approved')
    where r.team_id = ${teamId} and r.good_until <= ${last}
    order by r.good_until, r.number limit ${LISTED}`.execute(db);
  const [counted = { lapsed: 0, revoked: 0 }] = ended.rows;
  return {
    ...counted,
    soon: soon.rows.map(({ number, until, renewedBy }) => ({ number, until, renewedBy })),
    soonLeftOut: Math.max(0, (soon.rows[0]?.all ?? 0) - soon.rows.length),
  };
}
