/** Draws everything about a request that stands in Slack from the state as it is now; what looks the same is left alone. */

import { z } from 'zod';
import { notice } from '../../app/intents.ts';
import { Later } from '../../app/later.ts';
import { escalationKind, instant, stage } from '../../core/values.ts';
import { liveOf, makeLive, markDrawn, markGone } from '../../store/deliveries.ts';
import { CALL_TIMEOUT } from '../client.ts';
import { approvalCard } from '../views/card.ts';
import { directMessage } from '../views/direct.ts';
import type { Message } from '../views/drawn.ts';
import { taskLine } from '../views/ended.ts';
import { BUCKETS, bookAhead } from './api.ts';
import { ensureCard, postAfresh } from './card.ts';
import { type Deps, isPosted, type Posted, type Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
import { isRefused } from './errors.ts';
import { drawEscalation } from './escalate.ts';
import { toPerson } from './person.ts';
import { drawingOf } from './post.ts';
import { routeIsBroken } from './route.ts';
import { callable, naming, withAway } from './scene.ts';
import { drawStaffing } from './staffing.ts';
import { withCardLink } from './tell.ts';
import { update } from './update.ts';

const dmSubject = z.object({ notice, stage: stage.optional(), round: z.number().optional() });
const taskSubject = z.object({ called: z.object({ groupId: z.string().nullable(), people: z.array(z.string()) }) });
const escalationSubject = z.object({
  kind: escalationKind,
  deadline: instant,
  step: z.int().positive().default(1),
  zone: z.string().default('UTC'),
});

export async function redraw(deps: Deps, { number }: { number: number }): Promise<void> {
  await bookAhead(deps, BUCKETS.update);
  await drawAlone(deps, number, async (scene, remaining) => {
    await ensureCard(deps, scene);
    const { able, away } = await callable(deps, scene);
    const linked = await withAway(deps, await naming(deps, await withCardLink(deps, scene), able), away);
    for (const live of await liveOf(deps.db, deps.teamId, number))
      if (isPosted(live)) {
        if (remaining() < CALL_TIMEOUT) throw new Later(`EX-${number} is drawn in several goes`, 0);
        await redrawOne(deps, linked, live, able);
      }
  });
}

async function redrawOne(deps: Deps, scene: Scene, posted: Posted, waitingFor: string[]): Promise<void> {
  const message = drawn(scene, posted, waitingFor);
  const drawing = drawingOf(message);
  if (drawing === posted.drawn) return;
  try {
    await update(deps, posted, message);
    await markDrawn(deps.db, deps.teamId, posted.key, drawing);
  } catch (error) {
    if (isRefused(error, 'message')) return afresh(deps, scene, posted, message);
    if (!isRefused(error, 'route', 'person')) throw error;
    if (posted.surface === 'card') return routeIsBroken(deps, scene, error);
    // Nobody reads it any more: an account that was deactivated.
    await markGone(deps.db, deps.teamId, posted.key);
  }
}

function drawn(scene: Scene, { surface, subject, person }: Posted, waitingFor: string[]): Message {
  switch (surface) {
    case 'dm': {
      const { notice, ...turn } = dmSubject.parse(subject);
      return directMessage(notice, scene, person ?? '', turn);
    }
    case 'escalation':
      return escalationAgain(scene, escalationSubject.parse(subject), person ?? '', waitingFor);
    case 'staffing':
      return drawStaffing(scene, subject);
    case 'card':
      return approvalCard(scene);
    case 'thread':
      return taskLine(scene, taskSubject.parse(subject).called);
    default:
      throw new Error(`a message of the kind ${surface} is never drawn again`);
  }
}

const escalationAgain = (
  scene: Scene,
  { step, zone, ...which }: z.infer<typeof escalationSubject>,
  person: string,
  waitingFor: string[],
): Message => drawEscalation(scene, which, { person, step, zone }, waitingFor);

/** The message was deleted, or is too old to be changed: another takes its place. */
async function afresh(deps: Deps, scene: Scene, lost: Posted, message: Message): Promise<void> {
  deps.log.info({ key: lost.key, request: scene.state.number }, 'a message is gone from Slack and posted afresh');
  if (lost.surface === 'card') {
    await postAfresh(deps, scene, lost);
    return;
  }
  const { surface, subject, person } = lost;
  // A line of the thread goes with the thread; whoever it called has their own message.
  if (person) {
    const about = { key: `${lost.key}/again`, surface, request: scene.state.number, subject };
    const posted = await toPerson(deps, person, { ...about, message, live: surface !== 'dm' });
    if (posted && surface === 'dm') await makeLive(deps.db, deps.teamId, posted);
  }
  // Not before: what cannot be posted now takes its place another time.
  await markGone(deps.db, deps.teamId, lost.key);
}
