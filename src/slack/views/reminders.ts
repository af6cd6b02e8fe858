/** The line of Home in which its reader says how often they want to be reminded. */
import type { KnownBlock } from '@slack/types';
import { REMINDERS, type Reminders } from '../../core/pings.ts';
import { HOME } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { bold, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, context, plain, says } from './blocks.ts';

export function remindersOnHome(chosen: Reminders, locale?: string): KnownBlock[] {
  const { reminders: say } = wording(locale);
  const options = REMINDERS.map((value) => ({ text: plain(say.choice[value], LIMIT.optionText), value }));
  const initial = options.find(({ value }) => value === chosen);
  return [
    says(line`${bold(say.title)}`),
    actions(`home-reminders-${chosen}`, [
      {
        type: 'static_select',
        action_id: HOME.reminders,
        placeholder: plain(say.title, LIMIT.optionText),
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    ]),
    context(say.hint),
  ];
}
