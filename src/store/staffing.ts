/** Who is there to decide, and which open requests it concerns. */
import { sql } from 'kysely';
import { roleOf, type Wiring } from '../core/policy.ts';
import type { ExceptionRequest, InReview } from '../core/request.ts';
import type { Staff } from '../core/staffing.ts';
import { type Instant, type Role, type Stage, TIERS, type Tier } from '../core/values.ts';
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

/** What a request has yet to pass, and at which tier. */
export type Place = { tier: Tier; stage: Stage };
export const PLACES: readonly (Place & { roles: Role[] })[] = TIERS.flatMap((tier) => {
  const authorizers = roleOf('authorization', tier);
  return [
    { tier, stage: 'validation' as const, roles: [roleOf('validation', tier), authorizers] },
    { tier, stage: 'authorization' as const, roles: [authorizers] },
  ];
});

/** Requester, beneficiary, owner and confirmer do not decide; nor does one of those two who must be left. */
const BARRED = 4;
const LEFT = 2;

/**
 * Requests at that place, after the number `after`, that may be short of somebody: those that were, and those that bar so
 * many that not enough may be left. The states are without their words.
 * @param there how many people there are at least of each role they need
 */
export async function mayBeShort(
  db: Db,
  teamId: string,
  { tier, stage }: Place,
  { there, after, limit }: { there: number; after: number; limit: number },
): Promise<InReview[]> {
  const barring = sql<number>`json_array_length(state->'conflicted') + json_array_length(state->'handovers')`;
  const wasShort = sql<boolean>`coalesce(json_array_length(state->'staffing'->'short'), 0) > 0`;
  const rows = await inReview(db, teamId)
    .select(['number', 'state'])
    .where('tier', '=', tier)
    .where('stage', '=', stage)
    .where('number', '>', after)
    .where((eb) => eb.or([wasShort, eb(barring, '>', there - BARRED - LEFT)]))
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
