/** Who owes a request's next step now, and can be reminded of it. */
import { askers, openHolds } from '../../core/request.ts';
import { type Task, tasksOf } from '../../core/tasks.ts';
import { awayNow, presentMembers } from '../../store/absences.ts';
import { membersOf } from '../../store/people.ts';
import type { Deps, Scene } from './deps.ts';
import { callable } from './scene.ts';

/**
 * Those who may decide it at this stage, who clear up what it waits for, or its owner where something is asked of them. Not
 * who is away: whoever decides for them. Nobody once it is decided.
 */
export async function owing(deps: Deps, scene: Scene): Promise<string[]> {
  if (scene.state.status !== 'in_review') return [];
  const all = await Promise.all(tasksOf(scene.state).map((task) => ableTo(deps, scene, task)));
  return [...new Set(all.flat())];
}

async function ableTo(deps: Deps, scene: Scene, { kind, owner }: Task): Promise<string[]> {
  const { db, teamId, clock } = deps;
  const { state, wiring } = scene;
  if ('person' in owner) {
    // Only the owner can answer or complete it, so nobody does in their place.
    const away = await awayNow(db, teamId, clock.now());
    return away.some(({ person }) => person === owner.person) ? [] : [owner.person];
  }
  if (kind === 'confirm_details' || kind === 'authorize') {
    // While a hold has to be cleared up, nobody is reminded to approve.
    return openHolds(state).length > 0 ? [] : (await callable(deps, scene)).able;
  }
  const { people } = await presentMembers(
    db,
    teamId,
    wiring,
    await membersOf(db, teamId, wiring, owner.role),
    clock.now(),
  );
  return people.filter((person) => ![...askers(state), ...state.conflicted].includes(person));
}
