/** Reminders to those who chase, and nudges to those who are chased. */
import type { Intent } from '../../app/intents.ts';
import { isSettled } from '../../core/ladders.ts';
import { sameEscalation } from '../../core/request.ts';
import type { EscalationKind, Instant, Role } from '../../core/values.ts';
import { presentMembers } from '../../store/absences.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf, zonesOf } from '../../store/people.ts';
import { alertMessage } from '../views/alert.ts';
import { type Chaser, escalationMessage } from '../views/escalation.ts';
import { wording } from '../wording/index.ts';
import type { Deps, Scene } from './deps.ts';
import { withoutCrowd } from './late.ts';
import { toPerson } from './person.ts';
import { alertOf } from './route.ts';
import { callable, naming, sceneOf, withAway } from './scene.ts';
import { forEach } from './several.ts';

type Which = { kind: EscalationKind; deadline: Instant };

/** A direct message to everyone of the role; where there is nobody, to the admins. */
export async function escalate(
  deps: Deps,
  { number, seq, escalation: kind, deadline, step }: Extract<Intent, { kind: 'escalate' }>,
): Promise<void> {
  const scene = await sceneOf(deps, number);
  const which = { kind, deadline };
  if (isSettled(scene.state, which, scene.rules)) return;
  // Told late, a step goes to no other than it would have.
  const role = escalationOf(scene, which).roles[step - 1] ?? 'ops_supervisors';
  const whoIs = (role: Role) => chasers(deps, scene, role);
  const to = await withoutCrowd(deps, { number, seq, step, ...which }, await whoIs(role), whoIs);
  const { able: waitingFor, away } = await callable(deps, scene);
  const named = await withAway(deps, await naming(deps, scene, waitingFor), away);
  const zones = await zonesOf(deps.db, deps.teamId, to);
  await forEach(to, async (person) => {
    const chaser = { person, step, zone: zones[person] ?? scene.wiring.zone };
    const message = drawEscalation(named, which, chaser, waitingFor);
    // Whoever was told by an earlier step and stands on this one, too, is told anew.
    const key = `escalation/${number}/${kind}/${deadline}/${person}${step > 1 ? `/${step}` : ''}`;
    await toPerson(deps, person, {
      key,
      surface: 'escalation',
      request: number,
      message,
      live: true,
      subject: { ...which, step, zone: chaser.zone },
    });
  });
}

async function chasers(deps: Deps, scene: Scene, role: Role): Promise<string[]> {
  const { db, teamId, clock } = deps;
  const of = async (role: Role) =>
    presentMembers(db, teamId, scene.wiring, await membersOf(db, teamId, scene.wiring, role), clock.now());
  const { people, away } = await of(role);
  if (people.length > 0) return people;
  const { nobodyInRole, nobodyThere } = wording().trouble;
  await owe(db, teamId, [alertOf(deps, `group/${role}`, (away.length > 0 ? nobodyThere : nobodyInRole)(role))]);
  return (await of('admins')).people;
}

function escalationOf({ state }: Scene, which: Which) {
  const escalation = state.escalations.find((raised) => sameEscalation(raised, which));
  if (!escalation) throw new Error(`EX-${state.number} has no escalation ${which.kind} ${which.deadline}`);
  return escalation;
}

export const drawEscalation = (scene: Scene, which: Which, chaser: Chaser, waitingFor: string[]) =>
  escalationMessage(scene, escalationOf(scene, which), chaser, waitingFor);

/** Everybody whose turn it is gets the working card anew. */
export async function nudge(deps: Deps, { number, seq }: { number: number; seq: number }): Promise<void> {
  const { able } = await callable(deps, await sceneOf(deps, number));
  const tells = able.map((person): Intent => ({ kind: 'tell', number, seq, person, notice: 'nudge' }));
  await owe(deps.db, deps.teamId, tells);
}

/** Something is broken: each admin, or whoever else sees to it, hears of it once a day. */
export async function alert(
  deps: Deps,
  { problem, text, day, roles = ['admins'] }: Extract<Intent, { kind: 'alert' }>,
): Promise<void> {
  const { wiring } = (await deps.policies.current()).document;
  const members = await Promise.all(roles.map((role) => membersOf(deps.db, deps.teamId, wiring, role)));
  const people = [...new Set(members.flatMap(({ people }) => people))];
  if (people.length === 0) deps.log.error({ problem, text }, 'there is no admin to tell');
  const message = alertMessage(text);
  await forEach(people, (person) =>
    toPerson(deps, person, { key: `alert/${problem}/${day}/${person}`, surface: 'alert', message }),
  );
}
