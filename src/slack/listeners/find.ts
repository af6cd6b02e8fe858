/** Looking for requests from Home. */
import type { App } from '@slack/bolt';
import { bare, foundMeta } from '../carried.ts';
import { findRequests } from '../found.ts';
import { FIELD, HOME, VIEW } from '../ids.ts';
import { findModal, foundModal } from '../views/homeModals.ts';
import { wording } from '../wording/index.ts';
import type { Actor, Listening } from './listening.ts';
import { onPress, show } from './press.ts';
import { onSubmission, typedText } from './submission.ts';

const { find } = wording();

export function registerFind(app: App, bot: Listening): void {
  onPress(app, bot, HOME.find, bare, async (press) => void (await show(press, findModal())));
  onSubmission(app, bot, { callbackId: VIEW.find, schema: bare, field: FIELD.query }, async (submission) => {
    const typed = typedText(submission, FIELD.query, find.query);
    if ('error' in typed) return typed.error;
    return { response_action: 'update', view: await drawn(bot, submission.actor, typed.text ?? '', 0) };
  });
  for (const turn of [HOME.earlier, HOME.later])
    onPress(app, bot, turn, foundMeta, async ({ actor, body }, { q, page }) => {
      if (!body.view) return;
      await bot.client.views.update({ view_id: body.view.id, view: await drawn(bot, actor, q, page) });
    });
}

async function drawn(bot: Listening, actor: Actor, query: string, page: number) {
  const { rows, full } = await findRequests(bot, actor, query);
  return foundModal({ query, rows, page, full, now: bot.clock.now() });
}
