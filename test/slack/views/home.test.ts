import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../../src/core/tasks.ts';
import { problemsOfView, viewTooLarge } from '../../../src/sandbox/blocks/surface.ts';
import { EVERY_ROWS, everyMessage, everyModal } from '../../../src/slack/views/every.ts';
import { type HomeModel, homeView } from '../../../src/slack/views/home.ts';
import { findModal, foundModal, reassignModal } from '../../../src/slack/views/homeModals.ts';
import { foundMessage, listMessage } from '../../../src/slack/views/lists.ts';
import type { Row } from '../../../src/slack/views/rows.ts';
import { hour, idOf } from '../../support/cast.ts';
import { requestOf, submitted, words } from '../../support/given.ts';
import { drawings } from './hostile.ts';
import { drawn, pings, problemsOf, read, textPings } from './support.ts';

const EMPTY: HomeModel = {
  ...{ absences: [], names: {}, executive: false, auditor: false },
  ...{ waiting: [], yours: [], tasks: [], snoozed: [], snoozedUntil: null, showsSnoozed: false },
  pages: { waiting: 0, yours: 0, tasks: 0 },
  ...{ draft: null, problems: [], reminders: 'each', person: idOf('ada'), now: hour(0) },
};
const shown = (model: Partial<HomeModel>) => read({ ...homeView({ ...EMPTY, ...model }), type: 'modal' } as never);

describe('Home', () => {
  it('fits into Slack’s hundred blocks, however much there is and whatever people typed', () => {
    fc.assert(
      fc.property(fc.array(drawings, { minLength: 1, maxLength: 3 }), (all) => {
        const rows = Array.from({ length: 35 }, (_, i): Row[] => {
          const one = all[i % all.length];
          const kind = TASKS[i % TASKS.length] ?? 'close';
          return one
            ? [
                {
                  drawn: { ...one.drawn, state: { ...one.drawn.state, number: i + 1 } },
                  task: { kind, due: hour(i - 5) },
                },
              ]
            : [];
        }).flat();
        const view = homeView({
          ...{ ...EMPTY, waiting: rows, tasks: rows, snoozed: rows, snoozedUntil: hour(20), draft: hour(-3) },
          yours: rows.map(({ drawn }) => ({ drawn, task: null })),
          pages: { waiting: 1, yours: 2, tasks: 99 },
          problems: Array.from({ length: 9 }, (_, i) => `Problem ${i}: ${'what to do about it '.repeat(20)}`),
        });
        expect(problemsOfView(view, 'home')).toEqual([]);
        expect(viewTooLarge(view)).toBe(false);
        expect(JSON.stringify(view.blocks)).toContain('Refresh');
        const found = foundModal({ query: 'x', rows, page: 1, full: true, now: hour(0) });
        expect(problemsOf(found)).toEqual([]);
        const { message } = foundMessage('<!channel>', rows, hour(0));
        expect(problemsOf(message)).toEqual([]);
        const reading = homeView({ ...EMPTY, auditor: true, yours: rows.map(({ drawn }) => ({ drawn, task: null })) });
        expect(problemsOfView(reading, 'home')).toEqual([]);
        const every = { which: 'all', rows: rows.slice(0, EVERY_ROWS), count: rows.length, now: hour(0) } as const;
        expect(problemsOf(everyModal({ ...every, page: 1 }))).toEqual([]);
        expect(problemsOf(everyMessage(every).message)).toEqual([]);
        expect([...pings(message), ...textPings(message)]).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('has modals that Slack takes', () => {
    for (const modal of [findModal(), reassignModal([1]), reassignModal(Array.from({ length: 10 }, (_, i) => i + 1))])
      expect(problemsOf(modal)).toEqual([]);
  });

  it('says what is to be done, by when, and what is overdue', () => {
    const request = drawn(requestOf(submitted({ customer: words('ACME') })));
    const row = (kind: (typeof TASKS)[number], due: number): Row => ({
      drawn: request,
      task: { kind, due: hour(due) },
    });
    const text = shown({ waiting: [row('confirm_details', 3)], tasks: [row('close', -3)] });
    expect(text).toMatch(/EX-\d+ ACME, .*: confirm the details, by/);
    expect(text).toMatch(/EX-\d+ ACME, .*: close the record, overdue since/);
  });

  it('shows nothing of a confidential request but its number, tier and deadline; nor do lists', () => {
    const hidden = drawn(requestOf(submitted({ customer: words('ACME'), confidential: true, urgent: true })));
    const row: Row = { drawn: hidden, task: { kind: 'authorize', due: hour(2) } };
    const list = listMessage({
      ...{ which: 'all', waiting: [row], yours: [{ drawn: hidden, task: null }], tasks: [], holds: [], now: hour(0) },
    });
    for (const text of [shown({ waiting: [row], yours: [{ drawn: hidden, task: null }] }), read(list), list.text]) {
      expect(text).not.toContain('ACME');
      // As a row is marked; what Home says of reminders is no row.
      expect(text.toLowerCase()).not.toContain('urgent, ');
    }
    expect(read(list)).toMatch(/EX-\d+ Confidential request \(\w+/);
  });
});
