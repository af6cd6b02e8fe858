/**
 * Direct messages, one live one a person and request. Each is drawn from the state as it is now, whatever it was sent
 * for: a question that was answered meanwhile has no `Answer`, a stage that was decided no buttons to decide it.
 */
import type { Notice } from '../../app/intents.ts';
import { asText, line, link } from '../mrkdwn.ts';
import { asked, over, received } from './asker.ts';
import { says } from './blocks.ts';
import { type Drawn, type Message, stateLine, wordsOf } from './drawn.ts';
import { settled } from './parts.ts';
import { answered, type Occasion, yourTurn } from './turn.ts';

/** The live direct message of one person. */
export function directMessage(notice: Notice, drawn: Drawn, person: string, occasion: Occasion = {}): Message {
  switch (notice) {
    case 'your_turn':
    case 'nudge':
      return yourTurn(notice, drawn, person, occasion);
    case 'received':
      return received(drawn, person);
    case 'asked':
      return asked(drawn, person);
    case 'answered':
      return answered(drawn, person);
    case 'over':
      return over(drawn, person);
    default:
      return settled(drawn, stateLine(drawn));
  }
}

/** What an earlier direct message becomes once a newer one says more: one line that points to it. */
export function supersededLine(drawn: Drawn, newerPermalink: string | null): Message {
  const { dm } = wordsOf(drawn);
  const text = dm.superseded(drawn.state.number);
  const sentence = newerPermalink ? line`${text} ${link(newerPermalink, dm.supersededLink)}` : line`${text}`;
  return { text: asText(sentence, (at) => at), blocks: [says(sentence)] };
}
