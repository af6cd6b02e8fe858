import { roleOf } from '../../core/policy.ts';
import { approvalOf } from '../../core/request.ts';
import type { Role } from '../../core/values.ts';
import { membersOf, namesOf, type RoleMembers } from '../../store/people.ts';
import { draw } from '../drawn.ts';
import type { Deps, Scene } from './deps.ts';

/** @throws Error where there is no such request: nothing is owed before it is committed */
export async function sceneOf(deps: Deps, number: number): Promise<Scene> {
  const scene = await draw(deps, number);
  if (!scene) throw new Error(`EX-${number} is owed a message but does not exist`);
  return scene;
}

/** The same, with the names of further people. */
export async function naming({ db, teamId }: Deps, scene: Scene, people: string[]): Promise<Scene> {
  return { ...scene, names: { ...(await namesOf(db, teamId, people)), ...scene.names } };
}

/** The role whose turn it is; null while its owner has to complete the request, and once it is over. */
const roleInTurn = ({ state }: Scene): Role | null =>
  state.status === 'in_review' && !state.returned ? roleOf(state.stage, state.tier) : null;

export type Callable = RoleMembers & {
  /** Those of the role who may decide this request at this stage. */
  able: string[];
};

/** Who can be asked to decide now. */
export async function callable({ db, teamId }: Deps, scene: Scene): Promise<Callable> {
  const role = roleInTurn(scene);
  if (!role) return { people: [], able: [], groupId: null, found: true };
  const { state } = scene;
  const members = await membersOf(db, teamId, scene.wiring, role);
  const confirmed = approvalOf(state, 'validation')?.by;
  const barred = [state.requester, state.beneficiary, state.owner, confirmed, ...state.conflicted];
  return { ...members, able: members.people.filter((person) => !barred.includes(person)) };
}
