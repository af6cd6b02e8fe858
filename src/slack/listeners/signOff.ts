/** Signing a week's report off: the button below it and on the messages that ask for it, and the modal. */
import { toWords } from '../../app/content.ts';
import { handleWeek } from '../../app/weekReview.ts';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { mayFill, type Standing } from '../../core/standing.ts';
import type { Words } from '../../core/values.ts';
import { decideWeek, type WeekReview } from '../../core/weekReview.ts';
import { type WeekRef, weekRef } from '../carried.ts';
import { drawSignOff } from '../drawnSignOff.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { signOffModal } from '../views/signOff.ts';
import type { Actor, Listening } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission, type Submission, typedText } from './submission.ts';

export function registerSignOff(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.signOff, weekRef, pressed);
  onSubmission(routes, bot, { callbackId: VIEW.signOff, schema: weekRef, field: FIELD.reason }, sent);
}

async function pressed(press: Press, { week }: WeekRef): Promise<void> {
  const { bot, actor } = press;
  if (actor.outsider) return press.refuse(refuse({ why: 'not_eligible', because: 'outsider' }), null);
  const drawn = await drawSignOff(bot, week);
  const no = await refusalFor(bot, actor, drawn?.state ?? null);
  if (no) return press.refuse(no, null);
  if (drawn) await show(press, signOffModal(drawn));
}

/** Asked of the core by trying it. */
async function refusalFor(bot: Listening, actor: Actor, state: WeekReview | null): Promise<Refusal | null> {
  const outcome = decideWeek(state, await orderOf(bot, actor, null));
  return isRefusal(outcome) ? outcome : null;
}

const orderOf = async (bot: Listening, actor: Actor, remarks: Words | null) => ({
  ...{ type: 'sign_off' as const, by: actor.id, at: bot.clock.now(), remarks },
  standing: await standingOf(bot, actor),
});

const ROLES_ASKED = ['compliance', 'auditors'] as const;

/** What Slack said of them; where that says no or is old, it is asked again. */
async function standingOf(bot: Listening, actor: Actor): Promise<Standing> {
  const now = async () =>
    (await bot.log.load({ teamId: bot.teamId, number: null, actor: actor.id, key: null, at: bot.clock.now() }))
      .standing;
  const known = await now();
  if (!isRefusal(mayFill(known, 'compliance'))) return known;
  await bot.directory
    .refresh([actor.id], [...ROLES_ASKED])
    .catch((err) => bot.logger.info({ err, by: actor.id }, 'Slack did not say who is in the group'));
  return now();
}

async function sent(submission: Submission, { week }: WeekRef) {
  const { bot, actor, key } = submission;
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  const typed = typedText(submission, FIELD.reason, null);
  if ('error' in typed) return typed.error;
  const remarks = typed.text === null ? null : toWords(typed.text);
  const result = await handleWeek(bot.weeks, bot.teamId, week, await orderOf(bot, actor, remarks), key);
  if (isRefusal(result)) return result;
  bot.logger.info({ week, by: actor.id, ...result }, 'a week was signed off');
  bot.wake();
  return undefined;
}
