/** The modal in which the requester takes a request back. */
import type { ModalView } from '@slack/types';
import { encode } from '../carried.ts';
import { FIELD, VIEW } from '../ids.ts';
import { facts, modal, section } from './blocks.ts';
import { type Drawn, refOf, unveiled, wordsOf } from './drawn.ts';
import { cardFacts } from './facts.ts';
import { subject, textBox } from './textBox.ts';

/** @param typed what was typed so far, where the modal is opened again */
export function withdrawModal(given: Drawn, typed = ''): ModalView {
  const drawn = unveiled(given);
  const { withdraw, label } = wordsOf(drawn);
  return modal({
    callback: VIEW.withdraw,
    title: withdraw.title,
    submit: withdraw.submit,
    close: withdraw.close,
    metadata: encode(refOf(drawn)),
    blocks: [
      section(withdraw.says(drawn.state.number)),
      subject(drawn),
      ...facts(cardFacts(drawn)),
      textBox({ id: FIELD.reason, label: label.reason, hint: withdraw.hint, optional: true, typed }),
    ],
  });
}
