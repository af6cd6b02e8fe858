/** The card in the channel of its tier: there is one that counts, and whoever needs it makes sure of it first. */
import { channelOf } from '../../store/channels.ts';
import { cardsOf, type Delivery, markGone } from '../../store/deliveries.ts';
import { approvalCard } from '../views/card.ts';
import { cardStub } from '../views/moved.ts';
import { type Deps, isPosted, type Posted, type Scene } from './deps.ts';
import { isRefused } from './errors.ts';
import { permalinkOf } from './permalink.ts';
import { postOnce } from './post.ts';
import { routeIsBroken } from './route.ts';
import { update } from './update.ts';

/**
 * The request's card, posted now if it was not yet, and again where its tier has got another channel.
 * @returns null where there is none and the tier has no channel that can be posted to; everybody concerned has then been told
 */
export async function ensureCard(deps: Deps, scene: Scene): Promise<Posted | null> {
  const { state, wiring } = scene;
  const cards = await cardsOf(deps.db, deps.teamId, state.number);
  const card = cards.findLast(isPosted) ?? null;
  if (card && state.status !== 'in_review') return card;
  const ref = wiring.channels[state.tier];
  const channel = await channelOf(deps.db, deps.teamId, ref);
  // A card that stands goes on where it is: its channel may only have got another name, and Slack says when it is closed.
  if (card && (!channel || card.channel === channel.id)) return card;
  // Slack is asked whatever was last known: the bot may have been invited since, and it may post where it may not list.
  const fresh = await postCard(deps, scene, cards, channel?.id ?? ref);
  if (fresh && card) await leaveStub(deps, scene, card, fresh);
  return fresh ?? card;
}

/** Posts the card anew, where the one there was is gone and nobody else did so meanwhile. Within the request's lease. */
export async function postAfresh(deps: Deps, scene: Scene, lost: Posted): Promise<Posted | null> {
  await markGone(deps.db, deps.teamId, lost.key);
  const cards = await cardsOf(deps.db, deps.teamId, scene.state.number);
  return cards.findLast(isPosted) ?? postCard(deps, scene, cards, lost.channel);
}

async function postCard(deps: Deps, scene: Scene, cards: Delivery[], channel: string): Promise<Posted | null> {
  try {
    const { number } = scene.state;
    const message = approvalCard(scene);
    const key = keyOf(scene, cards);
    const card = await postOnce(deps, { key, surface: 'card', request: number, channel, message, live: true });
    return isPosted(card) ? card : null;
  } catch (error) {
    if (!isRefused(error, 'route')) throw error;
    await routeIsBroken(deps, scene, error);
    return null;
  }
}

/** A card that was begun and not finished is finished under its own key; each further one of a round gets the next. */
function keyOf({ state: { number, round } }: Scene, cards: Delivery[]): string {
  const begun = cards.find(({ status }) => status === 'sending');
  if (begun) return begun.key;
  const first = `card/${number}/${round}`;
  const before = cards.filter(({ key }) => key === first || key.startsWith(`${first}/`)).length;
  return before === 0 ? first : `${first}/${before + 1}`;
}

/** A card that was left behind points to the one that counts. */
async function leaveStub(deps: Deps, scene: Scene, left: Posted, fresh: Posted): Promise<void> {
  try {
    await update(deps, left, cardStub(scene, await permalinkOf(deps, fresh)));
  } catch (error) {
    if (!isRefused(error, 'message', 'route')) throw error;
  }
  await markGone(deps.db, deps.teamId, left.key);
}
