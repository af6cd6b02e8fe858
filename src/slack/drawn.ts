/** What a view needs of a request, read as it is now. */
import type { ExceptionRequest } from '../core/request.ts';
import { namesOf } from '../store/people.ts';
import type { Policies } from '../store/policies.ts';
import { readRequest } from '../store/requests.ts';
import type { Db } from '../store/schema.ts';
import type { Drawn } from './views/drawn.ts';

/** Everybody who is named on a request's surfaces. */
function peopleIn(state: ExceptionRequest): string[] {
  const asked = state.questions.flatMap(({ by, answer }) => [by, answer?.by]);
  const chased = state.escalations.flatMap(({ acknowledged, nudged }) => [acknowledged?.by, nudged?.by]);
  const decided = state.approvals.map(({ by }) => by);
  const over = state.status === 'in_review' ? [] : [state.by];
  const all = [state.requester, state.beneficiary, ...state.conflicted, ...asked, ...chased, ...decided, ...over];
  return [...new Set(all.filter((id) => id !== null && id !== undefined))];
}

/** @returns null where there is no such request */
export async function draw(
  { db, policies, teamId }: { db: Db; policies: Policies; teamId: string },
  number: number,
): Promise<(Drawn & { version: number }) | null> {
  const [view, { document }] = await Promise.all([readRequest(db, policies, teamId, number), policies.current()]);
  if (!view) return null;
  const names = await namesOf(db, teamId, peopleIn(view.state));
  return { state: view.state, version: view.version, rules: view.rules, wiring: document.wiring, names };
}
