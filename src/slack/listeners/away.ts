/** Being away: the modal that says so, being back early, and the assistant who may say it for an executive. */
import { handleAbsence } from '../../app/absences.ts';
import { roleOf } from '../../core/policy.ts';
import { isRefusal } from '../../core/refusal.ts';
import { isOf } from '../../core/standing.ts';
import type { Instant } from '../../core/values.ts';
import { absencesOf, assistedBy } from '../../store/absences.ts';
import { namesOf } from '../../store/people.ts';
import { type AbsenceRef, absenceRef, awayMeta, bare, ref } from '../carried.ts';
import { ACTION, FIELD, HOME, VIEW } from '../ids.ts';
import { awayModal } from '../views/away.ts';
import { wording } from '../wording/index.ts';
import { assistantSent, openAssistant } from './assistant.ts';
import { rightsOf, sentence, standingNow } from './awayRights.ts';
import { awaySent } from './awaySent.ts';
import { type Actor, explain, type Listening, look, type Seen } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission } from './submission.ts';

const { away: say, notices, role } = wording();

export function registerAway(routes: Routes, bot: Listening): void {
  onPress(routes, bot, HOME.away, bare, async (press) => {
    await show(press, await awayForm(bot, press.actor));
  });
  onPress(routes, bot, ACTION.setCover, ref, async (press, { n }) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    await show(press, await awayForm(bot, press.actor, seen));
  });
  onPress(routes, bot, HOME.back, absenceRef, back);
  onSubmission(routes, bot, { callbackId: VIEW.away, schema: awayMeta, field: FIELD.reason }, awaySent);
  onPress(routes, bot, HOME.assistant, bare, openAssistant);
  onSubmission(routes, bot, { callbackId: VIEW.assistant, schema: bare, field: FIELD.person }, assistantSent);
}

/**
 * The modal in which an absence is set: the actor's own, or, for those who may, somebody else's.
 * @param cover the request for which somebody is sought: then the absent person is to be picked
 */
export async function awayForm(bot: Listening, actor: Actor, cover?: Seen) {
  const { db, teamId, clock } = bot;
  const now = clock.now();
  const [standing, assisted, present] = await Promise.all([
    standingNow(bot, actor.id),
    assistedBy(db, teamId, actor.id),
    cover ? [] : absencesOf(db, teamId, actor.id, now),
  ]);
  const names = await namesOf(
    db,
    teamId,
    present.flatMap(({ delegate }) => delegate ?? []),
  );
  const forOthers = cover !== undefined || assisted.length > 0 || isOf(standing, 'ops_supervisors');
  return awayModal({
    ...{ forOthers, present, names, from: now },
    person: cover ? null : actor.id,
    cover: cover ? { number: cover.state.number, waiting: waitingIn(cover) } : null,
  });
}

function waitingIn({ state, wiring }: Seen): string {
  if (state.status !== 'in_review') return role('operations', { wiring }).oneOf;
  return role(roleOf(state.stage, state.tier), { wiring }).oneOf;
}

/** The command's answer: the absence that lasts, ended. */
export async function backNow(bot: Listening, actor: Actor, key: string): Promise<string> {
  const now = bot.clock.now();
  const absence = (await absencesOf(bot.db, bot.teamId, actor.id, now)).find(({ from }) => from <= now);
  if (!absence) return say.notAway;
  return (await end(bot, actor, { p: actor.id, a: absence.id }, key, now)).text;
}

async function back(press: Press, which: AbsenceRef): Promise<void> {
  const { bot, actor, key } = press;
  await press.say(await end(bot, actor, which, key, bot.clock.now()));
}

type Which = Pick<AbsenceRef, 'p' | 'a'>;
async function end(bot: Listening, actor: Actor, { p: person, a: absence }: Which, key: string, at: Instant) {
  if (actor.outsider) {
    const text = await explain(bot, { refused: true, why: 'not_eligible', because: 'outsider' }, null);
    return { title: notices.refused.title, text };
  }
  const rights = await rightsOf(bot, actor, person);
  const order = { type: 'end', person, absence, by: actor.id, at, rights } as const;
  const done = await handleAbsence(bot.people, bot.teamId, order, key);
  if ('refused' in done) return { title: notices.refused.title, text: await sentence(bot, done, actor) };
  bot.wake();
  bot.acted?.(actor.id);
  const { title, text, other } = say.welcome;
  if (person === actor.id) return { title, text };
  const names = await namesOf(bot.db, bot.teamId, [person]);
  return { title: say.set, text: other(names[person] ?? person) };
}
