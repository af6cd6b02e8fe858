/** Reminders to those who chase, and nudges to those who are chased. */
import type { Intent } from '../../app/intents.ts';
import { isSettled } from '../../core/ladders.ts';
import type { Wiring } from '../../core/policy.ts';
import { sameEscalation } from '../../core/request.ts';
import type { EscalationKind, Instant, Role } from '../../core/values.ts';
import { presentMembers } from '../../store/absences.ts';
import { owe } from '../../store/outbox.ts';
import { membersOf, zonesOf } from '../../store/people.ts';
import { readEvent } from '../../store/requests.ts';
import { alertMessage } from '../views/alert.ts';
import { type Chaser, escalationMessage } from '../views/escalation.ts';
import { wording } from '../wording/index.ts';
import type { Deps, Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
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
  // Told late, a step goes to no other than it would have.
  const raised = await readEvent(deps.db, deps.teamId, number, seq);
  if (raised?.type !== 'escalation_raised') throw new Error(`EX-${number} owes an escalation it has not raised`);
  const { wiring } = (await deps.policies.current()).document;
  const whoIs = (role: Role) => chasers(deps, wiring, role);
  const to = await withoutCrowd(deps, raised, await whoIs(raised.role), whoIs);
  if (to.length === 0) return;
  const zones = await zonesOf(deps.db, deps.teamId, to);
  const which = { kind, deadline };
  await drawAlone(deps, number, async (scene, within) => {
    if (isSettled(scene.state, which, scene.rules)) return;
    const { able: waitingFor, away } = await callable(deps, scene);
    const named = await withAway(deps, await naming(deps, scene, waitingFor), away);
    await forEach(to, (person) => {
      const zone = zones[person] ?? wiring.zone;
      const message = drawEscalation(named, which, { person, step, zone }, waitingFor);
      // Whoever was told by an earlier step and stands on this one, too, is told anew.
      const key = `escalation/${number}/${kind}/${deadline}/${person}${step > 1 ? `/${step}` : ''}`;
      const about = { key, surface: 'escalation', request: number, subject: { ...which, step, zone } } as const;
      return toPerson(deps, person, { ...about, message, live: true, within });
    });
  });
}

async function chasers(deps: Deps, wiring: Wiring, role: Role): Promise<string[]> {
  const { db, teamId, clock } = deps;
  const of = async (role: Role) =>
    presentMembers(db, teamId, wiring, await membersOf(db, teamId, wiring, role), clock.now());
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
