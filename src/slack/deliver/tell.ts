/** One live direct message a person and request: a new one is posted, the one before becomes a line that points to it. */
import type { Notice } from '../../app/intents.ts';
import { cardsOf, type Delivery, deliveryOf, directMessagesOf, makeLive, markGone } from '../../store/deliveries.ts';
import { directMessage, supersededLine } from '../views/direct.ts';
import { type Deps, isPosted, type Posted, type Scene } from './deps.ts';
import { drawAlone } from './drawing.ts';
import { isRefused } from './errors.ts';
import { permalinkOf } from './permalink.ts';
import { dmKey, toPerson } from './person.ts';
import { settle } from './post.ts';
import { callable } from './scene.ts';
import { update } from './update.ts';

export type Tell = { number: number; seq: number; person: string; notice: Notice };

/** Notices that ask somebody to act, and mean nothing once it is another's turn. */
const ASKS_TO_ACT: readonly Notice[] = ['your_turn', 'nudge'];
/** Notices that remember which turn they were about, and say so once that is over. */
const ABOUT_A_TURN: readonly Notice[] = [...ASKS_TO_ACT, 'assigned'];

/** Where one event gives a person several notices, the one that says less gives way to those that show what it would. */
const GIVES_WAY: Partial<Record<Notice, readonly Notice[]>> = {
  owned: ['your_turn', 'over'],
  your_turn: ['voided'],
  condition: ['over', 'carry_out'],
  carry_out: ['over'],
  ended: ['undo'],
};

/** Not while the request is being drawn, which could put the old message's buttons back. */
export function tell(deps: Deps, intent: Tell): Promise<void> {
  const { number, person, seq, notice } = intent;
  return drawAlone(deps, number, async (scene, within) => {
    const begun = await deliveryOf(deps.db, deps.teamId, dmKey(number, person, seq, notice));
    const late = ASKS_TO_ACT.includes(notice) && !(await callable(deps, scene)).able.includes(person);
    // What was posted is followed up; what was not is no longer wanted.
    if (late && (!begun || !isPosted(await settled(deps, begun)))) return;
    await tellAlone(deps, scene, intent, within);
  });
}

async function tellAlone(
  deps: Deps,
  scene: Scene,
  { number, seq, person, notice }: Tell,
  within: () => number,
): Promise<void> {
  const { db, teamId } = deps;
  const earlier = await directMessagesOf(db, teamId, number, person);
  const newest = earlier.findLast(({ status }) => status !== 'sending');
  // The newer message is drawn from the state as it is, so this one has nothing to add.
  if (newest && (seqOf(newest) > seq || (seqOf(newest) === seq && saysMore(newest, notice)))) {
    // Begun by somebody who never heard what became of it: it may stand in Slack with buttons that nobody draws again.
    const begun = earlier.find(({ key, status }) => status === 'sending' && key === dmKey(number, person, seq, notice));
    const lost = begun && (await settle(deps, begun));
    if (lost && isPosted(lost) && isPosted(newest)) await supersede(deps, scene, lost, newest);
    return;
  }
  const { state } = scene;
  const turn =
    ABOUT_A_TURN.includes(notice) && state.status === 'in_review' ? { stage: state.stage, round: state.round } : {};
  const message = directMessage(notice, await withCardLink(deps, scene), person, turn);
  const subject = { notice, seq, ...turn };
  const about = { key: dmKey(number, person, seq, notice), surface: 'dm', request: number, subject } as const;
  const posted = await toPerson(deps, person, { ...about, message, within });
  if (!posted || !isPosted(posted)) return;
  if (!posted.live) await makeLive(db, teamId, posted);
  for (const old of earlier) if (isPosted(old) && old.key !== posted.key) await supersede(deps, scene, old, posted);
}

/** Where it stands, once that is known. */
const settled = async (deps: Deps, begun: Delivery): Promise<Delivery> =>
  begun.status === 'sending' ? ((await settle(deps, begun)) ?? begun) : begun;

const saysMore = ({ subject }: Delivery, than: Notice): boolean =>
  GIVES_WAY[than]?.some((notice) => notice === subject.notice) ?? false;
const seqOf = ({ subject }: Delivery): number => Number(subject.seq);

async function supersede(deps: Deps, scene: Scene, old: Posted, newer: Posted): Promise<void> {
  try {
    await update(deps, old, supersededLine(scene, await permalinkOf(deps, newer)));
  } catch (error) {
    if (!isRefused(error, 'message', 'route', 'person')) throw error;
  }
  await markGone(deps.db, deps.teamId, old.key);
}

/** The same, with a link to the card where there is one. */
export async function withCardLink(deps: Deps, scene: Scene): Promise<Scene> {
  const cards = await cardsOf(deps.db, deps.teamId, scene.state.number);
  const card = cards.findLast(isPosted);
  return card ? { ...scene, permalink: await permalinkOf(deps, card) } : scene;
}
