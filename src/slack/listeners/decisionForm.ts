/** What is pressed in a decision modal beside its submit button: one more condition, the other act, the next of the queue. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.ts';
import { decisionMeta, decode, deedRef, type Ref } from '../carried.ts';
import { slackError } from '../client.ts';
import { nextInQueue } from '../desk.ts';
import { ACTION } from '../ids.ts';
import { type Answers, MOST_CONDITIONS } from '../views/deciding.ts';
import { noticeModal } from '../views/notice.ts';
import { wording } from '../wording/index.ts';
import { answersIn } from './answers.ts';
import { type Act, tryDecisionModal } from './decisionModal.ts';
import type { Listening } from './listening.ts';
import { onPress, type Press } from './press.ts';
import type { Routes } from './routes.ts';

const { queue } = wording().decision;
const EMPTY = { text: null, owner: null, due: null };

export function registerAnswers(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.addCondition, z.int(), (press) =>
    redrawn(press, ({ conditions, ...rest }) => ({
      answers: { ...rest, conditions: [...conditions, EMPTY].slice(0, MOST_CONDITIONS) },
    })),
  );
  onPress(routes, bot, ACTION.switchAct, z.enum(['approve', 'reject']), (press, act) =>
    redrawn(press, (answers) => ({ answers, act })),
  );
}

/** The modal drawn anew with what is filled in; where the request has changed meanwhile, it says so. */
async function redrawn(press: Press, change: (answers: Answers) => { answers: Answers; act?: Act }): Promise<void> {
  const { bot, actor, body } = press;
  const meta = decode(decisionMeta, body.view?.private_metadata);
  if (!body.view || !meta) return;
  const { answers, act = meta.act } = change(answersIn(body.view.state.values));
  const manner = { queued: meta.q === true, answers, seen: meta.seen, opened: meta.o };
  const view = await tryDecisionModal(bot, actor, meta.n, act, manner);
  if (isRefusal(view)) return press.refuse(view, meta.n);
  await putInPlace(press)(view);
}

/** Puts a modal in the place of the one that was pressed in. Closed meanwhile, nothing is owed any more. */
const putInPlace =
  ({ bot, body }: Press) =>
  async (view: ModalView): Promise<string | undefined> => {
    if (!body.view) return undefined;
    try {
      await bot.client.views.update({ view_id: body.view.id, view });
    } catch (error) {
      if (slackError(error)?.code === 'not_found') return undefined;
      throw error;
    }
    return body.view.id;
  };

/** On to what waits next, in the same place: Slack stacks no more than three modals. */
export function registerNext(
  routes: Routes,
  bot: Listening,
  open: (press: Press, next: Ref, put: ReturnType<typeof putInPlace>) => Promise<void>,
): void {
  onPress(routes, bot, ACTION.next, deedRef, async (press, { n }) => {
    const put = putInPlace(press);
    const next = await nextInQueue(bot, press.actor, n);
    await (next ? open(press, next, put) : put(noticeModal(queue.empty.title, queue.empty.text)));
  });
}
