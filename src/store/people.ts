/** People and groups as Slack last told them. */
import { sql } from 'kysely';
import type { GroupWiring, Wiring } from '../core/policy.ts';
import type { Role } from '../core/values.ts';
import type { Db, Row } from './schema.ts';
import { groupRef } from './standing.ts';

/** What these people are called, and whether they are of this company; somebody unknown is absent. */
export async function known(
  db: Db,
  teamId: string,
  ids: string[],
): Promise<Pick<Row<'people'>, 'id' | 'name' | 'home'>[]> {
  if (ids.length === 0) return [];
  const people = db.selectFrom('people').select(['id', 'name', 'home']).where('team_id', '=', teamId);
  return people.where('id', 'in', ids).execute();
}

/** Display names by id; somebody unknown is absent. */
export async function namesOf(db: Db, teamId: string, ids: string[]): Promise<Record<string, string>> {
  return Object.fromEntries((await known(db, teamId, ids)).map(({ id, name }) => [id, name]));
}

/** IANA zones by id, as Slack knows them; somebody without one is absent. */
export async function zonesOf(db: Db, teamId: string, ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await db
    .selectFrom('people')
    .select(['id', 'zone'])
    .where('team_id', '=', teamId)
    .where('id', 'in', ids)
    .execute();
  return Object.fromEntries(rows.flatMap(({ id, zone }) => (zone ? [[id, zone]] : [])));
}

export type RoleMembers = {
  /** Active people of this workspace, neither guests nor bots. */
  people: string[];
  /** Slack's id of the group; null where the policy lists people, or nothing was found. */
  groupId: string | null;
  /** Whether Slack knows the group, or the policy lists people. */
  found: boolean;
};

const active = (db: Db, teamId: string) =>
  db
    .selectFrom('people')
    .select('people.id')
    .where('people.team_id', '=', teamId)
    .where('home', '=', true)
    .where('deleted', '=', false)
    .where('bot', '=', false)
    .where('guest', '=', false)
    .orderBy('people.id');

/** Active people of a user group, or of those whom the policy lists. */
export async function membersOfGroup(db: Db, teamId: string, wired: GroupWiring): Promise<RoleMembers> {
  if (Array.isArray(wired)) {
    if (wired.length === 0) return { people: [], groupId: null, found: true };
    const people = await active(db, teamId).where('people.id', 'in', wired).execute();
    return { people: people.map(({ id }) => id), groupId: null, found: true };
  }
  const ref = groupRef(wired) ?? '';
  const members = active(db, teamId)
    .clearOrderBy()
    .innerJoin('group_members', (join) =>
      join.onRef('group_members.person', '=', 'people.id').onRef('group_members.team_id', '=', 'people.team_id'),
    )
    .select('group_id');
  const rows = await db
    .selectFrom('groups')
    .leftJoin(members.as('member'), (join) => join.onRef('member.group_id', '=', 'groups.id'))
    .select(['groups.id as group', 'member.id as person'])
    .where('team_id', '=', teamId)
    .where((eb) => eb.or([eb('handle', '=', ref), eb('groups.id', '=', ref)]))
    .orderBy('member.id')
    .execute();
  const groupId = rows[0]?.group ?? null;
  if (groupId === null) return { people: [], groupId, found: false };
  const people = rows.flatMap(({ group, person }) => (group === groupId && person !== null ? [person] : []));
  return { people, groupId, found: true };
}

/** Those of these people who can be given something to do: of this workspace, neither guests, bots, closed accounts nor auditors. */
export async function usable(db: Db, teamId: string, wiring: Wiring, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await active(db, teamId).where('people.id', 'in', ids).execute();
  const people = rows.map(({ id }) => id);
  const auditors = await auditorsAmong(db, teamId, wiring, people);
  return people.filter((person) => !auditors.includes(person));
}

/**
 * Without those who audit, since they take no part in anything; then without the group's id too, or a mention of the group
 * would call them.
 */
async function withoutAuditors(db: Db, teamId: string, wiring: Wiring, members: RoleMembers): Promise<RoleMembers> {
  const auditors = await auditorsAmong(db, teamId, wiring, members.people);
  if (auditors.length === 0) return members;
  return { ...members, people: members.people.filter((person) => !auditors.includes(person)), groupId: null };
}

/** Those of these people who audit. */
export async function auditorsAmong(db: Db, teamId: string, wiring: Wiring, people: string[]): Promise<string[]> {
  const wired = wiring.groups.auditors;
  if (wired.length === 0 || people.length === 0) return [];
  const auditors = await membersOfGroup(db, teamId, wired);
  return people.filter((person) => auditors.people.includes(person));
}

