/** A card that took the place of another: what is left of the one, and how the thread of the other begins. */
import type { KnownBlock } from '@slack/types';
import type { Recorded } from '../../core/events.ts';
import { isTold, type Told } from '../../core/told.ts';
import { truncate } from '../limits.ts';
import { asText, date, type Line, line, link, said } from '../mrkdwn.ts';
import { context, says, saysAndQuotes } from './blocks.ts';
import { type Drawn, isVeiled, type Message, messageInShort, nameFirst, wordsOf } from './drawn.ts';
import { headlineOf } from './story.ts';

/** Remarks that travel with it, and code points of each; the rest stands behind Details. */
const REMARKS = 8;
const REMARK = 300;

/** What remains of a card that was left behind when the request moved to another channel. */
export function cardStub(drawn: Drawn, newCardPermalink: string | null): Message {
  const { card } = wordsOf(drawn);
  const moved = card.moved(drawn.state.number);
  const sentence = newCardPermalink ? line`${moved} ${link(newCardPermalink, card.movedLink)}` : line`${moved}`;
  return { text: asText(sentence, (at) => at), blocks: [says(sentence)] };
}

/**
 * What happened before, in short, and the remarks that were made.
 * @param told what the threads of earlier cards told, the newest of it
 * @param earlier how many events they told before that
 */
export function soFar(drawn: Drawn, told: Recorded[], earlier: number): Message {
  const { story } = wordsOf(drawn);
  const { number, requester, submittedAt } = drawn.state;
  const first = line`${story.soFar(number)}`;
  return messageInShort(drawn, first, [
    says(first),
    says(story.submitted(nameFirst(drawn, requester), date(submittedAt))),
    ...(earlier > 0 ? [context(story.earlierLeft(earlier))] : []),
    ...told.filter(isTold).map((event) => says(line`${date(event.at)}: ${asItWas(event, drawn)}`)),
    ...remarks(drawn),
  ]);
}

/** What was said to be next is over by now. */
function asItWas(event: Told, drawn: Drawn): Line {
  if (event.type !== 'stage_approved' || event.stage !== 'validation') return headlineOf(event, drawn);
  return wordsOf(drawn).story.confirmedThen(nameFirst(drawn, event.by));
}

function remarks(drawn: Drawn): KnownBlock[] {
  const { story, names } = wordsOf(drawn);
  const made = drawn.state.remarks.filter(({ deleted }) => !deleted);
  if (made.length === 0) return [];
  if (isVeiled(drawn)) return [context(story.remarksHidden(made.length))];
  const left = made.length - REMARKS;
  return [
    says(line`${story.remarks}`),
    ...(left > 0 ? [context(story.earlierLeft(left))] : []),
    ...made
      .slice(-REMARKS)
      .map(({ by, at, words }) =>
        saysAndQuotes(story.remarkBy(nameFirst(drawn, by), date(at)), truncate(said(words, names.removed), REMARK)),
      ),
  ];
}
