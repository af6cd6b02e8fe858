/** Who is told that a request has nobody to decide it. Each once as long as that lasts; the message is drawn on until it is over. */
import { z } from 'zod';
import { askers } from '../../core/request.ts';
import { instant, type Role } from '../../core/values.ts';
import { presentMembers } from '../../store/absences.ts';
import { membersOf } from '../../store/people.ts';
import { shortagesTold } from '../../store/staffing.ts';
import { canGoUp, shortagesOf } from '../views/shortage.ts';
import { staffingMessage, TOLD_AS, type ToldAs } from '../views/staffing.ts';
import type { Deps, Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
import { alone } from './lease.ts';
import { toPerson } from './person.ts';
import { forEach } from './several.ts';

const staffingSubject = z.object({ as: z.enum(TOLD_AS), since: instant });

/** Whoever is more than one of these is told as the first of them. */
export const staffing = (deps: Deps, { number }: { number: number }): Promise<void> =>
  drawAlone(deps, number, (scene, within) => tellShortage(deps, scene, within));

async function tellShortage(deps: Deps, scene: Scene, within: () => number): Promise<void> {
  const { state } = scene;
  const { number } = state;
  const { since } = state.staffing ?? {};
  if (since === undefined || shortagesOf(state).length === 0) return;
  const tell = (as: ToldAs, people: string[]) =>
    forEach(people, (person) => {
      const key = `staffing/${number}/${since}/${as}/${person}`;
      const about = { key, surface: 'staffing', request: number, subject: { as, since } } as const;
      return toPerson(deps, person, { ...about, message: staffingMessage(scene, as, since), live: true, within });
    });
  const involved = [...askers(state), ...state.conflicted];
  const supervisors = canGoUp(state) ? await thereOf(deps, scene, 'ops_supervisors') : [];
  const pressing = supervisors.filter((person) => !involved.includes(person));
  await tell('owner', [state.owner]);
  await tell('supervisor', pressing);
  const admins = (await adminsOf(deps, scene)).filter((person) => person !== state.owner && !pressing.includes(person));
  // One request after the other: whoever was told of the first hears no more of the same.
  await alone(deps, 'staffing', async () => tell('admin', await notYetTold(deps, scene, admins)));
}

export const drawStaffing = (scene: Scene, subject: unknown) => {
  const { as, since } = staffingSubject.parse(subject);
  return staffingMessage(scene, as, since);
};

/** Those of a role who are there, and who stands in for the others. */
async function thereOf({ db, teamId, clock }: Deps, { wiring }: Scene, role: Role): Promise<string[]> {
  return (await presentMembers(db, teamId, wiring, await membersOf(db, teamId, wiring, role), clock.now())).people;
}

/** Where all of them are away, all the same: somebody must know. */
async function adminsOf(deps: Deps, scene: Scene): Promise<string[]> {
  const there = await thereOf(deps, scene, 'admins');
  return there.length > 0 ? there : (await membersOf(deps.db, deps.teamId, scene.wiring, 'admins')).people;
}

/** The same group lacks the same people for all its requests: admins hear of it with the first of them. */
async function notYetTold({ db, teamId }: Deps, { state }: Scene, admins: string[]): Promise<string[]> {
  const missing = shortagesOf(state).map(({ role }) => role);
  const known = (await shortagesTold(db, teamId, admins)).filter(
    ({ subject, state: other }) =>
      other.number !== state.number && staffingSubject.parse(subject).since === other.staffing?.since,
  );
  return admins.filter((admin) => {
    const roles = known.filter(({ person }) => person === admin).flatMap(({ state }) => shortagesOf(state));
    return !missing.every((role) => roles.some((short) => short.role === role));
  });
}
