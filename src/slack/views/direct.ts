/**
 * Direct messages, one live one a person and request. Each is drawn from the state as it is now, whatever it was sent
 * for: a question that was answered meanwhile has no `Answer`, a stage that was decided no buttons to decide it.
 */
import type { Notice } from '../../app/intents.ts';
import { asText, line, link } from '../mrkdwn.ts';
import { asked, corrected, handedOver, onHold, received, released, returned } from './asker.ts';
import { says } from './blocks.ts';
import type { Drawn, Message } from './drawn.ts';
import { wordsOf } from './drawn.ts';
import { carriedOut, carryOut, checkEffectiveness, closed, condition, ending, over } from './ended.ts';
import { lostFiles } from './lostFiles.ts';
import { rerouted } from './rerouted.ts';
import { answered, assigned, holdToClear, type Occasion, owned, voided, yourTurn } from './turn.ts';

/** The live direct message of one person. */
export function directMessage(notice: Notice, drawn: Drawn, person: string, occasion: Occasion = {}): Message {
  switch (notice) {
    case 'your_turn':
    case 'nudge':
      return yourTurn(notice, drawn, person, occasion);
    case 'assigned':
      return assigned(drawn, person, occasion);
    case 'voided':
      return voided(drawn, person);
    case 'answered':
      return answered(drawn, person);
    case 'owned':
      return owned(drawn);
    case 'received':
      return received(drawn, person);
    case 'asked':
      return asked(drawn, person);
    case 'returned':
      return returned(drawn, person);
    case 'corrected':
      return corrected(drawn, person);
    case 'handed_over':
      return handedOver(drawn, person);
    case 'rerouted':
      return rerouted(drawn, person);
    case 'hold':
      return person === drawn.state.owner ? onHold(drawn, person) : holdToClear(drawn);
    case 'released':
      return released(drawn, person);
    case 'over':
      return drawn.state.status === 'in_review' ? received(drawn, person) : over(drawn, person);
    case 'carry_out':
      return carryOut(drawn, person);
    case 'carried_out':
      return carriedOut(drawn, person);
    case 'condition':
      return condition(drawn, person);
    case 'closed':
      return closed(drawn, person);
    case 'check_effectiveness':
      return checkEffectiveness(drawn, person);
    case 'ending':
    case 'ended':
    case 'undo':
      return ending(notice, drawn, person);
    case 'file_lost':
      return lostFiles(drawn, person);
    default:
      return notice satisfies never;
  }
}

/** What an earlier direct message becomes once a newer one says more: one line that points to it. */
export function supersededLine(drawn: Drawn, newerPermalink: string | null): Message {
  const { dm } = wordsOf(drawn);
  const text = dm.superseded(drawn.state.number);
  const sentence = newerPermalink ? line`${text} ${link(newerPermalink, dm.supersededLink)}` : line`${text}`;
  return { text: asText(sentence, (at) => at), blocks: [says(sentence)] };
}
