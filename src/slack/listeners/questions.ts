/** Request info, and the requester's answer. */
import { toWords } from '../../app/content.ts';
import { isRefusal, refuse } from '../../core/refusal.ts';
import { askers } from '../../core/request.ts';
import { mayDecide, over } from '../../core/standing.ts';
import { questionRef, ref } from '../carried.ts';
import { draw } from '../drawn.ts';
import { ACTION, FIELD, VIEW } from '../ids.ts';
import { answerModal, requestInfoModal } from '../views/questions.ts';
import { wording } from '../wording/index.ts';
import { act, find, type Listening } from './listening.ts';
import { onPress, show } from './press.ts';
import type { Routes } from './routes.ts';
import { onSubmission, typedText } from './submission.ts';

const { label } = wording();

export function registerQuestions(routes: Routes, bot: Listening): void {
  onPress(routes, bot, ACTION.requestInfo, ref, async (press, { n }) => {
    const seen = await find(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const verdict = mayDecide(seen.state, press.actor.id, seen.standing, seen.policy.rules);
    if (isRefusal(verdict)) return press.refuse(verdict, n);
    const drawn = await draw(bot, n);
    if (drawn) await show(press, requestInfoModal(drawn));
  });
  onSubmission(
    routes,
    bot,
    { callbackId: VIEW.requestInfo, schema: ref, field: FIELD.question },
    async (submission, { n }) => {
      const typed = typedText(submission, FIELD.question, label.question);
      if ('error' in typed) return typed.error;
      const command = { type: 'request_info' as const, words: toWords(typed.text ?? '') };
      const result = await act(bot, submission.actor, command, { number: n, key: submission.key });
      return isRefusal(result) ? result : undefined;
    },
  );

  onPress(routes, bot, ACTION.answer, questionRef, async (press, { n, q }) => {
    const seen = await find(bot, press.actor, n);
    if (isRefusal(seen)) return press.refuse(seen, n);
    const { state } = seen;
    const question = state.questions.find(({ id }) => id === q);
    if (!askers(state).includes(press.actor.id)) return press.refuse(refuse({ why: 'not_requester' }), n);
    if (!question) return press.refuse(refuse({ why: 'no_such_question' }), n);
    if (question.answer) return press.refuse(refuse({ why: 'question_answered' }), n);
    if (state.status !== 'in_review') return press.refuse(over(state), n);
    const drawn = await draw(bot, n);
    if (drawn) await show(press, answerModal(drawn, q));
  });
  onSubmission(
    routes,
    bot,
    { callbackId: VIEW.answer, schema: questionRef, field: FIELD.answer },
    async (submission, { n, q }) => {
      const typed = typedText(submission, FIELD.answer, label.answer);
      if ('error' in typed) return typed.error;
      const command = { type: 'answer_info' as const, question: q, words: toWords(typed.text ?? '') };
      const result = await act(bot, submission.actor, command, { number: n, key: submission.key });
      return isRefusal(result) ? result : undefined;
    },
  );
}
