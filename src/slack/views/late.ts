/** Several escalations in one message, since Carveout was away when they fell due. */
import type { EscalationKind, Instant, Priority } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { bold, date, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, says } from './blocks.ts';
import { type Drawn, subjectOf, wordsOf } from './drawn.ts';
import type { Message } from './message.ts';
import { fitted } from './room.ts';
import { openButton } from './rows.ts';

export type LateLine = { drawn: Drawn; kind: EscalationKind; deadline: Instant; priority: Priority; since: Instant };

/** Lines at most; the rest is counted. */
const LINES = 10;

const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal'];
const byPriority = (a: LateLine, b: LateLine): number =>
  PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) || (a.since < b.since ? -1 : 1);

/** @param at when they were found */
export function lateMessage(at: Instant, lines: LateLine[], locale?: string): Message {
  const { late: say, ex, format } = wording(locale);
  const shown = lines.toSorted(byPriority).slice(0, LINES);
  const left = lines.length - shown.length;
  const numbers = [...new Set(shown.map(({ drawn }) => ex(drawn.state.number)))];
  const headline = say.headline(lines.length);
  return {
    text: `${headline} ${format.all(left > 0 ? [...numbers, say.left(left)] : numbers)}`,
    blocks: fitted([
      says(line`${bold(headline)}`),
      ...shown.flatMap((each, index) => lineBlocks(each, `${Date.parse(at)}-${index}`)),
      ...(left > 0 ? [context(say.more(left))] : []),
      context(say.why),
    ]),
  };
}

function lineBlocks({ drawn, kind, deadline, priority, since }: LateLine, id: string) {
  const { late: say, ex, button: name } = wordsOf(drawn);
  const { number } = drawn.state;
  const value = encode({ v: 1, n: number, k: kind, d: deadline });
  return [
    says(line`${bold(ex(number))} ${subjectOf(drawn)}: ${say.line(kind, priority, date(since))}`),
    actions(`late-${id}`, [button(ACTION.acknowledgeLate, name.acknowledge, value), openButton(drawn)]),
  ];
}
