/** What supervisors press on a reminder, and the one button by which somebody steps aside. */
import { isRefusal } from '../../core/refusal.ts';
import { plus } from '../../core/values.ts';
import { choice, escalationRef, type Ref, ref } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { wording } from '../wording/index.ts';
import { pressDeed } from './deeds.ts';
import { act, type Listening } from './listening.ts';
import { onPress, type Press } from './press.ts';
import type { Routes } from './routes.ts';

const { notices } = wording();
const HOUR = 3_600_000;

export function registerChasing(routes: Routes, bot: Listening): void {
  for (const action of [ACTION.acknowledge, ACTION.onIt])
    onPress(routes, bot, action, escalationRef, async (press, { n, k, d, u }) => {
      const now = bot.clock.now();
      // A button of this morning says an hour that has passed.
      const until = u && (u > now ? u : plus(now, HOUR));
      const order = { type: 'acknowledge', kind: k, deadline: d, until: until ?? null } as const;
      const result = await act(bot, press.actor, order, { number: n, key: press.key });
      if (isRefusal(result)) await press.refuse(result, n);
    });
  onPress(routes, bot, ACTION.nudge, escalationRef, async (press, { n, k, d }) => {
    const result = await act(bot, press.actor, { type: 'nudge', kind: k, deadline: d }, { number: n, key: press.key });
    await (isRefusal(result) ? press.refuse(result, n) : press.say(notices.nudged(n)));
  });
}

export function registerConflict(routes: Routes, bot: Listening): void {
  const stepAside = async (press: Press, { n }: Ref) => {
    const result = await act(bot, press.actor, { type: 'declare_conflict' }, { number: n, key: press.key });
    await (isRefusal(result) ? press.refuse(result, n) : press.say(notices.conflictNoted(n)));
  };
  onPress(routes, bot, ACTION.conflict, ref, stepAside);
  onPress(routes, bot, ACTION.more, choice, (press, { action, ref }) =>
    action === ACTION.conflict ? stepAside(press, ref) : pressDeed(press, action, ref.n),
  );
}