/** Active people of a further group that the wiring names, who can be given something to do. */
export const workersOf = async (db: Db, teamId: string, wiring: Wiring, group: GroupWiring): Promise<RoleMembers> =>
  withoutAuditors(db, teamId, wiring, await membersOfGroup(db, teamId, group));

/**
 * Who may fill a role. Admins fall back to the workspace's owners, so that there is always somebody to tell. They look after
 * the program and not after requests, so whoever audits may be one; but no other role is filled by an auditor.
 */
export async function membersOf(db: Db, teamId: string, wiring: Wiring, role: Role): Promise<RoleMembers> {
  const wired = wiring.groups[role];
  if (role !== 'admins' && role !== 'auditors') return workersOf(db, teamId, wiring, wired);
  const members = await membersOfGroup(db, teamId, wired);
  if (role !== 'admins' || Array.isArray(wired) || members.people.length > 0) return members;
  const owners = await active(db, teamId).where('owner', '=', true).execute();
  return { ...members, people: owners.map(({ id }) => id) };
}

/** Who looks at a policy rule of which the same exception is asked for again and again. */
export const policyOwners = (db: Db, teamId: string, wiring: Wiring): Promise<RoleMembers> =>
  workersOf(db, teamId, wiring, wiring.policy_owners ?? wiring.groups.compliance);

/** Who sees to it that the policy itself is looked at again in time. */
export const policyReviewers = (db: Db, teamId: string, wiring: Wiring): Promise<RoleMembers> =>
  wiring.policy_review?.owner
    ? workersOf(db, teamId, wiring, wiring.policy_review.owner)
    : policyOwners(db, teamId, wiring);

/** A person as Slack describes them. */
export type SlackPerson = Omit<Row<'people'>, 'team_id' | 'fetched_at'>;

/** Stores what Slack said just now about these people. */
export async function savePeople(db: Db, teamId: string, people: SlackPerson[]): Promise<void> {
  for (let from = 0; from < people.length; from += 500) {
    const rows = people.slice(from, from + 500).map((person) => ({ team_id: teamId, ...person }));
    await db
      .insertInto('people')
      .values(rows)
      .onConflict((oc) =>
        oc.columns(['team_id', 'id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          home: eb.ref('excluded.home'),
          deleted: eb.ref('excluded.deleted'),
          bot: eb.ref('excluded.bot'),
          guest: eb.ref('excluded.guest'),
          owner: eb.ref('excluded.owner'),
          zone: eb.ref('excluded.zone'),
          locale: eb.ref('excluded.locale'),
          fetched_at: sql<string>`clock_timestamp()`,
        })),
      )
      .execute();
  }
}

type SlackGroup = { id: string; handle: string; name: string };

/** Stores what Slack said just now about one group and who is in it. */
export const saveGroup = (db: Db, teamId: string, group: SlackGroup, members: string[]): Promise<void> =>
  saveGroups(db, teamId, [{ ...group, members }]);

/** Stores what Slack said just now about these groups and who is in them. */
export async function saveGroups(
  db: Db,
  teamId: string,
  groups: (SlackGroup & { members: string[] })[],
): Promise<void> {
  if (groups.length === 0) return;
  // In one order, whoever tells them, so that two who save the same groups wait for each other in turn.
  const sorted = groups.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(({ id, handle, name }) => ({ team_id: teamId, id, handle, name }));
  const members = sorted.flatMap(({ id, members }) =>
    [...new Set(members)].map((person) => ({ team_id: teamId, group_id: id, person })),
  );
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('groups')
      .values(rows)
      .onConflict((oc) =>
        oc.columns(['team_id', 'id']).doUpdateSet((eb) => ({
          handle: eb.ref('excluded.handle'),
          name: eb.ref('excluded.name'),
          fetched_at: sql<string>`clock_timestamp()`,
        })),
      )
      .execute();
    const ids = rows.map(({ id }) => id);
    await trx.deleteFrom('group_members').where('team_id', '=', teamId).where('group_id', 'in', ids).execute();
    for (let from = 0; from < members.length; from += 500)
      await trx
        .insertInto('group_members')
        .values(members.slice(from, from + 500))
        .onConflict((oc) => oc.doNothing())
        .execute();
  });
}

/** Forgets groups that Slack no longer lists, so that a disabled group fills no role. */
export async function keepOnlyGroups(db: Db, teamId: string, ids: string[]): Promise<void> {
  await db
    .deleteFrom('groups')
    .where('team_id', '=', teamId)
    .$if(ids.length > 0, (qb) => qb.where('id', 'not in', ids))
    .execute();
}
