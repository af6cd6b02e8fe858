/** Taking a request back, until it is decided. */
import { toWords } from '../../app/content.ts';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { over } from '../../core/standing.ts';
import { ref } from '../carried.ts';
import { draw } from '../drawn.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { withdrawModal } from '../views/withdraw.ts';
import { act, find, type Listening } from './listening.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission, typedText } from './submission.ts';

export function registerWithdrawal(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.withdraw, ref, async (press, { n }) => {
    const seen = await find(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const { requester, owner } = seen.state;
    if (![requester, owner].includes(press.actor.id)) return press.refuse(refuse({ why: 'not_requester' }), n);
    if (seen.state.status !== 'in_review') return press.refuse(over(seen.state), n);
    const drawn = await draw(bot, n);
    if (drawn) await show(press, withdrawModal(drawn));
  });
  onSubmission(
    routes,
    bot,
    { callbackId: VIEW.withdraw, schema: ref, field: FIELD.reason },
    async (submission, { n }) => {
      const typed = typedText(submission, FIELD.reason, null);
      if ('error' in typed) return typed.error;
      const command = { type: 'withdraw' as const, reason: typed.text === null ? null : toWords(typed.text) };
      const result = await act(bot, submission.actor, command, { number: n, key: submission.key });
      return isRefusal(result) ? result : undefined;
    },
  );
}
