/** A correction while it is filled in: what it changes, and who decides then. */
import type { BlockAction } from '@slack/bolt';
import { isRefusal } from '../../core/refusal.ts';
import { decode, deedRef } from '../carried.ts';
import { deedModalOf } from '../deeds/deed.ts';
import { correct, correctionIn, previewOf } from '../deeds/reviewCorrect.ts';
import { draw } from '../drawn.ts';
import { correctionBlocks } from '../views/correction.ts';
import { unveiled } from '../views/drawn.ts';
import { redrawForm } from './following.ts';
import { actorOf, type Listening, look } from './listening.ts';
import type { Routes } from './routes.ts';

export function registerCorrection(routes: Routes, bot: Listening): void {
  routes.change(correct.name, async ({ ack, body }) => {
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
  const { form } = correct;
  if (isRefusal(seen) || !drawn || !form) return;
  const typed = correctionIn(view.state.values);
  const blocks = correctionBlocks(unveiled(drawn), typed, previewOf(seen, typed, actor.id, bot.clock.now()));
  await redrawForm(bot, view, async () => deedModalOf(correct, form, unveiled(drawn), 0, blocks));
}
