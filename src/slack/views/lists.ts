/** Private answers to `/exception status` and `/exception list`. */
import type { KnownBlock } from '@slack/types';
import { ruleOf } from '../../core/policy.ts';
import type { Status } from '../../core/request.ts';
import type { Instant, Stage, Tier } from '../../core/values.ts';
import { ACTION, encode } from '../ids.ts';
import { LIMIT, truncate } from '../limits.ts';
import { date, type Inline, type Line, line, mention, said } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, header, says } from './blocks.ts';
import { type Drawn, message, missedDeadline, refOf, stateLine, subjectOf, wordsOf } from './drawn.ts';
import { type Message, privateMessage } from './message.ts';
import { about } from './parts.ts';

/** `/exception status EX-12` */
export function statusMessage(drawn: Drawn): Message {
  const { ex, button: name, help } = wordsOf(drawn);
  const first = line`${ex(drawn.state.number)} ${subjectOf(drawn)}: ${stateLine(drawn)}.`;
  return message(drawn, `${ex(drawn.state.number)}:`, [
    says(first),
    ...about(drawn).slice(1),
    actions(`status-${drawn.state.number}`, [button(ACTION.open, name.open, encode(refOf(drawn)))]),
    context(help.private),
  ]);
}

/** One request in a list. */
type ListRow = {
  number: number;
  round: number;
  status: Status;
  tier: Tier;
  stage: Stage | null;
  /** Null where there is none. */
  customer: string | null;
  /** The rule's name. */
  rule: string;
  dueAt: Instant;
  overdue: boolean;
  /** Who ended it and when; null while in review. */
  over: { by: string; at: Instant } | null;
};

export function listRow({ state, rules }: Pick<Drawn, 'state' | 'rules'>): ListRow {
  const { number, round, status, tier, dueAt } = state;
  return {
    ...{ number, round, status, tier, dueAt },
    stage: state.status === 'in_review' ? state.stage : null,
    customer: state.customer && said(state.customer, wording().names.removed),
    rule: ruleOf(rules, state.rule)?.name ?? state.rule,
    overdue: missedDeadline({ state }),
    over: state.status === 'in_review' ? null : { by: state.by, at: state.at },
  };
}

type ListModel = {
  /** Requests whose turn is the reader's, by deadline. */
  waiting: ListRow[];
  /** What the reader asked for, newest first. */
  yours: ListRow[];
  names: Readonly<Record<string, string>>;
  locale?: string | undefined;
};

/** Rows of each list at most; the rest is counted. */
const ROWS = 8;
/** Of what a message holds, as JSON, the share of one list's rows. */
const ROOM = LIMIT.messageBlocksTotal * 0.45;

/** `/exception list` */
export function listMessage({ waiting, yours, names, locale }: ListModel): Message {
  const { list, help } = wording(locale);
  if (waiting.length + yours.length === 0) return privateMessage(list.none);
  const part = (id: string, title: string, rows: ListRow[]): KnownBlock[] => {
    const shown = fitting(rows.slice(0, ROWS).map((row) => rowBlocks(id, row, names, locale)));
    const left = rows.length - shown.length;
    return rows.length === 0 ? [] : [header(title), ...shown.flat(), ...(left > 0 ? [context(list.more(left))] : [])];
  };
  return {
    text: list.summary(waiting.length, yours.length),
    blocks: [
      ...part('waiting', list.waiting(waiting.length), waiting),
      ...part('yours', list.yours(yours.length), yours),
      context(help.private),
    ],
  };
}

/** The first rows that fit: a name of eighty odd characters can take six times as many when written as JSON. */
function fitting(rows: KnownBlock[][]): KnownBlock[][] {
  let used = 0;
  return rows.filter((row) => {
    used += JSON.stringify(row).length;
    return used <= ROOM;
  });
}

/** A customer's name in a row, in code points. */
const CUSTOMER_IN_ROW = 60;

function rowBlocks(id: string, row: ListRow, names: ListModel['names'], locale: string | undefined): KnownBlock[] {
  const { list, button: name } = wording(locale);
  const subject = [row.customer && truncate(row.customer, CUSTOMER_IN_ROW), row.rule].filter(Boolean).join(', ');
  const sentence = list.row(
    row.number,
    subject,
    rowState(row, (id) => names[id] ?? mention(id), locale),
  );
  const ref = encode({ v: 1, n: row.number, r: row.round, s: row.stage });
  return [says(sentence), actions(`${id}-${row.number}`, [button(ACTION.open, name.open, ref)])];
}

function rowState(row: ListRow, nameOf: (id: string) => Inline, locale: string | undefined): Line {
  const { stateText } = wording(locale);
  if (row.status !== 'in_review' && row.over) return stateText.over(row.status, nameOf(row.over.by), date(row.over.at));
  const say = row.overdue ? stateText.overdue : stateText.waiting;
  return say(row.stage ?? 'validation', row.tier, date(row.dueAt));
}
