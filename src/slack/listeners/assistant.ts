/** An executive names who may set their absences, or nobody. */
import { handleAbsence } from '../../app/absences.ts';
import { refuse } from '../../core/refusal.ts';
import { namesOf } from '../../store/people.ts';
import { personIn } from '../deeds/deed.ts';
import { FIELD } from '../ids.ts';
import { unfit } from '../picked.ts';
import { assistantModal } from '../views/away.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { FIELD_OF, rightsOf, sentence } from './awayRights.ts';
import { type Press, show } from './press.ts';
import type { Submission } from './submission.ts';

const { away: say } = wording();

export async function openAssistant(press: Press): Promise<void> {
  const { bot, actor } = press;
  const { state } = await bot.people.load(bot.teamId, actor.id);
  await show(press, assistantModal(state.assistant?.person ?? null));
}

export async function assistantSent({ bot, actor, view, key }: Submission) {
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  const assistant = personIn(view.state.values, FIELD.person);
  const problem = assistant === null ? null : await unfit(bot, assistant);
  if (problem) return { response_action: 'errors' as const, errors: { [FIELD.person]: problem } };
  const who = { person: actor.id, by: actor.id, at: bot.clock.now(), rights: await rightsOf(bot, actor, actor.id) };
  const order =
    assistant === null
      ? ({ ...who, type: 'dismiss_assistant' } as const)
      : ({ ...who, type: 'name_assistant', assistant } as const);
  const done = await handleAbsence(bot.people, bot.teamId, order, key);
  if ('refused' in done) {
    const errors = { [FIELD_OF[done.why]]: await sentence(bot, done, actor) };
    return { response_action: 'errors' as const, errors };
  }
  bot.wake();
  const names = assistant === null ? {} : await namesOf(bot.db, bot.teamId, [assistant]);
  const text = assistant === null ? say.assistant.dismissed : say.assistant.named(names[assistant] ?? assistant);
  return { response_action: 'update' as const, view: noticeModal(say.assistant.title, text) };
}
