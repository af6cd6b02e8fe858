/** Words were erased: what of the bot's own messages quotes them and is not drawn again with the card, is drawn again here. */
import { Later } from '../../app/later.ts';
import { erasableOf } from '../../core/erasing.ts';
import type { Recorded } from '../../core/events.ts';
import type { ExceptionRequest } from '../../core/request.ts';
import { isTold } from '../../core/told.ts';
import { type Delivery, markDrawn, markGone, oldLinesOf } from '../../store/deliveries.ts';
import { readEvent } from '../../store/requests.ts';
import { toldEvents } from '../../store/streamEvents.ts';
import type { Message } from '../views/drawn.ts';
import { soFar } from '../views/moved.ts';
import { forgottenPing } from '../views/ping.ts';
import { storyLine } from '../views/story.ts';
import { BUCKETS, bookAhead, call } from './api.ts';
import { type Deps, isPosted, type Posted, type Scene } from './deps.ts';
import { isRefused } from './errors.ts';
import { alone } from './lease.ts';
import { drawingOf } from './post.ts';
import { naming, sceneOf } from './scene.ts';
import { RECENT } from './thread.ts';
import { update } from './update.ts';

/** What is begun was read before, and says what was not erased then: within so many milliseconds it is posted, or begun anew. */
const BEGUN = { lasts: 60_000, again: 1_000 };

/** Done again, it leaves alone what it has drawn. @throws Later, also while a line is being posted */
export async function redrawStory(deps: Deps, { number }: { number: number }): Promise<void> {
  await bookAhead(deps, BUCKETS.update);
  const scene = await sceneOf(deps, number);
  const lines = await oldLinesOf(deps.db, deps.teamId, number);
  for (const line of lines) if (isPosted(line)) await alone(deps, line.key, () => redrawLine(deps, scene, line));
  if (lines.some(isBegun)) throw new Later('a line that may quote what was erased is being posted', BEGUN.again);
}

const isBegun = ({ status, at }: Delivery): boolean => status === 'sending' && Date.now() - at.getTime() < BEGUN.lasts;

async function redrawLine(deps: Deps, scene: Scene, line: Posted): Promise<void> {
  try {
    const message = await drawnAgain(deps, scene, line);
    if (message === 'deleted') {
      await call(deps, BUCKETS.update, () => deps.client.chat.delete({ channel: line.channel, ts: line.ts }));
      await markGone(deps.db, deps.teamId, line.key);
    } else if (message !== null && drawingOf(message) !== line.drawn) {
      await update(deps, line, message);
      await markDrawn(deps.db, deps.teamId, line.key, drawingOf(message));
    }
  } catch (error) {
    // What nobody can read any more quotes nothing.
    if (!isRefused(error, 'message', 'route', 'person')) throw error;
    await markGone(deps.db, deps.teamId, line.key);
  }
}

/** Null for what quotes nothing that was erased, which stays as it was drawn at the time. */
async function drawnAgain(deps: Deps, scene: Scene, { key, surface }: Posted): Promise<Message | 'deleted' | null> {
  const { db, teamId } = deps;
  const { number } = scene.state;
  // Each line has, for those who get it as a notification, what the request is called by.
  const named = namesErased(scene.state);
  if (surface === 'ping') return named ? forgottenPing() : null;
  if (key.startsWith('moved/')) {
    // The beginning of a thread that took the place of another is all quotes.
    const { events, earlier } = await toldEvents(db, teamId, number, RECENT);
    const people = [...events.map(({ by }) => by), ...scene.state.remarks.map(({ by }) => by)];
    return soFar(await naming(deps, scene, [...new Set(people)]), events, earlier);
  }
  const seq = /^thread\/\d+\/(\d+)$/.exec(key)?.[1];
  // Whom it called is long past.
  if (seq === undefined) return named ? 'deleted' : null;
  const event = await readEvent(db, teamId, number, Number(seq));
  return event && isTold(event) && (named || quotesErased(event, scene.state)) ? storyLine(event, scene) : null;
}

const erasedIn = ({ erasures }: ExceptionRequest) => new Set(erasures.flatMap(({ contents }) => contents));

function quotesErased(event: Recorded, state: ExceptionRequest): boolean {
  const erased = erasedIn(state);
  return Object.values(erasableOf([event])).some((ids) => ids.some((id) => erased.has(id)));
}

/** What a list calls a request by. */
const namesErased = (state: ExceptionRequest): boolean =>
  [state.customer, state.otherRule].some((words) => words && erasedIn(state).has(words.content));
