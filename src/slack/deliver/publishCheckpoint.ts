/** The latest checkpoint, in the thread of its week in the audit channel: nobody is disturbed, and it can be read later. */
import { weekOf } from '../../core/week.ts';
import { channelOf } from '../../store/channels.ts';
import { checkpointOf, latestCheckpoint } from '../../store/checkpoints.ts';
import { markGone } from '../../store/deliveries.ts';
import { markPublished } from '../../store/publications.ts';
import { checkpointMessage, sealMessage } from '../views/seal.ts';
import { type Deps, isPosted, type Posted } from './deps.ts';
import { isRefused } from './errors.ts';
import { postOnce } from './post.ts';

/**
 * One that was overtaken while it waited is left out here: the later one stands for everything that it stood for. (The file
 * and the address get each: see jobs/publish.)
 * @throws Error where there is no such checkpoint: nothing is owed before it is committed
 */
export async function publishCheckpoint(deps: Deps, { size }: { size: number }): Promise<void> {
  const { db, teamId, policies, log } = deps;
  const checkpoint = await checkpointOf(db, teamId, size);
  if (!checkpoint) throw new Error(`the checkpoint of ${size} events is owed a message but does not exist`);
  if ((await latestCheckpoint(db, teamId))?.size !== size) return;
  const { wiring } = (await policies.current()).document;
  const week = weekOf(checkpoint.at, wiring.zone).id;
  try {
    const posted = await inThread(deps, week, checkpoint);
    if (posted) await markPublished(db, teamId, { size, place: 'slack', ref: `${posted.channel}/${posted.ts}` });
  } catch (error) {
    if (!isRefused(error, 'route')) throw error;
    // The next one tries again. That the channel does not work, the admins are told anyway.
    log.warn({ size, code: error.failure.code }, 'a checkpoint cannot be posted in the audit channel');
  }
}

type Checkpoint = { size: number; note: string };

async function inThread(deps: Deps, week: string, checkpoint: Checkpoint): Promise<Posted | null> {
  const above = await rootOf(deps, week);
  if (!above) return null;
  const key = `checkpoint/${checkpoint.size}`;
  const message = checkpointMessage(checkpoint);
  try {
    const posted = await postOnce(deps, {
      ...{ key, surface: 'seal', channel: above.channel, thread_ts: above.ts, message },
    });
    return isPosted(posted) ? posted : null;
  } catch (error) {
    if (!isRefused(error, 'message')) throw error;
    // Somebody deleted what it was to stand below.
    await markGone(deps.db, deps.teamId, above.key);
    return inThread(deps, week, checkpoint);
  }
}

/** What the week's checkpoints stand below, posted by the first of them, and anew where it was deleted. */
async function rootOf(deps: Deps, week: string): Promise<Posted | null> {
  const { db, teamId, policies } = deps;
  const ref = (await policies.current()).document.wiring.channels.audit;
  const channel = (await channelOf(db, teamId, ref))?.id ?? ref;
  const message = sealMessage(week);
  for (let time = 1; ; time++) {
    const key = `seal/${week}${time > 1 ? `/${time}` : ''}`;
    const root = await postOnce(deps, { key, surface: 'seal', channel, message });
    if (root.status !== 'gone') return isPosted(root) ? root : null;
  }
}
