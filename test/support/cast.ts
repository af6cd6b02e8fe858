import type { Membership, Person, Standing } from '../../src/core/standing.ts';
import { type Instant, plus, ROLES, type Role } from '../../src/core/values.ts';

/**
 * Who is in the company, by the groups they are in. Dora could do both stages, whatever the tier; Audrey is in every group, but
 * audits, and so fills none of the other roles.
 */
export const CAST = {
  ada: [],
  ben: [],
  zoe: [],
  olga: ['operations'],
  otto: ['operations'],
  lee: ['team_leads'],
  lia: ['team_leads'],
  mia: ['managers'],
  eve: ['executives'],
  dora: ['operations', 'team_leads', 'managers', 'executives'],
  sam: ['ops_supervisors'],
  sue: ['ops_supervisors'],
  cleo: ['compliance'],
  carl: ['compliance', 'operations'],
  quinn: ['data_quality'],
  cora: ['customer_success'],
  audrey: [
    ...(['auditors', 'operations', 'team_leads', 'managers', 'executives', 'ops_supervisors'] as const),
    ...(['customer_success', 'compliance', 'data_quality'] as const),
  ],
} as const satisfies Record<string, readonly Role[]>;
export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as Name[];

/** Whether one of the cast fills the role. */
export const fills = (name: Name, role: Role): boolean => {
  const groups: readonly Role[] = CAST[name];
  return groups.includes(role) && (role === 'auditors' || !groups.includes('auditors'));
};

/** Slack's id of one of the cast: `U0ADA`. */
export const idOf = (name: Name): string => `U0${name.toUpperCase()}`;

/** When the story begins; `hour(3)` is three hours later. */
export const START: Instant = '2026-11-23T09:00:00.000Z';
export const hour = (hours: number): Instant => plus(START, hours * 3_600_000);

type Oddity = { person?: Partial<Person> | null; roles?: Partial<Record<Role, Partial<Membership> | null>> };

/** What Slack said a moment ago about one of the cast, except for `oddity`. */
export const standingFor = (name: Name, oddity: Oddity = {}): Standing =>
  standingOf(idOf(name), `${name} of the cast`, CAST[name], oddity);

/** Somebody of the role who has had nothing to do with the story so far. */
export const colleagueIn = (role: Role): { id: string; standing: Standing } => {
  const id = `U0NEW${role.toUpperCase().replace('_', '')}`;
  return { id, standing: standingOf(id, `a colleague in ${role}`, [role]) };
};

function standingOf(id: string, name: string, groups: readonly Role[], oddity: Oddity = {}): Standing {
  const person: Person = {
    id,
    name,
    home: true,
    deleted: false,
    bot: false,
    guest: false,
    confirmedAt: START,
    age: 1000,
  };
  const roleOf = (role: Role): Membership | null => {
    const usual: Membership = {
      member: groups.includes(role),
      group: `S0${role.toUpperCase()}`,
      source: 'slack',
      confirmedAt: START,
      age: 1000,
    };
    const odd = oddity.roles?.[role];
    return odd === null ? null : { ...usual, ...odd };
  };
  return {
    person: oddity.person === null ? null : { ...person, ...oddity.person },
    roles: Object.fromEntries(ROLES.map((role) => [role, roleOf(role)])) as Standing['roles'],
  };
}
