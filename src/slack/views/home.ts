/** The Home tab: what is the reader's turn, what they asked for, what they have to do or to clear up. */
import type { Button, KnownBlock, View } from '@slack/types';
import type { Absence } from '../../core/cover.ts';
import type { Reminders } from '../../core/pings.ts';
import { openQuestion } from '../../core/request.ts';
import type { Instant } from '../../core/values.ts';
import { encode, type HomePage } from '../carried.ts';
import { ACTION, HOME } from '../ids.ts';
import { LIMIT } from '../limits.ts';
import { date, type Line, line } from '../mrkdwn.ts';
import { type Wording, wording } from '../wording/index.ts';
import { absencesOnHome } from './away.ts';
import { actions, button, context, divider, header, plain, says, section } from './blocks.ts';
import { deedButton } from './card.ts';
import { refOf } from './drawn.ts';
import { auditOnHome } from './every.ts';
import { remindersOnHome } from './reminders.ts';
import { isDecision, openButton, type Row, rowLine } from './rows.ts';

export type HomeModel = {
  waiting: Row[];
  yours: Row[];
  tasks: Row[];
  /** What the reader put off; shown in place of what waits where `showsSnoozed`. */
  snoozed: Row[];
  /** When the first of them comes back; null where there are none. */
  snoozedUntil: Instant | null;
  showsSnoozed: boolean;
  /** Pages from 0; one that is too high shows the last there is. */
  pages: Record<HomePage['part'], number>;
  /** When the reader began what they have not sent; null where there is nothing. */
  draft: Instant | null;
  /** What does not work, each with its remedy: for admins. */
  problems: string[];
  /** How often the reader wants to be reminded. */
  reminders: Reminders;
  person: string;
  /** Set for the reader: that they are away, or will be; with the names of who decides for them. */
  absences: Absence[];
  names: Readonly<Record<string, string>>;
  /** Executives name an assistant. */
  executive: boolean;
  /** Auditors read; nothing waits for them. */
  auditor: boolean;
  now: Instant;
  locale?: string | undefined;
};

const ROWS = 10;
const PROBLEMS = 5;

type Home = Extract<View, { type: 'home' }>;

export function homeView(model: HomeModel): Home {
  const { home } = wording(model.locale);
  const { waiting, yours, tasks, showsSnoozed, snoozed } = model;
  const queue = showsSnoozed ? snoozed : waiting;
  if (model.auditor) return auditorsHome(model);
  return {
    type: 'home',
    blocks: [
      ...top(model),
      ...problems(model),
      header(home.waiting(waiting.length)),
      ...part(model, 'waiting', queue, home.nothingWaits),
      ...(queue.length > 0 ? [bulkMenu(model)] : []),
      ...putOff(model),
      header(home.yours(yours.length)),
      ...part(model, 'yours', yours, home.nothingAsked),
      header(home.tasks(tasks.length)),
      ...part(model, 'tasks', tasks, home.nothingToDo),
      divider(),
      ...remindersOnHome(model.reminders, model.locale),
      context(home.asOf(date(model.now))),
      actions('home-refresh', [button(HOME.refresh, home.refresh, encode({ v: 1 }))]),
    ].slice(0, LIMIT.modalBlocks),
  };
}

/** They may ask for themselves; what others ask for is theirs to read alone. */
function auditorsHome(model: HomeModel): Home {
  const { home } = wording(model.locale);
  const { yours, locale, now } = model;
  return {
    type: 'home',
    blocks: [
      ...top(model),
      ...problems(model),
      ...auditOnHome(locale),
      header(home.yours(yours.length)),
      ...part(model, 'yours', yours, home.nothingAsked),
      context(home.asOf(date(now))),
      actions('home-refresh', [button(HOME.refresh, home.refresh, encode({ v: 1 }))]),
    ].slice(0, LIMIT.modalBlocks),
  };
}

/** For whoever is not of this workspace. */
export const outsideHome = (locale?: string): Home => ({
  type: 'home',
  blocks: [section(wording(locale).home.outsider)],
});

function top(model: HomeModel): KnownBlock[] {
  const { draft, absences, person, executive, locale } = model;
  const { home, away } = wording(locale);
  return [
    actions('home-top', [
      button(HOME.ask, home.ask, encode({ v: 1 }), 'primary'),
      button(HOME.away, away.button, encode({ v: 1 })),
      button(HOME.find, home.find, encode({ v: 1 })),
      ...(executive ? [button(HOME.assistant, away.assistant.button, encode({ v: 1 }))] : []),
    ]),
    ...absencesOnHome(absences, person, model),
    ...(draft
      ? [
          says(home.draft(date(draft))),
          actions('home-draft', [
            button(HOME.continue, home.continue, encode({ v: 1 })),
            button(HOME.discard, home.discard, encode({ v: 1 })),
          ]),
        ]
      : []),
  ];
}

