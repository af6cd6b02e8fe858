/** `/exception`: opens the form, or answers privately. */
import type { App, SlashCommand } from '@slack/bolt';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { EVERY } from '../../core/request.ts';
import { isOf } from '../../core/standing.ts';
import { slackError } from '../client.ts';
import { deskOf } from '../desk.ts';
import { draw } from '../drawn.ts';
import { findRequests, numberIn } from '../found.ts';
import { COMMAND } from '../ids.ts';
import { helpMessage } from '../views/help.ts';
import { QUERY_LENGTH } from '../views/homeModals.ts';
import { foundMessage, LISTS, listMessage, statusMessage } from '../views/lists.ts';
import type { Message } from '../views/message.ts';
import { numbersOf } from '../views/rows.ts';
import { wording } from '../wording/index.ts';
import { awayForm, backNow } from './away.ts';
import { formOfDeed } from './deeds.ts';
import { everyFor } from './every.ts';
import { type Actor, explain, type Listening, look } from './listening.ts';
import { granted } from './looking.ts';
import { openRequestForm } from './newRequest.ts';
import { packAsked } from './pack.ts';
import { reportAsked } from './report.ts';

const { notices, help, deed, find } = wording();

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
      return list(bot, actor, rest);
    case 'status':
      return status(bot, actor, rest);
    case 'find':
      return found(bot, actor, typed.slice(word.length).trim());
    case 'away': {
      await bot.client.views.open({ trigger_id, view: await awayForm(bot, actor) });
      return null;
    }
    case 'back':
      return backNow(bot, actor, `command/${actor.id}/${trigger_id}`);
    case 'report':
      return reportAsked(bot, actor, typed.slice(word.length).trim(), `command/${actor.id}/${trigger_id}`);
    case 'audit':
      return packAsked(bot, actor, rest, `command/${actor.id}/${trigger_id}`);
    case 'complaint':
      return complaint(bot, actor, rest, trigger_id);
    default: {
      const brought = typed === '' ? undefined : { typed: { rationale: typed } };
      await openRequestForm(bot, actor, trigger_id, 'slash_command', brought);
      return null;
    }
  }
}

async function status(bot: Listening, actor: Actor, which: string): Promise<Message | string> {
  const number = numberIn(which);
  if (number === null) return help.statusWhich;
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return explain(bot, seen, number);
  const no = await granted(bot, actor, seen.standing, { what: 'request', requests: [number] });
  if (no) return explain(bot, no, number);
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

async function list(bot: Listening, actor: Actor, word: string): Promise<Message | string> {
  const wanted = word.toLowerCase();
  const desk = await deskOf(bot, actor);
  const named = LISTS.find((name) => name === wanted);
  if (!named && isOf(desk.standing, 'auditors')) {
    const every = await everyFor(bot, actor, desk.standing, EVERY.find((which) => which === wanted) ?? 'all');
    return isRefusal(every) ? explain(bot, every, null) : every;
  }
  return listMessage({ which: named ?? 'all', ...desk, now: bot.clock.now() });
}

async function found(bot: Listening, actor: Actor, typed: string): Promise<Message | string> {
  const query = [...typed].slice(0, QUERY_LENGTH).join('').replaceAll('\0', '').toWellFormed();
  if (query === '') return find.which;
  const { rows, standing } = await findRequests(bot, actor, query);
  const { message, shown } = foundMessage(query, rows, bot.clock.now());
  const no = await granted(bot, actor, standing, { what: 'list', requests: numbersOf(shown) });
  return no ? explain(bot, no, null) : message;
}
