/** Every request, by how it stands: for auditors, who have no queue of their own. */
import type { KnownBlock, ModalView } from '@slack/types';
import { EVERY, type Every } from '../../core/request.ts';
import type { Instant } from '../../core/values.ts';
import { type EveryMeta, encode } from '../carried.ts';
import { HOME, VIEW } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, header, modal, plain, says, section } from './blocks.ts';
import { type Message, privateMessage } from './message.ts';
import { fittingRows, openButton, type Row, rowLine } from './rows.ts';

/** Rows of a page. */
export const EVERY_ROWS = 10;
const ROOM = LIMIT.messageBlocksTotal * 0.9;

type Model = { which: Every; rows: Row[]; count: number; now: Instant; locale?: string | undefined };

const meta = (which: Every, page: number): string => encode({ v: 1, s: which, page } satisfies EveryMeta);

/** A page of them. */
export function everyModal({ which, rows, count, page, now, locale }: Model & { page: number }): ModalView {
  const { audit, find, home } = wording(locale);
  const pages = Math.max(1, Math.ceil(count / EVERY_ROWS));
  const turning: KnownBlock[] = [
    context(home.pageOf(page + 1, pages)),
    actions(`every-pages-${page}`, [
      ...(page > 0 ? [button(HOME.everyEarlier, find.earlier, meta(which, page - 1))] : []),
      ...(page < pages - 1 ? [button(HOME.everyLater, find.later, meta(which, page + 1))] : []),
    ]),
  ];
  return modal({
    callback: VIEW.every,
    title: audit.title,
    close: find.close,
    metadata: meta(which, page),
    blocks: [
      section(audit.counted(which, count)),
      ...rows.flatMap((row) => rowBlocks(row, now)),
      ...(pages > 1 ? turning : []),
      context(audit.recorded),
    ],
  });
}

/** `/exception list` of an auditor. @returns with the message, the rows that fit in it */
export function everyMessage({ which, rows, count, now, locale }: Model): { message: Message; shown: Row[] } {
  const { audit, help } = wording(locale);
  const title = audit.counted(which, count);
  const { blocks, shown } = fittingRows(rows, (row) => rowBlocks(row, now), ROOM);
  const left = count - shown.length;
  return {
    shown,
    message: {
      ...privateMessage(title),
      blocks: [
        section(title),
        ...blocks,
        ...(left > 0 ? [context(audit.more(left))] : []),
        context(audit.recorded),
        context(help.private),
      ],
    },
  };
}

const rowBlocks = (row: Row, now: Instant): KnownBlock[] => [
  says(rowLine(row, now)),
  actions(`every-${row.drawn.state.number}`, [openButton(row.drawn)]),
];

/** Of Home, what an auditor has in place of a queue. */
export function auditOnHome(locale?: string): KnownBlock[] {
  const { audit } = wording(locale);
  return [
    header(audit.heading),
    section(audit.says),
    actions('home-every', [
      {
        type: 'static_select',
        action_id: HOME.every,
        placeholder: plain(audit.pick, LIMIT.optionText),
        options: EVERY.map((which) => ({ text: plain(audit.which[which], LIMIT.optionText), value: meta(which, 0) })),
      },
    ]),
    context(audit.also),
  ];
}
