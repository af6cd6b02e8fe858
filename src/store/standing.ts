/** From what Slack last said to what a decision needs: who somebody is, and which roles they hold. */
import type { GroupWiring, Wiring } from '../core/policy.ts';
import type { Membership, Person, Standing } from '../core/standing.ts';
import { ROLES, type Role } from '../core/values.ts';

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
/** Of one person: the groups that the wiring names, and the ids of those they are in. */
export type StandingRow = { person: PersonRow | null; groups: GroupRow[] | null; member_of: string[] | null };

const iso = (at: string) => new Date(at).toISOString();

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
  ];
  const wired = [...ROLES.map((role) => wiring.groups[role]), ...owning];
  const refs = [...new Set(wired.map(groupRef).filter((ref) => ref !== null))];
  refsOf.set(wiring, refs);
  return refs;
}

export function standingOf(actor: string, wiring: Wiring, { person: row, groups, member_of }: StandingRow): Standing {
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
      const member = wired.includes(actor);
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
    const { id, fetched_at, age } = group;
    return { member: member_of?.includes(id) ?? false, group: id, source: 'slack', confirmedAt: iso(fetched_at), age };
  };
  return { person, roles: Object.fromEntries(ROLES.map((role) => [role, membership(role)])) as Standing['roles'] };
}
