import { circleOf, presentAmong } from '../../core/cover.ts';
import { roleOf } from '../../core/policy.ts';
import { approvalOf, askers } from '../../core/request.ts';
import type { Role } from '../../core/values.ts';
import { type AwayNow, absencesAround, awayAmong } from '../../store/absences.ts';
import { membersOf, namesOf, type RoleMembers, usable } from '../../store/people.ts';
import { draw } from '../drawn.ts';
import type { Drawn } from '../views/drawn.ts';
import type { Deps, Scene } from './deps.ts';

type Reading = Pick<Deps, 'db' | 'teamId' | 'clock'>;

/** @throws Error where there is no such request: nothing is owed before it is committed */
export async function sceneOf(deps: Deps, number: number): Promise<Scene> {
  const scene = await draw(deps, number);
  if (!scene) throw new Error(`EX-${number} is owed a message but does not exist`);
  return scene;
}

/** The same, with the names of further people. */
export async function naming<D extends Drawn>({ db, teamId }: Reading, scene: D, people: string[]): Promise<D> {
  return { ...scene, names: { ...(await namesOf(db, teamId, people)), ...scene.names } };
}

/** The role whose turn it is; null while its owner has to complete the request, and once it is over. */
const roleInTurn = ({ state }: Drawn): Role | null =>
  state.status === 'in_review' && !state.returned ? roleOf(state.stage, state.tier) : null;

export type Callable = RoleMembers & {
  /** Those of the role who are there and may decide this request at this stage, and who decides for those who are not. */
  able: string[];
  /** Of the role, who would be asked if they were there. */
  away: AwayNow[];
};

/** Who can be asked to decide now. Without the group's id where a mention of it would call somebody who is away. */
export async function callable({ db, teamId, clock }: Reading, scene: Drawn): Promise<Callable> {
  const role = roleInTurn(scene);
  if (!role) return { people: [], able: [], away: [], groupId: null, found: true };
  const { state } = scene;
  const members = await membersOf(db, teamId, scene.wiring, role);
  const now = clock.now();
  const absences = await absencesAround(db, teamId, state.submittedAt, now);
  const asking = [...askers(state), approvalOf(state, 'validation')?.by].filter((id) => id !== undefined);
  // Who counts as one with them is barred like them; an interest that was declared is a person's own.
  const barred = [...asking.flatMap((person) => circleOf(absences, person)), ...state.conflicted];
  const may = members.people.filter((person) => !barred.includes(person));
  const away = awayAmong(absences, now).filter(({ person }) => may.includes(person));
  if (away.length === 0) return { ...members, able: may, away };
  const there = presentAmong(absences, may, now).filter((person) => !barred.includes(person));
  const others = there.filter((person) => !may.includes(person));
  const usableOthers = await usable(db, teamId, scene.wiring, others);
  const able = there.filter((person) => may.includes(person) || usableOthers.includes(person));
  return { ...members, able, away, groupId: null };
}

/** The same scene with those of the role whose turn it is who are away. */
export async function withAway<D extends Drawn>(deps: Reading, scene: D, away: AwayNow[]): Promise<D> {
  const people = away.flatMap(({ person, standIn }) => (standIn ? [person, standIn] : [person]));
  return { ...(await naming(deps, scene, people)), away };
}
