/** Whether somebody that a form names can act here: the picker offers guests, apps and people of other companies too. */
import type { Person } from '../core/standing.ts';
import { auditorsAmong, namesOf } from '../store/people.ts';
import type { Actor, Listening } from './listeners/listening.ts';
import { wording } from './wording/index.ts';

/** @returns what is wrong with giving them something to do, in a sentence for whoever chose them; null where nothing is */
export async function unfit(bot: Listening, picked: string): Promise<string | null> {
  const wrong = await stranger(bot, picked);
  if (wrong) return wrong;
  const { db, teamId, policies } = bot;
  const auditors = await auditorsAmong(db, teamId, (await policies.current()).document.wiring, [picked]);
  if (auditors.length === 0) return null;
  const names = await namesOf(db, teamId, [picked]);
  return wording().person.auditor(names[picked] ?? picked);
}

/** The same of somebody who is to do nothing: that they are not of the people here. */
export async function stranger(bot: Listening, picked: string): Promise<string | null> {
  const person = (await known(bot, picked)) ?? (await asked(bot, picked));
  const { person: say } = wording();
  if (!person) return say.notHere(`<@${picked}>`);
  if (!person.home || person.deleted) return say.notHere(person.name);
  if (person.bot) return say.bot(person.name);
  return person.guest ? say.guest(person.name) : null;
}

async function known({ log, teamId, clock }: Listening, id: Actor['id']): Promise<Person | null> {
  return (await log.load({ teamId, number: null, actor: id, key: null, at: clock.now() })).standing.person;
}

/** Somebody nobody has heard of is asked for; where Slack does not say, the answer is no. */
async function asked(bot: Listening, id: string): Promise<Person | null> {
  await bot.directory
    .refresh([id], [])
    .catch((err) => bot.logger.info({ err, person: id }, 'Slack did not say who this is'));
  return known(bot, id);
}
