/** What is done with several rows of Home at once: take, snooze, give to somebody else. Never a decision. */
import type { BlockAction } from '@slack/bolt';
import { isRefusal } from '../../core/refusal.ts';
import { morningAfter } from '../../core/week.ts';
import { namesOf } from '../../store/people.ts';
import { snooze } from '../../store/snoozes.ts';
import { reassignMeta } from '../carried.ts';
import { whyNotTheirs } from '../deeds/reviewAssign.ts';
import { FIELD, HOME, VIEW } from '../ids.ts';
import { unfit } from '../picked.ts';
import { BULK, type Bulk } from '../views/home.ts';
import { reassignModal } from '../views/homeModals.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { changeHome } from './home.ts';
import { type Actor, act, actorOf, explain, type Listening, look } from './listening.ts';
import type { Routes } from './routes.ts';
import { onSubmission } from './submission.ts';

const { bulk, person, notices } = wording();

export function registerHomeBulk(routes: Routes, bot: Listening): void {
  routes.action(HOME.bulk, async ({ ack, body, action }) => {
    await ack();
    const chosen = action.type === 'static_select' ? action.selected_option?.value : undefined;
    const what = BULK.find((known) => known === chosen);
    if (!what) return;
    const { trigger_id } = body;
    try {
      const view = await withTicked(bot, actorOf(body, bot.teamId), what, tickedIn(body), trigger_id);
      await bot.client.views.open({ trigger_id, view });
    } catch (err) {
      bot.logger.error({ err, by: body.user.id, action: HOME.bulk }, 'a press of a button failed');
      await bot.client.views.open({ trigger_id, view: noticeModal(notices.failed.title, notices.failed.text) });
    }
  });
  onSubmission(
    routes,
    bot,
    { callbackId: VIEW.reassign, schema: reassignMeta, field: FIELD.person },
    async ({ actor, view, key }, { ns }) => {
      const to = view.state.values[FIELD.person]?.[FIELD.person]?.selected_user;
      const wrong = to ? await unfit(bot, to) : person.missing;
      if (!to || wrong) return { response_action: 'errors', errors: { [FIELD.person]: wrong ?? person.missing } };
      const name = (await namesOf(bot.db, bot.teamId, [to]))[to] ?? to;
      const said = await each(ns, (number) => assign(bot, actor, number, { to, name, key }));
      return { response_action: 'update', view: noticeModal(bulk.title, said.join('\n')) };
    },
  );
}

/** Numbers of the rows that are ticked. */
const tickedIn = ({ view }: BlockAction): number[] =>
  Object.values(view?.state.values ?? {})
    .flatMap((block) => block[HOME.pick]?.selected_options ?? [])
    .map(({ value }) => Number(value))
    .filter((number) => Number.isInteger(number) && number > 0);

/** @returns the modal that says what came of it, or asks to whom they go */
async function withTicked(bot: Listening, actor: Actor, what: Bulk, numbers: number[], trigger: string) {
  if (numbers.length === 0) return noticeModal(bulk.title, bulk.nothingTicked);
  if (what === 'reassign') return reassignModal(numbers);
  const said =
    what === 'take'
      ? await each(numbers, (number) => take(bot, actor, number, `bulk/${actor.id}/${trigger}/${number}`))
      : await putOff(bot, actor, numbers);
  await changeHome(bot, actor.id, (shown) => shown);
  return noticeModal(bulk.title, said.join('\n'));
}

/** One after the other: each is a sentence of its own, whatever becomes of the others. */
async function each(numbers: number[], run: (number: number) => Promise<string>): Promise<string[]> {
  const said: string[] = [];
  for (const number of numbers) said.push(await run(number));
  return said;
}

async function take(bot: Listening, actor: Actor, number: number, key: string): Promise<string> {
  const result = await act(bot, actor, { type: 'take' }, { number, key });
  if (isRefusal(result)) return bulk.notDone(number, await explain(bot, result, number));
  return bulk.taken(number);
}

async function putOff({ db, teamId, clock, policies }: Listening, { id }: Actor, numbers: number[]) {
  const now = clock.now();
  const { zone } = (await policies.current()).document.wiring;
  await snooze(db, teamId, id, numbers, { now, until: morningAfter(now, zone) });
  return numbers.map((number) => bulk.snoozed(number));
}

type To = { to: string; name: string; key: string };
async function assign(bot: Listening, actor: Actor, number: number, { to, name, key }: To): Promise<string> {
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return bulk.notDone(number, await explain(bot, seen, number));
  const why = await whyNotTheirs(bot, seen, to);
  if (why) return bulk.notDone(number, why);
  const result = await act(bot, actor, { type: 'assign', to }, { number, key: `${key}/${number}` });
  if (isRefusal(result)) return bulk.notDone(number, await explain(bot, result, number));
  return bulk.assigned(number, name);
}
