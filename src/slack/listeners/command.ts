/** `/exception`: opens the form, or answers privately. */
import type { App, SlashCommand } from '@slack/bolt';
import type { Rules } from '../../core/policy.ts';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { type ExceptionRequest, openQuestion } from '../../core/request.ts';
import { mayDecide, type Standing } from '../../core/standing.ts';
import { namesOf } from '../../store/people.ts';
import { requestsInReview, requestsOf } from '../../store/requests.ts';
import { slackError } from '../client.ts';
import { draw } from '../drawn.ts';
import { COMMAND } from '../ids.ts';
import { helpMessage } from '../views/help.ts';
import { listMessage, listRow, statusMessage } from '../views/lists.ts';
import type { Message } from '../views/message.ts';
import { wording } from '../wording/index.ts';
import { formOfDeed } from './deeds.ts';
import { type Actor, explain, type Listening, look } from './listening.ts';
import { freshForm } from './requestForm.ts';

const { notices, help, deed } = wording();

export function registerCommand(app: App, bot: Listening): void {
  app.command(COMMAND, async ({ ack, command, respond }) => {
    await ack();
    const actor = { id: command.user_id, outsider: command.team_id !== bot.teamId };
    const reply = async (message: Message | string) => {
      const content = typeof message === 'string' ? { text: message } : message;
      await respond({ response_type: 'ephemeral', ...content });
    };
    try {
      const message = await answer(bot, actor, command);
      if (message) await reply(message);
    } catch (error) {
      bot.logger.error({ err: error, by: actor.id }, `${COMMAND} failed`);
      await reply(slackError(error)?.code.endsWith('trigger_id') ? notices.pressAgain : notices.failed.text);
    }
  });
}

/** @returns what to say; nothing where the form was opened instead */
async function answer(
  bot: Listening,
  actor: Actor,
  { text, trigger_id }: SlashCommand,
): Promise<Message | string | null> {
  if (actor.outsider) return explain(bot, refuse({ why: 'not_eligible', because: 'outsider' }), null);
  // Where nothing was typed, some leave the field out.
  const typed = (text ?? '').trim();
  const [word = '', rest = ''] = typed.split(/\s+/);
  switch (word.toLowerCase()) {
    case 'help':
      return helpMessage();
    case 'list':
      return list(bot, actor);
    case 'status':
      return status(bot, actor, rest);
    case 'complaint':
      return complaint(bot, actor, rest, trigger_id);
    default: {
      const view = await freshForm(bot, 'slash_command', typed === '' ? null : typed);
      await bot.client.views.open({ trigger_id, view });
      return null;
    }
  }
}

/** `EX-12`, `ex 12`, `12`. */
const numberIn = (text: string): number | null => {
  const digits = /^(?:ex-?)?0*(\d{1,9})$/i.exec(text)?.[1];
  return digits ? Number(digits) : null;
};

async function status(bot: Listening, actor: Actor, which: string): Promise<Message | string> {
  const number = numberIn(which);
  if (number === null) return help.statusWhich;
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return explain(bot, seen, number);
  const drawn = await draw(bot, number);
  return drawn ? statusMessage(drawn) : explain(bot, refuse({ why: 'not_found' }), number);
}

/** Opens the form in which anybody who may see the request tells what its customer said. */
async function complaint(bot: Listening, actor: Actor, which: string, trigger_id: string): Promise<string | null> {
  const number = numberIn(which);
  if (number === null) return deed.complain.which;
  const opened = await formOfDeed(bot, actor, 'complain', number);
  if (isRefusal(opened)) return explain(bot, opened, number);
  await bot.client.views.open({ trigger_id, view: opened });
  return null;
}

/** How many requests are looked through for a list. */
const LOOKED_THROUGH = 200;

async function list(bot: Listening, actor: Actor): Promise<Message> {
  const { db, policies, teamId } = bot;
  const { standing } = await bot.log.load({ teamId, number: null, actor: actor.id, key: null });
  const open = await requestsInReview(db, policies, teamId, LOOKED_THROUGH);
  const waiting = open.filter(({ state, rules }) => waitsFor(state, actor, standing, rules));
  const yours = await requestsOf(db, policies, teamId, actor.id, LOOKED_THROUGH);
  const names = await namesOf(
    db,
    teamId,
    [...waiting, ...yours].flatMap(({ state }) => ('by' in state ? [state.by] : [])),
  );
  return listMessage({ waiting: waiting.map(listRow), yours: yours.map(listRow), names });
}

/** Whether it is this person's turn: to decide, or to answer a question. */
function waitsFor(state: ExceptionRequest, { id }: Actor, standing: Standing, rules: Rules): boolean {
  const answers = state.status === 'in_review' && id === state.requester && openQuestion(state) !== undefined;
  return answers || !isRefusal(mayDecide(state, id, standing, rules));
}
