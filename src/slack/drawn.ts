/** What a view needs of a request, read as it is now. */
import { peopleInvolved } from '../core/phases.ts';
import type { ExceptionRequest } from '../core/request.ts';
import { known } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import { renewalOf } from '../store/renewals.ts';
import { readRequest } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import type { Drawn } from './views/drawn.ts';
import { wording } from './wording/index.ts';

/** Everybody who is named on a request's surfaces. */
function peopleIn(state: ExceptionRequest): string[] {
  const { conflicted, taken, assigned, returned, tierPicked } = state;
  const missing = (state.staffing?.short ?? []).flatMap(({ away, left }) => [...away, ...left]);
  const decisions = [...state.approvals, ...(state.status === 'rejected' ? [state.rejection] : [])];
  const stoodInFor = decisions.flatMap(({ authority }) => authority.onBehalfOf ?? []);
  const marked = [...stoodInFor, taken?.by, assigned?.by, assigned?.to, returned?.by, tierPicked?.by];
  return [
    ...new Set([...peopleInvolved(state), ...conflicted, ...missing, ...marked.filter((id) => id !== undefined)]),
  ];
}

/** @returns null where there is no such request */
export async function draw(
  { db, policies, teamId }: { db: Db; policies: Policies; teamId: string },
  number: number,
): Promise<(Drawn & { version: number }) | null> {
  const [view, { document }] = await Promise.all([readRequest(db, policies, teamId, number), policies.current()]);
  if (!view) return null;
  const { state, version, rules } = view;
  const [people, renewedBy] = await Promise.all([
    known(db, teamId, peopleIn(state)),
    state.status === 'approved' ? renewalOf(db, teamId, number) : null,
  ]);
  const { fromOutside } = wording().names;
  const names = Object.fromEntries(people.map(({ id, name, home }) => [id, home ? name : fromOutside(name)]));
  const renewing = { by: renewedBy, allowed: document.rules.renewals };
  return { state, version, rules, wiring: document.wiring, names, renewing };
}
