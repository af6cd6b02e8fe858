/** What exceptions did to the policy in a period: see `PolicyFigures` for what counts as brought about by them. */
import { sql } from 'kysely';
import type { PolicyFigures } from '../../core/report.ts';
import type { Db } from '../schema.ts';
import type { Spans } from './periods.ts';

type Row = { opened: number; changed: number; kept: number; clarified: number; versions: number; by_review: number };

export async function readPolicyFigures(db: Db, teamId: string, { from, to }: Spans): Promise<PolicyFigures> {
  const closed = (outcome: string) => sql`count(*) filter
    (where closed_at >= ${from} and closed_at < ${to} and outcome = ${sql.lit(outcome)})::int`;
  const { rows } = await sql<Row>`
    select reviews.*, published.* from (
      select count(*) filter (where opened_at >= ${from} and opened_at < ${to})::int as opened,
        ${closed('changed')} as changed, ${closed('kept')} as kept, ${closed('clarified')} as clarified
      from policy_reviews where team_id = ${teamId}
    ) as reviews, (
      select count(*)::int as versions, count(*) filter (where exists (
          select from policy_reviews r
          where r.team_id = ${teamId} and r.opened_at <= published_at
            and (r.closed_at is null or r.closed_at >= published_at
              or (r.outcome = 'changed' and r.closed_at > version_before))
        ))::int as by_review
      from (
        select published_at, lag(published_at) over (order by version) as version_before
        from policies where team_id = ${teamId}
      ) as versions
      where published_at >= ${from} and published_at < ${to}
    ) as published`.execute(db);
  const [row = { opened: 0, changed: 0, kept: 0, clarified: 0, versions: 0, by_review: 0 }] = rows;
  const { opened, changed, kept, clarified, versions, by_review } = row;
  return {
    reviewsOpened: opened,
    reviewsClosed: { changed, kept, clarified },
    versions,
    versionsByReview: by_review,
  };
}
