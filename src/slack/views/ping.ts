/** What waits for a person, in one message: urgent things first, then by deadline, and last what fell due long ago. */
import type { KnownBlock } from '@slack/types';
import type { Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { bold, date, type Line, line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, says } from './blocks.ts';
import { type Drawn, isVeiled, subjectOf, wordsOf } from './drawn.ts';
import { type Message, privateMessage } from './message.ts';
import { fitted } from './room.ts';
import { openButton } from './rows.ts';

export type PingLine = {
  drawn: Drawn;
  /** The share of the time that had passed; null for what they put off. */
  percent: number | null;
  urgent: boolean;
  /** Told so late that it is history. */
  stale: boolean;
  /** When it fell due to be told. */
  since: Instant;
};
type PingModel = { ping: number; lines: PingLine[]; now: Instant; locale?: string | undefined };

/** Lines at most; the rest is counted. */
const LINES = 10;

/** @param model at least one line, one a request */
export function pingMessage({ ping, lines, now, locale }: PingModel): Message {
  const { ping: say, ex } = wording(locale);
  const sorted = lines.toSorted(byUrgency);
  const shown = sorted.slice(0, LINES);
  const left = sorted.length - shown.length;
  const drawn = (stale: boolean) =>
    shown.flatMap((each, at) => (each.stale === stale ? lineBlocks(each, `ping-${ping}-${at}`, now) : []));
  const [fresh, stale] = [drawn(false), drawn(true)];
  const headline = fresh.length > 0 ? say.headline(lines.length) : say.away;
  return {
    text: `${headline} ${say.which(
      shown.map((each) => ex(each.drawn.state.number)),
      left,
    )}`,
    blocks: fitted([
      says(line`${bold(headline)}`),
      ...fresh,
      ...(fresh.length > 0 && stale.length > 0 ? [says(line`${bold(say.away)}`)] : []),
      ...stale,
      ...(left > 0 ? [context(say.more(left))] : []),
      actions(`ping-${ping}`, [button(ACTION.snooze, say.snooze, encode({ v: 1, ping }))]),
      context(say.why),
    ]),
  };
}

/** What takes the place of a reminder that named something that was erased. */
export const forgottenPing = (): Message => privateMessage(wording().ping.forgotten);

const rank = ({ urgent, stale }: PingLine): number => (stale ? 2 : urgent ? 0 : 1);
function byUrgency(a: PingLine, b: PingLine): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return a.drawn.state.dueAt < b.drawn.state.dueAt ? -1 : 1;
}

const lineBlocks = (each: PingLine, id: string, now: Instant): KnownBlock[] => [
  says(pingLine(each, now)),
  actions(id, [openButton(each.drawn)]),
];

/** `EX-12 ACME, Refund window: due …, half of the time has passed` */
function pingLine({ drawn, percent, urgent, stale, since }: PingLine, now: Instant): Line {
  const { ping: say, ex, row } = wordsOf(drawn);
  const { number, dueAt } = drawn.state;
  const mark = urgent && !isVeiled(drawn) ? `${row.urgent}, ` : '';
  const when = dueAt <= now ? say.overdue(date(dueAt)) : say.due(date(dueAt));
  const why = percent === null ? say.putOff : say.passed(percent);
  const fell = stale ? line` ${say.fell(date(since))}` : '';
  const said = dueAt <= now ? when : line`${when}, ${why}${fell}`;
  return line`${bold(ex(number))} ${subjectOf(drawn)}: ${mark}${said}`;
}
