/** Who is away, as the rows tell it. */
import { type Absence, awayUntil, presentAmong, standInOf } from '../core/cover.ts';
import type { Wiring } from '../core/policy.ts';
import type { Instant } from '../core/values.ts';
import { type RoleMembers, usable } from './people.ts';
import type { Db, Row } from './schema.ts';

const absenceOf = ({ absence, person, from, until, delegate, set_by, set_at }: Row<'absences'>): Absence => ({
  id: absence,
  person,
  from: from.toISOString(),
  until: until.toISOString(),
  delegate,
  setBy: set_by,
  setAt: set_at.toISOString(),
});

/** Absences in force at any time from `from` to `to`, both included, in the order in which they were set. */
export async function absencesAround(db: Db, teamId: string, from: Instant, to: Instant): Promise<Absence[]> {
  const rows = await db
    .selectFrom('absences')
    .selectAll()
    .where('team_id', '=', teamId)
    .where('until', '>', new Date(from))
    .where('from', '<=', new Date(to))
    // One that was taken back before it began was never in force.
    .whereRef('from', '<', 'until')
    .orderBy('set_at')
    .orderBy('person')
    .orderBy('absence')
    .execute();
  return rows.map(absenceOf);
}

export type AwayNow = {
  person: string;
  /** When they are back. */
  until: Instant;
  /** Who decides for them meanwhile; null for nobody. */
  standIn: string | null;
};

/** Everybody who is away now. */
export async function awayNow(db: Db, teamId: string, now: Instant): Promise<AwayNow[]> {
  return awayAmong(await absencesAround(db, teamId, now, now), now);
}

/** Everybody who is away now by these absences. */
export const awayAmong = (absences: readonly Absence[], now: Instant): AwayNow[] =>
  [...new Set(absences.map(({ person }) => person))].flatMap((person) => {
    const until = awayUntil(absences, person, now);
    return until === null ? [] : [{ person, until, standIn: standInOf(absences, person, now) }];
  });

/**
 * Members of a role who are there, and those who decide for the others. Without the group's id where one of them is away: a
 * mention of the group would call them too.
 */
export async function presentMembers(
  db: Db,
  teamId: string,
  wiring: Wiring,
  members: RoleMembers,
  now: Instant,
): Promise<RoleMembers & { away: AwayNow[] }> {
  const absences = await absencesAround(db, teamId, now, now);
  const away = awayAmong(absences, now).filter(({ person }) => members.people.includes(person));
  if (away.length === 0) return { ...members, away };
  const there = presentAmong(absences, members.people, now);
  const strangers = there.filter((person) => !members.people.includes(person));
  const able = await usable(db, teamId, wiring, strangers);
  const people = there.filter((person) => members.people.includes(person) || able.includes(person));
  return { ...members, people, groupId: null, away };
}

/** What a person has before them: the absence they are in, and those to come. */
export async function absencesOf(db: Db, teamId: string, person: string, now: Instant): Promise<Absence[]> {
  const rows = await db
    .selectFrom('absences')
    .selectAll()
    .where('team_id', '=', teamId)
    .where('person', '=', person)
    .where('until', '>', new Date(now))
    .whereRef('from', '<', 'until')
    .orderBy('from')
    .execute();
  return rows.map(absenceOf);
}

/** Whose absences an assistant may set. */
export async function assistedBy(db: Db, teamId: string, assistant: string): Promise<string[]> {
  const rows = await db
    .selectFrom('assistants')
    .select('person')
    .where('team_id', '=', teamId)
    .where('assistant', '=', assistant)
    .orderBy('person')
    .execute();
  return rows.map(({ person }) => person);
}
