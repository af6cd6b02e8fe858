/** Direct messages on a request that nobody can decide: to its owner, to supervisors who can reroute it, and to admins. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { tierAbove } from '../../core/ladders.ts';
import { slaOf } from '../../core/sla.ts';
import type { Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { asText, date, type Line, line } from '../mrkdwn.ts';
import { actions, button, context, says, section } from './blocks.ts';
import { idOf } from './card.ts';
import { type Drawn, type Message, messageInShort, nameOf, role, summaryOf, wordsOf } from './drawn.ts';
import { onlyOpen, open } from './parts.ts';
import { canGoUp, outlook, sentenceOn, shortagesOf } from './shortage.ts';

/** As whom somebody is told. An admin has no say in the request, and reads nothing of it. */
export const TOLD_AS = ['owner', 'supervisor', 'admin'] as const;
export type ToldAs = (typeof TOLD_AS)[number];

/** @param since since when somebody was missing as it was posted: that may be over, and somebody else missing since */
export function staffingMessage(drawn: Drawn, as: ToldAs, since: Instant): Message {
  const { state } = drawn;
  const { staffing: say } = wordsOf(drawn);
  if (state.status !== 'in_review')
    return settled(drawn, as, say.over(state.number, state.status, nameOf(drawn, state.by), date(state.at)));
  const short = state.staffing?.since === since ? shortagesOf(state) : [];
  if (short.length === 0) return settled(drawn, as, say.again(state.number));
  const { ex } = wordsOf(drawn);
  const headline = say.headline(state.number);
  const sentences = [...short.map((each) => sentenceOn(drawn, each, ex(state.number))), outlook(drawn)];
  const blocks: KnownBlock[] = [says(headline), ...sentences.map((each) => says(each)), ...remedy(drawn, as)];
  const [first] = sentences;
  return told(drawn, as, line`${headline} ${first ?? ''}`, blocks);
}

function remedy(drawn: Drawn, as: ToldAs): KnownBlock[] {
  const { state, rules } = drawn;
  const { staffing: say, format } = wordsOf(drawn);
  const up = tierAbove(state.tier);
  switch (as) {
    case 'owner':
      return [
        context(say.forOwner(up ? role(drawn, 'ops_supervisors') : null)),
        context(summaryOf(drawn)),
        onlyOpen(drawn),
      ];
    case 'supervisor':
      return up && canGoUp(state)
        ? [
            section(say.forSupervisor(up, format.duration(slaOf(rules, { ...state, tier: up })))),
            context(summaryOf(drawn)),
            reroute(drawn, up),
          ]
        : [context(summaryOf(drawn)), onlyOpen(drawn)];
    case 'admin': {
      const groups = [...new Set(shortagesOf(state).map((short) => role(drawn, short.role).group))];
      return [section(say.forAdmin(format.all(groups)))];
    }
    default:
      return as satisfies never;
  }
}

const reroute = (drawn: Drawn, to: NonNullable<ReturnType<typeof tierAbove>>): ActionsBlock =>
  actions(idOf(drawn, 'reroute'), [
    button(
      ACTION.rerouteNow,
      wordsOf(drawn).staffing.reroute(to),
      encode({ v: 1, n: drawn.state.number, t: to }),
      'primary',
    ),
    open(drawn),
  ]);

/** Nothing is left to do about it. */
const settled = (drawn: Drawn, as: ToldAs, sentence: Line): Message =>
  told(drawn, as, sentence, [says(sentence), ...(as === 'admin' ? [] : [context(summaryOf(drawn)), onlyOpen(drawn)])]);

function told(drawn: Drawn, as: ToldAs, sentence: Line, blocks: KnownBlock[]): Message {
  if (as !== 'admin') return messageInShort(drawn, sentence, blocks);
  const { format } = wordsOf(drawn);
  const text = asText(sentence, (at) => format.time(at, drawn.wiring.zone));
  return { text: truncate(text, LIMIT.messageText), blocks };
}
