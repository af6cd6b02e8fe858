/** Closing a review of the policy: those who look after it say what came of it. */
import type { ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import { handleReview } from '../../app/policyReview.ts';
import { decideReview, type PolicyReview, REVIEW_OUTCOMES, type ReviewRefusal } from '../../core/policyReview.ts';
import { isRefusal } from '../../core/refusal.ts';
import { namesOf, policyOwners } from '../../store/people.ts';
import { type ReviewRef, reviewRef } from '../carried.ts';
import { asAnswer, choiceIn, isWrong, REASON, SOME_WORDS, wordsIn } from '../deeds/deed.ts';
import { drawReview } from '../drawnReview.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { noticeModal } from '../views/notice.ts';
import { closeReviewModal, type DrawnReview } from '../views/policyReview.ts';
import { wording } from '../wording/index.ts';
import { type Actor, type Listening, look } from './listening.ts';
import { onPress, type Press, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission, type Submission } from './submission.ts';

const { policyReview: say, formErrors, notices, format } = wording();
const outcomeChosen = z.enum(REVIEW_OUTCOMES);

export function registerPolicyReview(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.closeReview, reviewRef, pressed);
  onSubmission(routes, bot, { callbackId: VIEW.closeReview, schema: reviewRef, field: REASON }, sent);
}

async function pressed(press: Press, { review }: ReviewRef): Promise<void> {
  const { bot, actor } = press;
  const drawn = await drawReview(bot, review);
  const no = await refusalFor(bot, actor, drawn?.state ?? null);
  if (no) return press.say({ title: notices.refused.title, text: await sentence(bot, no) });
  if (drawn) await show(press, closeReviewModal(drawn, await seesAll(bot, actor, drawn)));
}

/** Asked of the core by trying it. */
async function refusalFor(bot: Listening, actor: Actor, state: PolicyReview | null): Promise<ReviewRefusal | null> {
  const trial = { type: 'close', outcome: 'kept', words: SOME_WORDS, entitled: await isOwner(bot, actor) } as const;
  const outcome = decideReview(state, { ...trial, by: actor.id, at: bot.clock.now() });
  return 'refused' in outcome ? outcome : null;
}

async function isOwner({ db, teamId, policies }: Listening, actor: Actor): Promise<boolean> {
  const { people } = await policyOwners(db, teamId, (await policies.current()).document.wiring);
  return !actor.outsider && people.includes(actor.id);
}

/** Whether the confidential ones among the requests are open to the reader as well. */
async function seesAll(bot: Listening, actor: Actor, { requests }: DrawnReview): Promise<boolean> {
  const confidential = requests.filter((request) => request.confidential);
  const seen = await Promise.all(confidential.map(({ number }) => look(bot, actor, number)));
  return !seen.some(isRefusal);
}

async function sent(
  { bot, actor, view, key }: Submission,
  { review }: ReviewRef,
): Promise<ViewResponseAction | undefined> {
  const { values } = view.state;
  const outcome = outcomeChosen.safeParse(choiceIn(values, FIELD.outcome));
  if (!outcome.success) return asAnswer({ errors: { [FIELD.outcome]: formErrors.choose(say.modal.outcome) } });
  const words = wordsIn(values, REASON, say.modal.words);
  if (isWrong(words)) return asAnswer(words);
  const result = await handleReview(
    bot.reviews,
    bot.teamId,
    review,
    {
      ...{ type: 'close', outcome: outcome.data, words, entitled: await isOwner(bot, actor) },
      ...{ by: actor.id, at: bot.clock.now() },
    },
    key,
  );
  if (result === 'done' || result === 'first') {
    bot.wake();
    return undefined;
  }
  return { response_action: 'update', view: noticeModal(notices.refused.title, await sentence(bot, result)) };
}

async function sentence({ db, teamId, policies }: Listening, refusal: ReviewRefusal): Promise<string> {
  const { wiring } = (await policies.current()).document;
  switch (refusal.why) {
    case 'no_such_review':
    case 'words_missing':
      return say.refusal[refusal.why];
    case 'not_policy_owner': {
      const owners = [wiring.policy_owners ?? wiring.groups.compliance].flat();
      const names = await namesOf(db, teamId, owners);
      return say.refusal.not_policy_owner(format.all(owners.map((id) => names[id] ?? id)));
    }
    case 'review_closed': {
      const { by, at, outcome } = refusal;
      const names = await namesOf(db, teamId, [by]);
      return say.refusal.review_closed(names[by] ?? 'Somebody else', format.time(at, wiring.zone), outcome);
    }
    default:
      return refusal satisfies never;
  }
}
