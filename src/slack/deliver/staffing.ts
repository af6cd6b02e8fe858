/** Who is told that a request has nobody to decide it. Each once as long as that lasts; the message is drawn on until it is over. */
import { z } from 'zod';
import { askers } from '../../core/request.ts';
import { instant, type Role } from '../../core/values.ts';
import { membersOf } from '../../store/people.ts';
import { shortagesTold } from '../../store/staffing.ts';
import { canGoUp, shortagesOf } from '../views/shortage.ts';
import { staffingMessage, TOLD_AS, type ToldAs } from '../views/staffing.ts';
import type { Deps, Scene } from './deps.ts';
import { toPerson } from './person.ts';
import { sceneOf } from './scene.ts';
import { forEach } from './several.ts';

const staffingSubject = z.object({ as: z.enum(TOLD_AS), since: instant });

export async function staffing(deps: Deps, { number }: { number: number }): Promise<void> {
  const scene = await sceneOf(deps, number);
  const { since } = scene.state.staffing ?? {};
  if (since === undefined || shortagesOf(scene.state).length === 0) return;
  await forEach(await toBeTold(deps, scene), ({ person, as }) => {
    const key = `staffing/${number}/${since}/${as}/${person}`;
    const message = staffingMessage(scene, as, since);
    return toPerson(deps, person, {
      key,
      surface: 'staffing',
      request: number,
      message,
      live: true,
      subject: { as, since },
    });
  });
}

export const drawStaffing = (scene: Scene, subject: unknown) => {
  const { as, since } = staffingSubject.parse(subject);
  return staffingMessage(scene, as, since);
};

/** Whoever is more than one of these is told as the first of them. */
async function toBeTold(deps: Deps, scene: Scene): Promise<{ person: string; as: ToldAs }[]> {
  const { state, wiring } = scene;
  const involved = [...askers(state), ...state.conflicted];
  const of = async (role: Role) => (await membersOf(deps.db, deps.teamId, wiring, role)).people;
  const supervisors = canGoUp(state)
    ? (await of('ops_supervisors')).filter((person) => !involved.includes(person))
    : [];
  const admins = await notYetTold(deps, scene, await of('admins'));
  const all: { person: string; as: ToldAs }[] = [
    { person: state.owner, as: 'owner' },
    ...supervisors.map((person) => ({ person, as: 'supervisor' as const })),
    ...admins.map((person) => ({ person, as: 'admin' as const })),
  ];
  return all.filter(({ person }, at) => all.findIndex((other) => other.person === person) === at);
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
