/** Details and Open: the request as it is now, with the buttons its reader can use. */
import type { App } from '@slack/bolt';
import { isRefusal } from '../../core/refusal.ts';
import { openQuestion } from '../../core/request.ts';
import { mayDecide } from '../../core/standing.ts';
import { reviewsOf } from '../../store/policyReviews.ts';
import { draw } from '../drawn.ts';
import { ACTION, type Ref, ref } from '../ids.ts';
import { detailsModal } from '../views/details.ts';
import { type Listening, look, type Seen } from './listening.ts';
import { onPress, type Press, show } from './press.ts';

export function registerDetails(app: App, bot: Listening): void {
  const open = async (press: Press, { n }: Ref) => {
    const seen = await look(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const drawn = await draw(bot, n);
    const reviews = await reviewsOf(bot.db, bot.teamId, n);
    if (drawn) await show(press, detailsModal(drawn, abilities(seen, press.actor.id), reviews));
  };
  onPress(app, bot, ACTION.details, ref, open);
  onPress(app, bot, ACTION.open, ref, open);
}

function abilities({ state, standing, policy }: Seen, by: string) {
  const decides = !isRefusal(mayDecide(state, by, standing, policy.rules));
  const asked = by === state.requester || by === state.beneficiary;
  const inReview = state.status === 'in_review';
  return {
    approve: decides,
    reject: decides,
    requestInfo: decides,
    withdraw: by === state.requester && inReview,
    answer: asked && inReview ? (openQuestion(state)?.id ?? null) : null,
  };
}