function problems({ problems: all, locale }: HomeModel): KnownBlock[] {
  const { home } = wording(locale);
  if (all.length === 0) return [];
  const left = all.length - PROBLEMS;
  return [
    header(home.problems(all.length)),
    ...all.slice(0, PROBLEMS).map((text) => section(text)),
    ...(left > 0 ? [context(home.moreProblems(left))] : []),
  ];
}

/** One page of a part, with what turns the pages where there are more. */
function part(model: HomeModel, name: HomePage['part'], rows: Row[], none: string): KnownBlock[] {
  if (rows.length === 0) return [context(none)];
  const pages = Math.ceil(rows.length / ROWS);
  const page = Math.min(model.pages[name], pages - 1);
  const shown = rows.slice(page * ROWS, (page + 1) * ROWS);
  return [
    ...shown.flatMap((row, index) => rowBlocks(model, name, row, index)),
    ...(pages > 1 ? turning(model, name, page, pages) : []),
  ];
}

function turning({ locale }: HomeModel, part: HomePage['part'], page: number, pages: number): KnownBlock[] {
  const { home } = wording(locale);
  const to = (page: number) => encode({ v: 1, part, page } satisfies HomePage);
  return [
    context(home.pageOf(page + 1, pages)),
    actions(`home-${part}-pages`, [
      ...(page > 0 ? [button(HOME.previous, home.previous, to(page - 1))] : []),
      ...(page < pages - 1 ? [button(HOME.next, home.next, to(page + 1))] : []),
    ]),
  ];
}

function rowBlocks(model: HomeModel, part: HomePage['part'], row: Row, index: number): KnownBlock[] {
  const { state } = row.drawn;
  const { button: name, home } = wording(model.locale);
  const value = encode(refOf(row.drawn));
  const own = state.status === 'in_review' && part === 'yours';
  const { person } = model;
  return [
    says(rowLine(row, model.now)),
    // The same request can stand in several parts, and a ticked box must not stay ticked once it was dealt with.
    actions(`home-${part}-${state.number}-${index}-${Date.parse(model.now)}`, [
      ...(part === 'waiting' ? [tick(state.number, wording(model.locale))] : []),
      ...turnButtons(row, model),
      openButton(row.drawn),
      ...(own && person === state.owner
        ? [button(ACTION.amend, state.returned ? name.complete : home.change, value)]
        : []),
      ...(own && (person === state.owner || person === state.requester)
        ? [button(ACTION.withdraw, name.withdraw, value)]
        : []),
    ]),
  ];
}

/** What it is the reader's turn to do, without opening it first. */
function turnButtons({ drawn, task }: Row, { locale }: HomeModel): Button[] {
  const { button: name, home } = wording(locale);
  const value = encode(refOf(drawn));
  const question = openQuestion(drawn.state);
  if (isDecision(task)) return [button(HOME.decide, home.decide, value, 'primary')];
  if (task?.kind === 'complete_inputs') return [button(ACTION.amend, name.complete, value, 'primary')];
  if (task?.kind === 'pick_tier') return [deedButton(drawn, 'pick_tier', name.pickTier, undefined, 'primary')];
  if (task?.kind !== 'answer_question' || !question) return [];
  return [button(ACTION.answer, name.answer, encode({ v: 1, n: drawn.state.number, q: question.id }), 'primary')];
}

const tick = (number: number, { ex }: Wording) => ({
  type: 'checkboxes' as const,
  action_id: HOME.pick,
  options: [{ text: plain(ex(number), LIMIT.optionText), value: String(number) }],
});

export const BULK = ['take', 'snooze', 'reassign'] as const;
export type Bulk = (typeof BULK)[number];

const bulkMenu = ({ now, locale }: HomeModel): KnownBlock => {
  const { home } = wording(locale);
  return actions(`home-bulk-${Date.parse(now)}`, [
    {
      type: 'static_select',
      action_id: HOME.bulk,
      placeholder: plain(home.bulk, LIMIT.optionText),
      options: BULK.map((value) => ({ text: plain(home[value], LIMIT.optionText), value })),
    },
  ]);
};

function putOff({ snoozed, snoozedUntil, showsSnoozed, locale }: HomeModel): KnownBlock[] {
  const { home } = wording(locale);
  if (snoozedUntil === null) return [];
  const says: Line = line`${home.snoozed(snoozed.length, date(snoozedUntil))}`;
  const label = showsSnoozed ? home.hideSnoozed : home.showSnoozed;
  return [context(says), actions('home-snoozed', [button(HOME.snoozed, label, encode({ v: 1 }))])];
}
