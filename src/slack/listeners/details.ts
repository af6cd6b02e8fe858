/** Details and Open: the whole record of a request, with everything its reader can do about it now. */
import type { ModalView } from '@slack/types';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { askers, openQuestion } from '../../core/request.ts';
import { mayView } from '../../core/standing.ts';
import { readHistory } from '../../store/history.ts';
import { reviewsOf } from '../../store/policyReviews.ts';
import { precedentsOf } from '../../store/precedents.ts';
import { pageRef, type Ref, ref } from '../carried.ts';
import { slackError } from '../client.ts';
import { isOffered } from '../deeds/deed.ts';
import { ALL_DEEDS } from '../deeds/index.ts';
import { callable, withAway } from '../deliver/scene.ts';
import { draw } from '../drawn.ts';
import { ACTION } from '../ids.ts';
import { detailsModal } from '../views/details.ts';
import type { Act, Can } from '../views/record/acts.ts';
import { hasPictures } from '../views/record/evidence.ts';
import { barredFrom } from './decisionModal.ts';
import { type Actor, type Listening, look, type Seen } from './listening.ts';
import { granted } from './looking.ts';
import { onPress, type Press, show } from './press.ts';
import { barredFromRenewing } from './renew.ts';
import type { Routes } from './routes.ts';

export function registerDetails(routes: Routes, bot: Listening): void {
  const open = async (press: Press, { n }: Ref) => {
    const page = await detailsFor(bot, press.actor, n);
    if (isRefusal(page)) return press.refuse(page, n);
    const view = await show(press, page.plain);
    if (view && page.pictured) await pictured(bot, view, page.pictured);
  };
  onPress(routes, bot, ACTION.details, ref, open);
  onPress(routes, bot, ACTION.open, ref, open);
  for (const turn of [ACTION.page, ACTION.pageBack])
    onPress(routes, bot, turn, pageRef, async (press, { n, p }) => {
      const page = await detailsFor(bot, press.actor, n, p);
      if (isRefusal(page)) return press.refuse(page, n);
      if (!press.body.view) return;
      const view_id = press.body.view.id;
      await bot.client.views.update({ view_id, view: page.plain });
      if (page.pictured) await pictured(bot, view_id, page.pictured);
    });
}

/** Shown to the end. */
const PRECEDENTS = 5;
/** Looked through for those, since not everybody may see all of them. */
const LOOKED_THROUGH = 50;

/** The same page without and with its pictures, where it has any. */
type Page = { plain: ModalView; pictured: ModalView | null };

/** @param turned the page that was turned to; left out as it is opened, which whoever audits does on the record */
async function detailsFor(bot: Listening, actor: Actor, number: number, turned?: number): Promise<Page | Refusal> {
  const { db, teamId, policies, clock } = bot;
  const seen = await look(bot, actor, number);
  if (isRefusal(seen)) return seen;
  const [drawn, events, earlier, reviews, cannotRenew] = await Promise.all([
    draw(bot, number),
    readHistory(db, teamId, number),
    precedentsOf(db, policies, teamId, seen.state, LOOKED_THROUGH),
    reviewsOf(db, teamId, number),
    barredFromRenewing(bot, actor, seen),
  ]);
  if (!drawn) return refuse({ why: 'not_found' });
  const precedents = earlier.filter(({ state }) => mayView(state, actor.id, seen.standing)).slice(0, PRECEDENTS);
  if (turned === undefined) {
    const requests = [number, ...precedents.map(({ state }) => state.number)];
    const no = await granted(bot, actor, seen.standing, { what: 'request', requests });
    if (no) return no;
  }
  const now = clock.now();
  const { away } = await callable(bot, drawn);
  const model = {
    ...{ drawn: await withAway(bot, drawn, away), now, events, reviews, page: turned ?? 0 },
    can: { ...abilities(seen, actor.id), renew: cannotRenew === null },
    deeds: deedsOf(seen, actor.id, now),
    precedents,
  };
  return {
    plain: detailsModal({ ...model, pictures: false }),
    pictured: hasPictures(drawn) ? detailsModal({ ...model, pictures: true }) : null,
  };
}

/** Slack refuses a view with a picture that it cannot show, so the pictures come after it; without them it stays readable. */
async function pictured(bot: Listening, view_id: string, view: ModalView): Promise<void> {
  try {
    await bot.client.views.update({ view_id, view });
  } catch (error) {
    if (!slackError(error)) throw error;
    bot.logger.info({ err: error }, 'the pictures of a request could not be shown');
  }
}

function abilities(seen: Seen, by: string): Omit<Can, 'renew'> {
  const { state } = seen;
  const inReview = state.status === 'in_review';
  const rejects = barredFrom(seen, by, 'reject') === null;
  const asked = askers(state).includes(by);
  return {
    approve: barredFrom(seen, by, 'approve') === null,
    reject: rejects,
    requestInfo: rejects,
    withdraw: inReview && (by === state.requester || by === state.owner),
    answer: asked && inReview ? (openQuestion(state)?.id ?? null) : null,
    change: inReview && by === state.owner,
    askAgain: state.status === 'rejected' && (by === state.requester || by === state.owner),
  };
}

/** Whatever the core lets this person do now, and each of several it can be done to. */
const deedsOf = (seen: Seen, by: string, now: string): Act[] =>
  ALL_DEEDS.flatMap((deed) => {
    const { name, button, style } = deed;
    const which = deed.each ? deed.each(seen.state) : [undefined];
    return which.filter((i) => isOffered(deed, seen, by, now, i)).map((i): Act => ({ name, button, i, style }));
  });
