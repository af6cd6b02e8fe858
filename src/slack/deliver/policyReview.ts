/** The card of a policy review: a direct message to each who looks after the policy, drawn from the review as it is. */
import { cardsOf, deliveriesUnder, markDrawn, markGone } from '../../store/deliveries.ts';
import { owe } from '../../store/outbox.ts';
import { policyOwners } from '../../store/people.ts';
import { drawReview } from '../drawnReview.ts';
import type { Message } from '../views/message.ts';
import { type DrawnReview, reviewMessage } from '../views/policyReview.ts';
import { wording } from '../wording/index.ts';
import { type Deps, isPosted, type Posted } from './deps.ts';
import { isRefused } from './errors.ts';
import { alone } from './lease.ts';
import { permalinkOf } from './permalink.ts';
import { toPerson } from './person.ts';
import { drawingOf } from './post.ts';
import { alertOf } from './route.ts';
import { forEach } from './several.ts';
import { update } from './update.ts';

/** @throws Error where there is no such review: nothing is owed before it is committed */
export async function policyReview(deps: Deps, { review }: { review: number }): Promise<void> {
  await alone(deps, `policy_review/${review}`, () => draw(deps, review));
}

async function draw(deps: Deps, review: number): Promise<void> {
  const { db, teamId, policies } = deps;
  const drawn = await drawReview(deps, review);
  if (!drawn) throw new Error(`policy review ${review} is owed a message but does not exist`);
  const message = reviewMessage(await linked(deps, drawn));
  const under = `policy_review/${review}/`;
  const posted = (await deliveriesUnder(db, teamId, under)).filter(isPosted);
  await forEach(posted, (at) => drawAgain(deps, at, message));
  // Whoever looks after the policy by now has something to do only while it is open.
  if (drawn.state.closed) return;
  const { people } = await policyOwners(db, teamId, (await policies.current()).document.wiring);
  if (people.length === 0)
    await owe(db, teamId, [alertOf(deps, `policy_review/${review}`, wording().policyReview.nobody(review))]);
  await forEach(people, (person) =>
    toPerson(deps, person, { key: `${under}${person}`, surface: 'policy_review', message }),
  );
}

async function drawAgain(deps: Deps, posted: Posted, message: Message): Promise<void> {
  const drawing = drawingOf(message);
  if (posted.drawn === drawing) return;
  try {
    await update(deps, posted, message);
    await markDrawn(deps.db, deps.teamId, posted.key, drawing);
  } catch (error) {
    if (!isRefused(error, 'message', 'route', 'person')) throw error;
    await markGone(deps.db, deps.teamId, posted.key);
    if (isRefused(error, 'message') && posted.person)
      await toPerson(deps, posted.person, { key: `${posted.key}/again`, surface: 'policy_review', message });
  }
}

/** Each request with the link to its card; who may not be in its channel gets no further by it. */
async function linked(deps: Deps, drawn: DrawnReview): Promise<DrawnReview> {
  const requests: DrawnReview['requests'] = [];
  for (const request of drawn.requests) {
    const card = (await cardsOf(deps.db, deps.teamId, request.number)).findLast(isPosted);
    requests.push({ ...request, permalink: card ? await permalinkOf(deps, card) : null });
  }
  return { ...drawn, requests };
}
