/** Private answers to `/exception status`, `/exception list` and `/exception find`. */
import type { KnownBlock } from '@slack/types';
import type { Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { line } from '../mrkdwn.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, header, says } from './blocks.ts';
import { type Drawn, message, refOf, stateLine, subjectOf, wordsOf } from './drawn.ts';
import { type Message, privateMessage } from './message.ts';
import { erased } from './notes.ts';
import { about } from './parts.ts';
import { fittingRows, openButton, type Row, rowLine } from './rows.ts';

/** `/exception status EX-12` */
export function statusMessage(drawn: Drawn): Message {
  const { ex, button: name, help } = wordsOf(drawn);
  const first = line`${ex(drawn.state.number)} ${subjectOf(drawn)}: ${stateLine(drawn)}.`;
  return message(drawn, `${ex(drawn.state.number)}:`, [
    says(first),
    ...about(drawn).slice(1),
    ...erased(drawn),
    actions(`status-${drawn.state.number}`, [button(ACTION.open, name.open, encode(refOf(drawn)))]),
    context(help.private),
  ]);
}

/** The parts of a list; `all` of them where none is asked for. */
export const LISTS = ['waiting', 'mine', 'tasks', 'holds'] as const;
type ListName = (typeof LISTS)[number] | 'all';

type ListModel = {
  which: ListName;
  /** What is the reader's turn, by deadline. */
  waiting: Row[];
  /** What the reader asked for, the open ones first. */
  yours: Row[];
  tasks: Row[];
  holds: Row[];
  now: Instant;
  locale?: string | undefined;
};

/** Rows of each part at most; the rest is counted. */
const ROWS = 8;
/** Of what a message holds, as JSON, what all rows together may take. */
const ROOM = LIMIT.messageBlocksTotal * 0.9;

type Part = { name: Exclude<ListName, 'all'>; title: string; rows: Row[] };

/** `/exception list` */
export function listMessage(model: ListModel): Message {
  const { which, waiting, yours, tasks, holds, now, locale } = model;
  const { list, help } = wording(locale);
  const all: Part[] = [
    { name: 'waiting', title: list.waiting(waiting.length), rows: waiting },
    { name: 'mine', title: list.yours(yours.length), rows: yours },
    { name: 'tasks', title: list.tasks(tasks.length), rows: tasks },
    { name: 'holds', title: list.holds(holds.length), rows: holds },
  ];
  const parts = all.filter(({ name, rows }) => rows.length > 0 && (which === 'all' || which === name));
  if (parts.length === 0) return privateMessage(list.none[which]);
  const only = parts.length === 1 && parts[0] && which !== 'all' ? parts[0].title : null;
  return {
    text: only ?? list.summary(waiting.length, yours.length, tasks.length + holds.length),
    blocks: [...parts.flatMap((part) => partBlocks(part, ROOM / parts.length, now, locale)), context(help.private)],
  };
}

/** What `/exception find` found. @returns with the message, the rows that stand in it */
export function foundMessage(
  query: string,
  rows: Row[],
  now: Instant,
  locale?: string,
): { message: Message; shown: Row[] } {
  const { find, help } = wording(locale);
  if (rows.length === 0) return { message: privateMessage(find.none(query)), shown: [] };
  const { blocks, shown } = fittingRows(rows.slice(0, 2 * ROWS), (row) => rowBlocks('found', row, now), ROOM);
  const left = rows.length - shown.length;
  const title = find.found(rows.length, query);
  const message = {
    ...privateMessage(title),
    blocks: [says(line`${title}`), ...blocks, ...(left > 0 ? [context(find.more(left))] : []), context(help.private)],
  };
  return { message, shown };
}

function partBlocks({ name, title, rows }: Part, room: number, now: Instant, locale: string | undefined): KnownBlock[] {
  const { list } = wording(locale);
  const { blocks, shown } = fittingRows(
    rows.slice(0, ROWS),
    (row, index) => rowBlocks(`${name}-${index}`, row, now),
    room,
  );
  const left = rows.length - shown.length;
  return [header(title), ...blocks, ...(left > 0 ? [context(list.more(left))] : [])];
}

const rowBlocks = (id: string, row: Row, now: Instant): KnownBlock[] => [
  says(rowLine(row, now)),
  actions(`${id}-${row.drawn.state.number}`, [openButton(row.drawn)]),
];
