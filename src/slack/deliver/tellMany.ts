/** One notice to several: everybody of a role, or the group that owns a kind of case. */
import type { Intent, Notice } from '../../app/intents.ts';
import type { Wiring } from '../../core/policy.ts';
import { askers, type ExceptionRequest } from '../../core/request.ts';
import { presentMembers } from '../../store/absences.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf, type RoleMembers, workersOf } from '../../store/people.ts';
import { taskLine } from '../views/ended.ts';
import { CALLED, ownersLine } from '../views/story.ts';
import { wording } from '../wording/index.ts';
import type { Deps, Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
import { postOnce } from './post.ts';
import { alertOf } from './route.ts';
import { sceneOf } from './scene.ts';
import { sayInThread } from './thread.ts';

type Of<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

/** Whoever asks is not told as one of the role: they hear of it in their own message. */
export async function tellRole(deps: Deps, intent: Of<'tell_role'>): Promise<void> {
  const { number, seq, role, notice } = intent;
  const scene = await sceneOf(deps, number);
  const { state, wiring } = scene;
  const members = await thereOf(deps, wiring, await membersOf(deps.db, deps.teamId, wiring, role));
  const { nobodyInRole, nobodyThere } = wording().trouble;
  if (members.people.length === 0) {
    const text = (members.away.length > 0 ? nobodyThere : nobodyInRole)(role);
    await owe(deps.db, deps.teamId, [alertOf(deps, `group/${role}`, text)]);
  }
  await tellEach(deps, state, intent, members.people, notice);
  if (notice === 'carry_out') await callToCarryOut(deps, scene, seq, members);
}

const thereOf = ({ db, teamId, clock }: Deps, wiring: Wiring, members: RoleMembers) =>
  presentMembers(db, teamId, wiring, members, clock.now());

const tellEach = (
  { db, teamId }: Deps,
  state: ExceptionRequest,
  { number, seq }: { number: number; seq: number },
  people: string[],
  notice: Notice,
): Promise<void> => {
  const asking = askers(state);
  const told = people.filter((person) => !asking.includes(person));
  return owe(
    db,
    teamId,
    told.map((person): Intent => ({ kind: 'tell', number, seq, person, notice })),
  );
};

/** The task stands in the card's thread too, and is drawn again until the record is closed. */
const callToCarryOut = (deps: Deps, scene: Scene, seq: number, { groupId, people }: RoleMembers) => {
  const { number } = scene.state;
  const called = { groupId, people: groupId ? [] : people.slice(0, CALLED) };
  const about = { key: `task/${number}/${seq}`, surface: 'thread', request: number, subject: { called } } as const;
  return sayInThread(deps, scene, seq, (place) =>
    drawAlone(deps, number, (now, within) =>
      postOnce(deps, { ...about, ...place, message: taskLine(now, called), live: true, within }),
    ),
  );
};

/** Graver than minor, each member is told; else the line in the thread does. */
const isGrave = ({ severity }: ExceptionRequest): boolean => severity !== 'minor';

/** The group that owns this kind of case: the first entry of the policy that fits. */
export async function tellOwners(deps: Deps, { number, seq }: Of<'tell_owners'>): Promise<void> {
  const scene = await sceneOf(deps, number);
  const { state, wiring } = scene;
  const owning = wiring.ownership.find(
    ({ category, severity }) =>
      (category ?? state.category) === state.category && (severity ?? state.severity) === state.severity,
  );
  if (!owning) return;
  const owners = await workersOf(deps.db, deps.teamId, wiring, owning.group);
  const { people, groupId } = await thereOf(deps, wiring, owners);
  if (isGrave(state)) await tellEach(deps, state, { number, seq }, people, 'owned');
  if (people.length === 0) return;
  const about = { key: `owners/${number}/${seq}`, surface: 'thread', request: number } as const;
  const message = ownersLine(scene, { groupId, people });
  await sayInThread(deps, scene, seq, (place) => postOnce(deps, { ...about, ...place, message }));
}
