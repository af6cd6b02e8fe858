/** A tier whose channel cannot be posted to: its requests go by direct message, and who must know is told once. */
import type { Intent } from '../../app/intents.ts';
import { postedAmong, stageBegan } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { alertMessage } from '../views/alert.ts';
import { wording } from '../wording/index.ts';
import type { Deps, Scene } from './deps.ts';
import type { Refused } from './errors.ts';
import { dmKey, toPerson } from './person.ts';
import { callable } from './scene.ts';

/** @param why what Slack answered */
export async function routeIsBroken(deps: Deps, scene: Scene, why: Refused): Promise<void> {
  const { state, wiring } = scene;
  if (state.status !== 'in_review') return;
  const ref = wiring.channels[state.tier];
  deps.log.warn({ request: state.number, channel: ref, code: why.failure.code }, 'the channel cannot be posted to');
  await owe(deps.db, deps.teamId, [alertOf(deps, `channel/${state.tier}`, wording().trouble.channelBroken(ref))]);
  await bringToPeople(deps, scene, (await callable(deps, scene)).able);
  const text = wording().trouble.noChannelForYours(state.number);
  const about = { key: `route/${state.number}`, surface: 'alert', request: state.number } as const;
  await toPerson(deps, state.requester, { ...about, message: alertMessage(text) });
}

/** The working card by direct message to each of them, unless they have got it for this stage. */
export async function bringToPeople(deps: Deps, { state }: Scene, people: string[]): Promise<void> {
  const { db, teamId } = deps;
  const seq = await stageBegan(db, teamId, state.number);
  const told = await postedAmong(
    db,
    teamId,
    people.map((person) => dmKey(state.number, person, seq, 'your_turn')),
  );
  const tells = people
    .filter((person) => !told.has(dmKey(state.number, person, seq, 'your_turn')))
    .map((person): Intent => ({ kind: 'tell', number: state.number, seq, person, notice: 'your_turn' }));
  await owe(db, teamId, tells);
}

/** @param problem what is broken: admins hear of each once a day */
export const alertOf = ({ clock }: Deps, problem: string, text: string): Intent => ({
  kind: 'alert',
  problem,
  text,
  day: clock.now().slice(0, 10),
});
