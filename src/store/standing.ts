/** From what Slack last said to what a decision needs: who somebody is, and which roles they hold. */

import type { Absence } from '../core/cover.ts';
import type { GroupWiring, Wiring } from '../core/policy.ts';
import { coverOf, type Membership, type Person, type Principal, type Standing } from '../core/standing.ts';
import { type Instant, ROLES, type Role } from '../core/values.ts';

/** As `row_to_json` gives them; ages in milliseconds on the database's clock. */
type PersonRow = {
  id: string;
  name: string;
  home: boolean;
  deleted: boolean;
  bot: boolean;
  guest: boolean;
  fetched_at: string;
  age: number;
};
type GroupRow = { id: string; handle: string; fetched_at: string; age: number };
type Own = { person: PersonRow | null; member_of: string[] | null };
type AbsenceRow = {
  absence: number;
  person: string;
  from: string;
  until: string;
  delegate: string | null;
  set_by: string;
  set_at: string;
};
/**
 * Of one person: the groups that the wiring names, `fetched_at` already an instant as we write it, and the ids of those they
 * are in; the absences since the request was submitted, and those who are away and whose chain of delegates leads to the person.
 */
export type StandingRow = Own & {
  groups: GroupRow[] | null;
  absences?: AbsenceRow[] | null;
  behind?: (Own & { id: string })[] | null;
};

export const iso = (at: string) => new Date(at).toISOString();

/** What to look a group up by in the table: its id, or its handle without the @. Empty where the policy lists people. */
export const groupRef = (group: GroupWiring): string | null => {
  if (Array.isArray(group)) return null;
  return group.startsWith('@') ? group.slice(1) : group;
};

const refsOf = new WeakMap<Wiring, string[]>();

/** Every group the wiring names. */
export function groupRefs(wiring: Wiring): string[] {
  const known = refsOf.get(wiring);
  if (known) return known;
  const owning = [
    ...wiring.ownership.map(({ group }) => group),
    ...(wiring.policy_owners ? [wiring.policy_owners] : []),
    ...(wiring.policy_review?.owner ? [wiring.policy_review.owner] : []),
  ];
  const wired = [...ROLES.map((role) => wiring.groups[role]), ...owning];
  const refs = [...new Set(wired.map(groupRef).filter((ref) => ref !== null))];
  refsOf.set(wiring, refs);
  return refs;
}

/** @param at the instant for which it is asked who is away */
export function standingOf(actor: string, wiring: Wiring, row: StandingRow, at: Instant): Standing {
  const own = inRoles(actor, wiring, row.groups, row);
  if (!row.absences) return own;
  const behind = (row.behind ?? []).map(
    (one): Principal => ({ id: one.id, ...inRoles(one.id, wiring, row.groups, one) }),
  );
  return { ...own, cover: coverOf(row.absences.map(absenceOf), actor, at, behind) };
}

const absenceOf = ({ absence, person, from, until, delegate, set_by, set_at }: AbsenceRow): Absence => ({
  id: absence,
  person,
  from: iso(from),
  until: iso(until),
  delegate,
  setBy: set_by,
  setAt: iso(set_at),
});

function inRoles(id: string, wiring: Wiring, groups: GroupRow[] | null, { person: row, member_of }: Own) {
  const person: Person | null = row && {
    id: row.id,
    name: row.name,
    home: row.home,
    deleted: row.deleted,
    bot: row.bot,
    guest: row.guest,
    confirmedAt: iso(row.fetched_at),
    age: row.age,
  };
  const membership = (role: Role): Membership | null => {
    const wired = wiring.groups[role];
    if (Array.isArray(wired)) {
      const member = wired.includes(id);
      return {
        member,
        group: 'policy',
        source: 'policy',
        confirmedAt: person?.confirmedAt ?? iso('1970-01-01'),
        age: 0,
      };
    }
    const ref = groupRef(wired);
    const group = groups?.find(({ id, handle }) => id === ref || handle === ref);
    if (!group) return null;
    const { id: found, fetched_at: confirmedAt, age } = group;
    const member = member_of?.includes(found) ?? false;
    return { member, group: found, source: 'slack', confirmedAt, age };
  };
  return { person, roles: Object.fromEntries(ROLES.map((role) => [role, membership(role)])) as Standing['roles'] };
}
