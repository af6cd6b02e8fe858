/** The decision modal for one person, as the request is now; for the button, the queue, and the job that asked the sources. */
import type { ModalView } from '@slack/types';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.ts';
import { couldAlsoAuthorize, mayDecide, mustWait } from '../../core/standing.ts';
import { latestEnd, usualValidity } from '../../core/validity.ts';
import { namesOf } from '../../store/people.ts';
import type { DecisionMeta } from '../carried.ts';
import { slackError } from '../client.ts';
import { draw } from '../drawn.ts';
import { changesBriefly, netChanges } from '../views/changes.ts';
import { type Answers, NO_ANSWERS } from '../views/deciding.ts';
import { decisionModal } from '../views/decision.ts';
import { type Drawn, unveiled } from '../views/drawn.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { type Actor, explain, find, type Listening, type Seen } from './listening.ts';

export type Act = DecisionMeta['act'];

type Shown = DecisionMeta['seen'];
type Manner = {
  /** Opened from the queue: it leads on to the next. */
  queued?: boolean;
  /** What was filled in so far. */
  answers?: Answers;
  /** What its reader had before their eyes: where the request has changed since, it says so. */
  seen?: Shown;
  /** Since when they have it before them, where this one takes the place of another; epoch milliseconds. */
  opened?: number | undefined;
};

/** Why this person cannot do it now; null where they can. Approvals have to wait for what rejecting does not. */
export function barredFrom({ state, standing, policy }: Seen, by: string, act: Act): Refusal | null {
  const verdict = mayDecide(state, by, standing, policy.rules);
  if (isRefusal(verdict)) return verdict;
  return act === 'approve' && state.status === 'in_review' ? mustWait(state, policy.rules) : null;
}

/** The modal, or one that says why there is none. */
async function decisionModalFor(
  bot: Listening,
  actor: Actor,
  number: number,
  act: Act,
  manner: Manner = {},
): Promise<ModalView> {
  const view = await tryDecisionModal(bot, actor, number, act, manner);
  return isRefusal(view) ? noticeModal(wording().notices.refused.title, await explain(bot, view, number)) : view;
}

/** The same, where the caller has a place of its own for a refusal. */
export async function tryDecisionModal(
  bot: Listening,
  actor: Actor,
  number: number,
  act: Act,
  manner: Manner = {},
): Promise<ModalView | Refusal> {
  const seen = await find(bot, actor, number);
  return isRefusal(seen) ? seen : (barredFrom(seen, actor.id, act) ?? decisionModalOf(bot, seen, act, manner));
}

/** The same, of a request that was just found for somebody who is not barred from it. */
export async function decisionModalOf(
  bot: Listening,
  { state, standing, policy, contentHash }: Seen,
  act: Act,
  { queued = false, answers, seen: before, opened = Date.now() }: Manner,
): Promise<ModalView | Refusal> {
  const drawn = await draw(bot, state.number);
  if (!drawn || state.status !== 'in_review') return refuse({ why: 'not_found' });
  const now = { round: state.round, stage: state.stage, contentHash };
  const at = bot.clock.now();
  const filled = answers ?? { ...NO_ANSWERS, until: usualValidity(drawn.rules, at)?.until ?? null };
  const right = mayDecide(state, standing.person?.id ?? '', standing, policy.rules);
  const absent = isRefusal(right) ? null : right.onBehalfOf;
  const names = absent === null ? {} : await namesOf(bot.db, bot.teamId, [absent]);
  return decisionModal({
    inPlaceOf: absent && (names[absent] ?? absent),
    ...{ drawn, act, answers: filled, queued, seen: now, opened },
    now: at,
    latest: latestEnd(drawn.rules, at.slice(0, 10)),
    couldAlsoAuthorize: couldAlsoAuthorize(state, standing),
    stale: before && !same(before, now) ? changedSince(drawn, before) : null,
  });
}

const same = (a: Shown, b: Shown) => a.round === b.round && a.stage === b.stage && a.contentHash === b.contentHash;

/** What was edited or corrected in later rounds, as one change a field. */
const changedSince = (drawn: Drawn, { round }: Shown): string[] =>
  changesBriefly(unveiled(drawn), netChanges(drawn.state.amendments.filter((edit) => edit.round > round)));

/** Who waits for which modal, to do what: what is owed to them once the sources have been asked. */
export type Waiting = { number: number; view: string; person: string; act: Act; queued?: boolean | undefined };

/** Fills the modal that said it was loading. Whoever closed it meanwhile does not wait for it any more. */
export async function fillDecision(
  bot: Listening,
  { number, view: view_id, person, act, queued = false }: Waiting,
): Promise<void> {
  const view = await decisionModalFor(bot, { id: person, outsider: false }, number, act, { queued });
  await bot.client.views.update({ view_id, view }).catch((error) => {
    if (slackError(error)?.code !== 'not_found') throw error;
  });
}
