/** What people do about being reminded: put it off, say how often, and take charge of one of many escalations. */
import { REMINDERS } from '../../core/pings.ts';
import { isRefusal } from '../../core/refusal.ts';
import { morningAfter } from '../../core/week.ts';
import { putOff } from '../../store/pings.ts';
import { chooseReminders } from '../../store/quiet.ts';
import { escalationRef, pingRef } from '../carried.ts';
import { ACTION, HOME } from '../ids.ts';
import { wording } from '../wording/index.ts';
import { zoneOf } from './awayRights.ts';
import { changeHome } from './home.ts';
import { act, type Listening } from './listening.ts';
import { onPress } from './press.ts';
import type { Routes } from './routes.ts';

const { ping: say, late, format } = wording();

export function registerReminders(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.snooze, pingRef, async (press, { ping }) => {
    const { actor } = press;
    // The person's own morning, not the office's.
    const zone = await zoneOf(bot, actor);
    const now = bot.clock.now();
    const until = morningAfter(now, zone);
    const numbers = await putOff(bot.db, bot.teamId, { person: actor.id, ping }, { now, until });
    await press.say({ title: say.snoozedTitle, text: say.snoozed(numbers, format.time(until, zone)) });
    bot.acted?.(actor.id);
  });
  onPress(routes, bot, ACTION.acknowledgeLate, escalationRef, async (press, { n, k, d }) => {
    const order = { type: 'acknowledge', kind: k, deadline: d, until: null } as const;
    const result = await act(bot, press.actor, order, { number: n, key: press.key });
    await (isRefusal(result) ? press.refuse(result, n) : press.say({ title: late.takenTitle, text: late.taken(n) }));
  });
  routes.action(HOME.reminders, async ({ ack, body, action }) => {
    await ack();
    const chosen = action.type === 'static_select' ? action.selected_option?.value : undefined;
    const reminders = REMINDERS.find((known) => known === chosen);
    if (!reminders) return;
    await chooseReminders(bot.db, bot.teamId, body.user.id, reminders, bot.clock.now());
    await changeHome(bot, body.user.id, (shown) => shown);
  });
}
