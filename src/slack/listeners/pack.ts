/** `/exception audit EX-12`: what proves a request to an outsider, as a file for those who audit. */
import { isRefusal } from '../../core/refusal.ts';
import { holds } from '../../core/standing.ts';
import type { Role } from '../../core/values.ts';
import { recordLook } from '../../store/access.ts';
import { owe } from '../../store/outbox.ts';
import { numberIn } from '../found.ts';
import { wording } from '../wording/index.ts';
import { type Actor, explain, type Listening, look } from './listening.ts';

const MAY: readonly Role[] = ['compliance', 'auditors'];
const { pack: say } = wording();

/** @param key of the command: asked once, it comes once @returns what to say privately */
export async function packAsked(bot: Listening, actor: Actor, which: string, key: string): Promise<string> {
  const { db, teamId, policies, clock } = bot;
  const number = numberIn(which);
  if (number === null) return say.which;
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return explain(bot, seen, number);
  if (!MAY.some((role) => holds(seen.standing, role))) {
    const { wiring } = (await policies.current()).document;
    return say.notYours(
      number,
      MAY.map((role) => wording().role(role, { wiring }).group),
    );
  }
  // On the record before it is granted: whoever takes evidence along is seen by whoever is audited.
  const about = { requests: [number], from: null, to: null };
  await recordLook(db, teamId, { ...about, what: 'pack', by: actor.id, at: clock.now() });
  await owe(db, teamId, [{ kind: 'pack', number, person: actor.id, key }]);
  bot.wake();
  return say.onItsWay(number);
}
