/** A correction while it is filled in: what it changes, and who decides then. */
import type { App, BlockAction } from '@slack/bolt';
import { isRefusal } from '../../core/refusal.ts';
import { slackError } from '../client.ts';
import { deedModalOf } from '../deeds/deed.ts';
import { correct, correctionIn, previewOf } from '../deeds/reviewCorrect.ts';
import { draw } from '../drawn.ts';
import { decode, deedRef } from '../ids.ts';
import { CORRECTION_FIELDS, correctionBlocks } from '../views/correction.ts';
import { unveiled } from '../views/drawn.ts';
import { actorOf, type Listening, look } from './listening.ts';

export function registerCorrection(app: App, bot: Listening): void {
  for (const action_id of CORRECTION_FIELDS)
    app.action<BlockAction>({ action_id, type: 'block_actions' }, async ({ ack, body }) => {
      await ack();
      await follow(bot, body);
    });
}

async function follow(bot: Listening, body: BlockAction): Promise<void> {
  const { view } = body;
  const meta = decode(deedRef, view?.private_metadata);
  if (!view || !meta) return;
  const actor = actorOf(body, bot.teamId);
  const seen = await look(bot, actor, meta.n);
  const drawn = await draw(bot, meta.n);
  if (isRefusal(seen) || !drawn || !correct.form) return;
  const typed = correctionIn(view.state.values);
  const blocks = correctionBlocks(unveiled(drawn), typed, previewOf(seen, typed, actor.id, bot.clock.now()));
  try {
    const next = deedModalOf(correct, correct.form, unveiled(drawn), 0, blocks);
    await bot.client.views.update({ view_id: view.id, hash: view.hash, view: next });
  } catch (error) {
    // A later keystroke has redrawn it, or it is closed: nothing is owed any more.
    const code = slackError(error)?.code;
    if (code !== 'hash_conflict' && code !== 'not_found') throw error;
  }
}
