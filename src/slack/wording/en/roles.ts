/** The people who fill a role, as a reader knows them: by the group's handle, by name, or by what they do. */
import type { Wiring } from '../../../core/policy.ts';
import type { Role } from '../../../core/values.ts';
import { format, names } from './names.ts';

export type WhoIsWho = {
  wiring?: Wiring | undefined;
  names?: Readonly<Record<string, string>> | undefined;
};
export type RoleWords = {
  /** After "Only": `members of @managers`. */
  members: string;
  /** `one of @managers` */
  oneOf: string;
  /** `@managers` */
  group: string;
};

/** More names than this are harder to read than what the people do. */
const NAMES = 5;

export function role(which: Role, { wiring, names: known = {} }: WhoIsWho): RoleWords {
  const group = wiring?.groups[which];
  if (typeof group === 'string' && group.startsWith('@'))
    return { members: `members of ${group}`, oneOf: `one of ${group}`, group };
  const people = Array.isArray(group) ? group.flatMap((id) => known[id] ?? []) : [];
  if (Array.isArray(group) && people.length === group.length && people.length > 0 && people.length <= NAMES) {
    const all = format.all(people);
    return { members: all, oneOf: format.oneOf(people), group: all };
  }
  const name = names.role[which];
  return { members: name, oneOf: `one of ${name}`, group: name };
}
