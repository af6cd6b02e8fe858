/** Renew: the request form with everything of an exception that ends, to be decided anew. */
import { isRefusal, refuse } from '../../core/refusal.ts';
import { mayRenew } from '../../core/renewing.ts';
import { renewalOf } from '../../store/renewals.ts';
import { readRequest } from '../../store/requests.ts';
import { ref } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { asAskedAgain } from './amend.ts';
import { type Actor, type Listening, look, type Seen } from './listening.ts';
import { newForm } from './newRequest.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';

export function registerRenew(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.renew, ref, async (press, { n }) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const no = await barredFromRenewing(bot, press.actor, seen);
    if (no) return press.refuse(no, n);
    const request = await readRequest(bot.db, bot.policies, bot.teamId, n);
    if (!request) return press.refuse(refuse({ why: 'not_found' }), n);
    const typed = asAskedAgain(request.state, press.actor.id, bot.clock.now().slice(0, 10));
    const { view } = await newForm(bot, press.actor, 'shortcut', { typed, renews: n });
    await show(press, view);
  });
}

/** Why this person cannot renew it now; null where they can. */
export async function barredFromRenewing(bot: Listening, actor: Actor, { state, standing }: Seen) {
  const [{ document }, renewedBy] = await Promise.all([
    bot.policies.current(),
    state.status === 'approved' ? renewalOf(bot.db, bot.teamId, state.number) : null,
  ]);
  return mayRenew(state, actor.id, standing, document.rules, renewedBy);
}
