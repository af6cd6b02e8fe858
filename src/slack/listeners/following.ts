/** A form drawn anew while somebody fills it in. */
import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { slackError } from '../client.ts';
import type { Listening } from './listening.ts';

/** What a form is to show; null where nothing is to be shown in it any more. */
type Draw = () => Promise<ModalView | null>;

/**
 * Shows what a change in a form implies. Where the view is another by now, most likely what an earlier change implies
 * arrived in between; what this one implies is still owed, and shown over it.
 * @param latest draws it then, where more is known than this change told
 */
export async function redrawForm(bot: Listening, view: ViewOutput, draw: Draw, latest: Draw = draw): Promise<void> {
  try {
    if (!(await update(bot, view.id, draw, view.hash))) await update(bot, view.id, latest);
  } catch (error) {
    // It is closed: nothing is owed any more.
    if (slackError(error)?.code !== 'not_found') throw error;
  }
}

/** @returns false where the view is not the one with this hash any more */
async function update(bot: Listening, view_id: string, draw: Draw, hash?: string): Promise<boolean> {
  const view = await draw();
  try {
    if (view) await bot.client.views.update({ view_id, view, ...(hash === undefined ? {} : { hash }) });
    return true;
  } catch (error) {
    if (slackError(error)?.code === 'hash_conflict') return false;
    throw error;
  }
}
