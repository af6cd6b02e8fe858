/** What auditors have instead of a queue: every request, by how it stands. */
import type { ModalView } from '@slack/types';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import type { Every } from '../../core/request.ts';
import { isOf, type Standing } from '../../core/standing.ts';
import { namesOf } from '../../store/people.ts';
import { countRequests, latestRequests } from '../../store/requests.ts';
import { type EveryMeta, everyMeta } from '../carried.ts';
import { HOME } from '../ids.ts';
import { EVERY_ROWS, everyMessage, everyModal } from '../views/every.ts';
import type { Message } from '../views/message.ts';
import { numbersOf, type Row } from '../views/rows.ts';
import type { Actor, Listening } from './listening.ts';
import { granted } from './looking.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';

export function registerEvery(routes: Routes, bot: Listening): void {
  onPress(routes, bot, HOME.every, everyMeta, async (press, meta) => {
    const view = await pageFor(bot, press.actor, meta);
    if (isRefusal(view)) return press.refuse(view, null);
    await show(press, view);
  });
  for (const turn of [HOME.everyEarlier, HOME.everyLater])
    onPress(routes, bot, turn, everyMeta, async (press, meta) => {
      if (!press.body.view) return;
      const view = await pageFor(bot, press.actor, meta);
      if (isRefusal(view)) return press.refuse(view, null);
      await bot.client.views.update({ view_id: press.body.view.id, view });
    });
}

async function pageFor(
  bot: Listening,
  actor: Actor,
  { s: which, page: wanted }: EveryMeta,
): Promise<ModalView | Refusal> {
  if (actor.outsider) return refuse({ why: 'not_eligible', because: 'outsider' });
  const { standing } = await bot.log.load({ ...whoIs(bot, actor), at: bot.clock.now() });
  if (!isOf(standing, 'auditors')) return refuse({ why: 'not_auditor' });
  const count = await countRequests(bot.db, bot.teamId, which);
  const page = Math.min(wanted, Math.max(0, Math.ceil(count / EVERY_ROWS) - 1));
  const rows = await rowsOf(bot, which, page);
  const no = await granted(bot, actor, standing, { what: 'list', requests: numbersOf(rows) });
  return no ?? everyModal({ which, rows, count, page, now: bot.clock.now() });
}

const whoIs = ({ teamId }: Listening, { id }: Actor) => ({ teamId, number: null, actor: id, key: null });

/** `/exception list` of an auditor: the newest of those that stand so. */
export async function everyFor(
  bot: Listening,
  actor: Actor,
  standing: Standing,
  which: Every,
): Promise<Message | Refusal> {
  const [count, rows] = await Promise.all([countRequests(bot.db, bot.teamId, which), rowsOf(bot, which, 0)]);
  const { message, shown } = everyMessage({ which, rows, count, now: bot.clock.now() });
  return (await granted(bot, actor, standing, { what: 'list', requests: numbersOf(shown) })) ?? message;
}

async function rowsOf({ db, teamId, policies }: Listening, which: Every, page: number): Promise<Row[]> {
  const at = { offset: page * EVERY_ROWS, limit: EVERY_ROWS };
  const [found, { document }] = await Promise.all([
    latestRequests(db, policies, teamId, which, at),
    policies.current(),
  ]);
  const over = found.flatMap(({ state }) => (state.status === 'in_review' ? [] : [state.by]));
  const names = await namesOf(db, teamId, [...new Set(over)]);
  return found.map(({ state, rules }) => ({
    drawn: { state, rules, wiring: document.wiring, names },
    task: null,
  }));
}
