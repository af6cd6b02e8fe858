/** The one press by which a supervisor gives a request to the next tier, for the reason that the message forecasts. */
import { toWords } from '../../app/content.ts';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { rerouteRef } from '../carried.ts';
import { draw } from '../drawn.ts';
import { ACTION } from '../ids.ts';
import { unveiled } from '../views/drawn.ts';
import { canGoUp, forecastText } from '../views/shortage.ts';
import { act, type Listening, look } from './listening.ts';
import { onPress } from './press.ts';
import type { Routes } from './routes.ts';

export function registerRerouting(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.rerouteNow, rerouteRef, async (press, { n, t }) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const drawn = await draw(bot, n);
    // Somebody may be there again, so that the reason would not be true.
    const reason = drawn && canGoUp(drawn.state) ? toWords(forecastText(unveiled(drawn))) : toWords('');
    const order = { type: 'reroute', to: t, reason } as const;
    const result = reason.text === '' ? refuse({ why: 'changed_since' }) : null;
    const done = result ?? (await act(bot, press.actor, order, { number: n, key: press.key }));
    if (isRefusal(done)) await press.refuse(done, n);
  });
}
