/** Looking for requests from Home. */
import type { ModalView } from '@slack/types';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { bare, foundMeta } from '../carried.ts';
import { findRequests } from '../found.ts';
import { FIELD, HOME, VIEW } from '../ids.ts';
import { findModal, foundModal, foundPage } from '../views/homeModals.ts';
import { numbersOf } from '../views/rows.ts';
import { wording } from '../wording/index.ts';
import type { Actor, Listening } from './listening.ts';
import { granted } from './looking.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission, typedText } from './submission.ts';

const { find } = wording();

export function registerFind(routes: Routes, bot: Listening): void {
  onPress(routes, bot, HOME.find, bare, async (press) => void (await show(press, findModal())));
  onSubmission(routes, bot, { callbackId: VIEW.find, schema: bare, field: FIELD.query }, async (submission) => {
    const typed = typedText(submission, FIELD.query, find.query);
    if ('error' in typed) return typed.error;
    const view = await drawn(bot, submission.actor, typed.text ?? '', 0);
    return isRefusal(view) ? view : { response_action: 'update', view };
  });
  for (const turn of [HOME.earlier, HOME.later])
    onPress(routes, bot, turn, foundMeta, async (press, { q, page }) => {
      if (!press.body.view) return;
      const view = await drawn(bot, press.actor, q, page);
      if (isRefusal(view)) return press.refuse(view, null);
      await bot.client.views.update({ view_id: press.body.view.id, view });
    });
}

async function drawn(bot: Listening, actor: Actor, query: string, page: number): Promise<ModalView | Refusal> {
  const { rows, full, standing } = await findRequests(bot, actor, query);
  const no = await granted(bot, actor, standing, { what: 'list', requests: numbersOf(foundPage(rows, page).shown) });
  return no ?? foundModal({ query, rows, page, full, now: bot.clock.now() });
}
