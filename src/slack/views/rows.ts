/** Requests as rows of a list: which one, and what is to be done about it or how it stands. */
import type { Button, KnownBlock } from '@slack/types';
import type { TaskKind } from '../../core/tasks.ts';
import type { HoldKind, Instant } from '../../core/values.ts';
import { encode } from '../carried.ts';
import { ACTION } from '../ids.ts';
import { bold, date, type Line, line } from '../mrkdwn.ts';
import { button } from './blocks.ts';
import { customerOf, type Drawn, isVeiled, nameOf, refOf, ruleName, stateLine, subjectOf, wordsOf } from './drawn.ts';

/** Something that is to be done about a request. */
export type RowTask = { kind: TaskKind; due: Instant | null; hold?: HoldKind };
/** `task` null: the row tells how the request stands. */
export type Row = { drawn: Drawn; task: RowTask | null };

export const numbersOf = (rows: readonly Row[]): number[] => rows.map(({ drawn }) => drawn.state.number);

export const isDecision = (task: RowTask | null): boolean =>
  task?.kind === 'confirm_details' || task?.kind === 'authorize';

/** A customer's name in a row, in code points. */
const CUSTOMER_IN_ROW = 60;

/** `EX-12 ACME, Refund window: confirm the details, by …` */
export function rowLine({ drawn, task }: Row, now: Instant): Line {
  const { ex } = wordsOf(drawn);
  const what = task ? [taskLine(drawn, task, now), ...lookedAt(drawn, now)] : [stateLine(drawn)];
  const said = what.reduce<Line>((all, piece) => (all.length === 0 ? piece : line`${all}; ${piece}`), []);
  return line`${bold(ex(drawn.state.number))} ${rowSubject(drawn)}: ${said}`;
}

function rowSubject(drawn: Drawn): string {
  const { names } = wordsOf(drawn);
  if (isVeiled(drawn)) return `${subjectOf(drawn)} (${names.tier[drawn.state.tier]})`;
  return [customerOf(drawn, CUSTOMER_IN_ROW), ruleName(drawn)].filter((part) => part !== null).join(', ');
}

function taskLine(drawn: Drawn, { kind, due, hold }: RowTask, now: Instant): Line {
  const { row } = wordsOf(drawn);
  const { state } = drawn;
  const marks = [
    ...(state.urgent && !isVeiled(drawn) ? [row.urgent] : []),
    ...(state.expedited ? [row.expedited] : []),
    ...(state.complaints.length > 0 ? [row.complaint] : []),
    ...(kind !== 'clear_hold' && state.status === 'in_review' && state.holds.some(({ released }) => !released)
      ? [row.onHold]
      : []),
  ];
  const what = hold ? row.clear(hold) : row.todo[kind];
  const marked = marks.length > 0 ? `${marks.join(', ')}, ${what}` : what;
  if (due === null) return line`${marked}`;
  return due < now ? row.overdue(marked, date(due)) : row.by(marked, date(due));
}

/** Who is at it already, so that nobody begins the same twice. */
function lookedAt(drawn: Drawn, now: Instant): Line[] {
  const { taken, assigned, status } = drawn.state;
  const { row } = wordsOf(drawn);
  if (status !== 'in_review') return [];
  return [
    ...(assigned ? [row.assigned(nameOf(drawn, assigned.to))] : []),
    ...(taken && taken.until > now ? [row.taken(nameOf(drawn, taken.by))] : []),
  ];
}

export const openButton = (drawn: Drawn): Button =>
  button(ACTION.open, wordsOf(drawn).button.open, encode(refOf(drawn)));

/** As many of these as a message of this share of Slack's limit holds: a name can take six times as much written as JSON. */
export function fittingRows(
  rows: readonly Row[],
  draw: (row: Row, index: number) => KnownBlock[],
  room: number,
): { shown: Row[]; blocks: KnownBlock[] } {
  let used = 0;
  const drawn = rows.map((row, index) => ({ row, blocks: draw(row, index) }));
  const fit = drawn.filter(({ blocks }) => {
    used += JSON.stringify(blocks).length;
    return used <= room;
  });
  return { shown: fit.map(({ row }) => row), blocks: fit.flatMap(({ blocks }) => blocks) };
}
