/** The modals in which a question is asked and answered. */
import type { ModalView } from '@slack/types';
import { encode } from '../carried.ts';
import { FIELD, VIEW } from '../ids.ts';
import { date, said } from '../mrkdwn.ts';
import { modal, saysAndQuotes, section } from './blocks.ts';
import { type Drawn, nameOf, plainName, refOf, unveiled, wordsOf } from './drawn.ts';
import { noticeModal } from './notice.ts';
import { subject, textBox } from './textBox.ts';

/** @param typed what was typed so far, where the modal is opened again */
export function requestInfoModal(given: Drawn, typed = ''): ModalView {
  const drawn = unveiled(given);
  const { info, label } = wordsOf(drawn);
  return modal({
    callback: VIEW.requestInfo,
    title: info.title,
    submit: info.submit,
    close: info.close,
    metadata: encode(refOf(drawn)),
    blocks: [
      subject(drawn),
      section(info.says(drawn.state.number, plainName(drawn, drawn.state.requester))),
      textBox({ id: FIELD.question, label: label.question, hint: info.hint, typed }),
    ],
  });
}

/** @param question the id of an open question of the request; another one gets a modal that says it needs no answer */
export function answerModal(given: Drawn, question: number, typed = ''): ModalView {
  const drawn = unveiled(given);
  const { answer, label, names, request } = wordsOf(drawn);
  const asked = drawn.state.questions.find(({ id }) => id === question);
  if (!asked || asked.answer || drawn.state.status !== 'in_review')
    return noticeModal(answer.title, answer.over, drawn.locale);
  return modal({
    callback: VIEW.answer,
    title: answer.title,
    submit: answer.submit,
    close: answer.close,
    metadata: encode({ v: 1, n: drawn.state.number, q: question }),
    blocks: [
      subject(drawn),
      saysAndQuotes(request.asked(nameOf(drawn, asked.by), date(asked.at)), said(asked.words, names.removed)),
      textBox({ id: FIELD.answer, label: label.answer, hint: answer.hint, typed }),
    ],
  });
}
