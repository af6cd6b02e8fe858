/** Who is there to decide, and which open requests it concerns. */
import type { Wiring } from '../core/policy.ts';
import type { ExceptionRequest, InReview } from '../core/request.ts';
import type { Staff } from '../core/staffing.ts';
import type { Instant, Role } from '../core/values.ts';
import { absencesAround } from './absences.ts';
import { membersOf, usable } from './people.ts';
import type { Db } from './schema.ts';

/** However far ahead an absence was set. */
const EVER: Instant = '9999-12-31T00:00:00.000Z';

/** @param from absences that were over by then do not count any more: when the (oldest) request was submitted */
export async function staffOf(db: Db, teamId: string, wiring: Wiring, roles: Role[], from: Instant): Promise<Staff> {
  const [members, absences] = await Promise.all([
    Promise.all(roles.map(async (role) => [role, (await membersOf(db, teamId, wiring, role)).people] as const)),
    absencesAround(db, teamId, from, EVER),
  ]);
  const delegates = absences.flatMap(({ delegate }) => delegate ?? []);
  const fit = new Set(await usable(db, teamId, wiring, [...new Set(delegates)]));
  return { members: Object.fromEntries(members), fit, absences };
}

/** When the oldest request was submitted that is in review; null where none is. */
export async function oldestInReview(db: Db, teamId: string): Promise<Instant | null> {
  const { at } = await inReview(db, teamId)
    .select((eb) => eb.fn.min('submitted_at').as('at'))
    .executeTakeFirstOrThrow();
  return (at as Date | null)?.toISOString() ?? null;
}

const inReview = (db: Db, teamId: string) =>
  db.selectFrom('requests').where('requests.team_id', '=', teamId).where('requests.status', '=', 'in_review');

/** A page of what is in review, from the number `after` on. The states are without their words. */
export async function inReviewAfter(db: Db, teamId: string, after: number, limit: number): Promise<InReview[]> {
  const rows = await inReview(db, teamId)
    .select('state')
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(({ state }) => state as InReview);
}

/** How each role was staffed when its open requests were last gone through. */
export async function fingerprintsOf(db: Db, teamId: string): Promise<Partial<Record<Role, string>>> {
  const rows = await db
    .selectFrom('staffing_looks')
    .select(['role', 'fingerprint'])
    .where('team_id', '=', teamId)
    .execute();
  return Object.fromEntries(rows.map(({ role, fingerprint }) => [role, fingerprint]));
}

export async function keepFingerprints(db: Db, teamId: string, found: Partial<Record<Role, string>>): Promise<void> {
  const rows = Object.entries(found).map(([role, fingerprint]) => ({
    team_id: teamId,
    role: role as Role,
    fingerprint,
  }));
  if (rows.length === 0) return;
  await db
    .insertInto('staffing_looks')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['team_id', 'role']).doUpdateSet((eb) => ({ fingerprint: eb.ref('excluded.fingerprint') })),
    )
    .execute();
}

/** What these people were told of open requests that nobody could decide, and have before them. */
export async function shortagesTold(
  db: Db,
  teamId: string,
  people: string[],
): Promise<{ person: string; subject: unknown; state: ExceptionRequest }[]> {
  if (people.length === 0) return [];
  const rows = await inReview(db, teamId)
    .innerJoin('deliveries', (join) =>
      join
        .onRef('deliveries.team_id', '=', 'requests.team_id')
        .onRef('deliveries.request_number', '=', 'requests.number'),
    )
    .select(['person', 'subject', 'state'])
    .where('surface', '=', 'staffing')
    .where('live', '=', true)
    .where('person', 'in', people)
    .execute();
  return rows.flatMap(({ person, subject, state }) =>
    person === null ? [] : [{ person, subject, state: state as ExceptionRequest }],
  );
}
