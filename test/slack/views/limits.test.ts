import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertMessage } from '../../../src/slack/views/alert.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { listMessage } from '../../../src/slack/views/lists.ts';
import { privateMessage } from '../../../src/slack/views/message.ts';
import { noticeModal } from '../../../src/slack/views/notice.ts';
import { emptyForm, requestForm } from '../../../src/slack/views/requestForm.ts';
import { callLine } from '../../../src/slack/views/story.ts';
import { hour, idOf, NAMES } from '../../support/cast.ts';
import { answered, conflicted, questioned, stageApproved, submitted, words } from '../../support/given.ts';
import { WIRING } from '../../support/policy.ts';
import { drawings, PINGS, typed, WIDE_RULES } from './hostile.ts';
import { readAll } from './pages.ts';
import { drawnAfter, pings, problemsOf, read, textPings } from './support.ts';
import { messagesOf, modalsOf, STAGES } from './surfaces.ts';

const PERSONS = (['ada', 'ben', 'olga', 'eve'] as const).map(idOf);

const RUNS = { numRuns: 25 };

describe('whatever people type', () => {
  it('Slack takes every message', () => {
    fc.assert(
      fc.property(drawings, ({ drawn, history }) => {
        for (const message of messagesOf(drawn, history.events)) expect(problemsOf(message)).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);

  it('Slack takes every modal', () => {
    fc.assert(
      fc.property(drawings, typed(3000), ({ drawn }, rationale) => {
        for (const view of modalsOf(drawn, rationale)) expect(problemsOf(view)).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);

  it('no message pings anybody, neither by its blocks nor by its text', () => {
    fc.assert(
      fc.property(drawings, ({ drawn, history }) => {
        for (const message of messagesOf(drawn, history.events))
          expect([...pings(message), ...textPings(message)]).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);

  it('the modals show every word of it as it was typed', () => {
    fc.assert(
      fc.property(drawings, ({ drawn }) => {
        const { rationale, impact, evidence, customer } = drawn.state;
        const shown = readAll(drawn);
        for (const words of [rationale, impact, evidence, customer])
          if (words?.text?.trim()) expect(shown).toContain(words.text);
      }),
      RUNS,
    );
  }, 60_000);

  it('the request form keeps it', () => {
    const values = {
      ...emptyForm(WIDE_RULES),
      policy: 'wide',
      category: 'wide',
      urgent: true,
      beneficiary: idOf('ben'),
    };
    const route = { tier: 'executive' as const, readers: 14, channel: '#exceptions-executive', dueAt: hour(72) };
    fc.assert(
      fc.property(typed(200), typed(3000), typed(20), (customer, text, figure) => {
        const view = requestForm({
          ...{ rules: WIDE_RULES, wiring: WIRING, names: {}, asked: '45', route },
          meta: { v: 1, origin: 'slash_command' },
          values: { ...values, customer, rationale: text, impact: text, evidence: text, deviation: figure },
        });
        expect(problemsOf(view)).toEqual([]);
        const json = JSON.stringify(view);
        for (const each of [customer, text, figure]) if (each) expect(json).toContain(JSON.stringify(each));
      }),
      RUNS,
    );
  });

  it('lists, notices and alerts stay within the limits and ping nobody', () => {
    fc.assert(
      fc.property(fc.array(drawings, { minLength: 1, maxLength: 3 }), typed(2000), (all, text) => {
        const rows = Array.from({ length: 30 }, (_, i) => all[i % all.length]).flatMap((one, i) =>
          one ? [{ drawn: { ...one.drawn, state: { ...one.drawn.state, number: i + 1 } }, task: null }] : [],
        );
        const parts = { waiting: rows, yours: rows, tasks: rows, holds: rows };
        const list = listMessage({ which: 'all', ...parts, now: hour(0) });
        const sentence = `Somebody wrote: ${text}`;
        for (const message of [list, alertMessage(sentence), privateMessage(sentence)]) {
          expect(problemsOf(message)).toEqual([]);
          expect([...pings(message), ...textPings(message)]).toEqual([]);
        }
        expect(problemsOf(noticeModal(text, text))).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);

  it('is on no surface parsed as markup', () => {
    fc.assert(
      fc.property(drawings, ({ drawn }) => {
        const marked = { ...drawn, names: Object.fromEntries(NAMES.map((name) => [idOf(name), '*MARK*'])) };
        for (const message of [approvalCard(marked), ...modalsOf(marked)])
          for (const markup of JSON.stringify(message.blocks).matchAll(/"type":"mrkdwn","text":"([^"]*)"/g))
            expect(markup[1]).not.toContain('MARK');
      }),
      RUNS,
    );
  }, 60_000);

  it('a mention somebody typed as a customer is read, not followed', () => {
    fc.assert(
      fc.property(drawings, fc.constantFrom(...PINGS), ({ drawn }, ping) => {
        const customer = { content: 'c', nonce: null, text: ping };
        const state = { ...drawn.state, customer };
        expect(read(approvalCard({ ...drawn, state }))).toContain(ping);
      }),
      RUNS,
    );
  });
});

describe('a request with more questions than a modal holds', () => {
  const worst = words('\u0001'.repeat(3000));
  const asked = Array.from({ length: 60 }, (_, i) => [
    { ...questioned(i + 1), words: words(`${i + 1}?${worst.text}`.slice(0, 3000)) },
    { ...answered(i + 1), words: worst },
  ]).flat();
  const full = drawnAfter(
    submitted({ rationale: worst, impact: worst, evidence: worst }),
    ...NAMES.map((name) => conflicted(name)),
    ...asked,
    { ...stageApproved('validation', 'olga'), rationale: worst },
    { ...stageApproved('authorization', 'lee'), rationale: worst },
  );

  it('shows all of them, on as many pages as they need, each of which Slack takes', () => {
    for (const view of modalsOf(full, worst.text ?? '')) expect(problemsOf(view)).toEqual([]);
    const shown = readAll(full);
    for (const question of ['60?', '\n1?']) expect(shown).toContain(question);
  });

  it('shows whoever decides the newest, and says how many Details has beside them', () => {
    const [view] = modalsOf(full).filter(({ callback_id }) => callback_id === 'decide');
    const shown = view ? read(view) : '';
    expect(shown).toContain('60?');
    expect(shown).toMatch(/\d+ earlier entries are left out here; Details shows them/);
  });
});

describe('the call of those whose turn it is', () => {
  it('pings the group and nobody else', () => {
    fc.assert(
      fc.property(drawings, fc.constantFrom(...STAGES), ({ drawn }, stage) => {
        const message = callLine(drawn, stage, { groupId: 'S0OPERATIONS', people: PERSONS });
        expect(pings(message)).toEqual(['S0OPERATIONS']);
        expect(problemsOf(message)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('pings the people where there is no group', () => {
    fc.assert(
      fc.property(drawings, ({ drawn }) => {
        const message = callLine(drawn, 'validation', { groupId: null, people: PERSONS });
        expect(pings(message).toSorted()).toEqual(PERSONS.toSorted());
      }),
      RUNS,
    );
  });
});
