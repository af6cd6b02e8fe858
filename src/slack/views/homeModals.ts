/** Modals that open from Home: to whom requests are given, and what is looked for. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Instant } from '../../core/values.ts';
import { encode, type FoundMeta } from '../carried.ts';
import { FIELD, HOME, VIEW } from '../ids.ts';
import { wording } from '../wording/index.ts';
import { actions, button, context, input, modal, plain, says, section } from './blocks.ts';
import { openButton, type Row, rowLine } from './rows.ts';

export function reassignModal(numbers: number[], locale?: string): ModalView {
  const { bulk, form } = wording(locale);
  return modal({
    callback: VIEW.reassign,
    title: bulk.reassign.title,
    submit: bulk.reassign.submit,
    close: bulk.reassign.close,
    metadata: encode({ v: 1, ns: numbers }),
    blocks: [
      section(bulk.reassign.says(numbers)),
      input({
        block_id: FIELD.person,
        label: bulk.reassign.person,
        element: { type: 'users_select', action_id: FIELD.person, placeholder: plain(form.pickPerson) },
      }),
    ],
  });
}

/** Characters of what is looked for. */
export const QUERY_LENGTH = 100;

export function findModal(locale?: string): ModalView {
  const { find } = wording(locale);
  return modal({
    callback: VIEW.find,
    title: find.title,
    submit: find.submit,
    close: find.close,
    metadata: encode({ v: 1 }),
    blocks: [
      input({
        block_id: FIELD.query,
        label: find.query,
        hint: find.hint,
        element: {
          type: 'plain_text_input',
          action_id: FIELD.query,
          max_length: QUERY_LENGTH,
          focus_on_load: true,
        },
      }),
    ],
  });
}

const ROWS = 10;

type Found = { query: string; rows: Row[]; page: number; full: boolean; now: Instant; locale?: string | undefined };

/** The rows of a page, of the last one where there are not so many. */
export function foundPage(rows: readonly Row[], wanted: number): { shown: Row[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const page = Math.min(wanted, pages - 1);
  return { shown: rows.slice(page * ROWS, (page + 1) * ROWS), page, pages };
}

/** What was found, a page of it. */
export function foundModal({ query, rows, page: wanted, full, now, locale }: Found): ModalView {
  const { find, home } = wording(locale);
  const { shown, page, pages } = foundPage(rows, wanted);
  const to = (page: number) => encode({ v: 1, q: query, page } satisfies FoundMeta);
  const turning: KnownBlock[] = [
    context(home.pageOf(page + 1, pages)),
    actions('found-pages', [
      ...(page > 0 ? [button(HOME.earlier, find.earlier, to(page - 1))] : []),
      ...(page < pages - 1 ? [button(HOME.later, find.later, to(page + 1))] : []),
    ]),
  ];
  return modal({
    callback: VIEW.found,
    title: find.title,
    close: find.close,
    metadata: to(page),
    blocks: [
      section(rows.length === 0 ? find.none(query) : find.found(rows.length, query)),
      ...shown.flatMap((row) => [
        says(rowLine(row, now)),
        actions(`found-${row.drawn.state.number}`, [openButton(row.drawn)]),
      ]),
      ...(pages > 1 ? turning : []),
      ...(full ? [context(find.only(rows.length))] : []),
    ],
  });
}
