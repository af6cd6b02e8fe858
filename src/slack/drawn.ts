/** What a view needs of a request, read as it is now. */
import { peopleInvolved } from '../core/phases.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { known } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import { readRequest } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import type { Drawn } from './views/drawn.ts';
import { wording } from './wording/index.ts';

/** Everybody who is named on a request's surfaces. */
function peopleIn(state: ExceptionRequest): string[] {
  const { conflicted, taken, assigned, returned, tierPicked } = state;
  const marked = [taken?.by, assigned?.by, assigned?.to, returned?.by, tierPicked?.by];
  return [...new Set([...peopleInvolved(state), ...conflicted, ...marked.filter((id) => id !== undefined)])];
}

/** @returns null where there is no such request */
export async function draw(
  { db, policies, teamId }: { db: Db; policies: Policies; teamId: string },
  number: number,
): Promise<(Drawn & { version: number }) | null> {
  const [view, { document }] = await Promise.all([readRequest(db, policies, teamId, number), policies.current()]);
  if (!view) return null;
  const { state, version, rules } = view;
  const people = await known(db, teamId, peopleIn(state));
  const { fromOutside } = wording().names;
  const names = Object.fromEntries(people.map(({ id, name, home }) => [id, home ? name : fromOutside(name)]));
  return { state, version, rules, wiring: document.wiring, names };
}
