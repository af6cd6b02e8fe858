import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../../src/core/events.ts';
import { decisionMeta, decode } from '../../../src/slack/carried.ts';
import { FIELD } from '../../../src/slack/ids.ts';
import { NO_ANSWERS } from '../../../src/slack/views/deciding.ts';
import { type DecisionModel, decisionModal } from '../../../src/slack/views/decision.ts';
import { hour, idOf } from '../../support/cast.ts';
import {
  answered,
  approve,
  confirmed,
  correct,
  given,
  hold,
  object,
  questioned,
  reading,
  release,
  sourcesSay,
  submitted,
  words,
} from '../../support/given.ts';
import { PROCEDURE, PROCEDURE_TEXT, policyWith, readPolicy } from '../../support/policy.ts';
import { buttons, drawn, drawnAfter, inputOf, labels, problemsOf, read } from './support.ts';

const all = submitted({
  ...{ rule: 'refund-window', deviation: '50', value: '12500', evidence: words('https://crm.test/7') },
  asksFor: { value: '45', standard: '30', unit: 'days' },
});
const deciding = (over: Partial<DecisionModel> = {}, ...events: Recorded[]) =>
  decisionModal({
    drawn: drawnAfter(all, ...events),
    now: hour(3),
    act: 'approve',
    seen: { round: 1, stage: events.length > 0 ? 'authorization' : 'validation', contentHash: 'f00' },
    ...{ couldAlsoAuthorize: false, stale: null, answers: NO_ANSWERS, latest: null, queued: false },
    ...over,
  });

describe('the decision modal', () => {
  const head = ({ title, submit, close }: ReturnType<typeof deciding>) => [title.text, submit?.text, close?.text];

  it('names the act', () => {
    expect(head(deciding())).toEqual(['Confirm details', 'Confirm', 'Not now']);
    expect(head(deciding({}, confirmed()))).toEqual(['Authorize exception', 'Authorize', 'Not now']);
    expect(head(deciding({ act: 'reject' }))).toEqual(['Reject request', 'Reject', 'Not now']);
  });

  it('says in a sentence what pressing the button means', () => {
    expect(read(deciding())).toMatch(/^You confirm the facts of EX-12; an executive decides whether it is allowed\./);
    expect(read(deciding({}, confirmed()))).toMatch(
      /^EX-12: you allow ACME GmbH 45 days instead of 30, worth \$12,500\./,
    );
    expect(read(deciding({ act: 'reject' }))).toMatch(/^You reject EX-12\. That ends the request; Ada is told/);
  });

  it('warns whoever could do both stages that this is the only one they can do', () => {
    const warning = 'If you confirm, you cannot authorize it.';
    expect(read(deciding({ couldAlsoAuthorize: true }))).toContain(warning);
    expect(read(deciding())).not.toContain(warning);
  });

  it('shows everything that is being approved, and what the validator wrote', () => {
    const shown = read(deciding({}, questioned(), answered(), confirmed()));
    for (const part of [
      ...['Ada', 'ACME GmbH', 'Refund window', '45 days (policy: 30)', '50 %', '$12,500', 'Customer request', 'Minor'],
      ...['They waited for six weeks.', 'We keep them.', 'https://crm.test/7', 'Which invoice?', 'Number 7.', 'Seen.'],
      'Refunds within 30 days of delivery.',
    ])
      expect(shown).toContain(part);
  });

  it('asks for the rationale, which is required, and offers to declare a conflict', () => {
    const view = deciding();
    expect(labels(view)).toEqual(['Rationale', 'Condition', 'Owner', 'Due']);
    expect(inputOf(view, FIELD.rationale)?.optional).toBe(false);
    expect(buttons(view)).toEqual(['Add another condition', 'Details', 'I have a conflict']);
    expect(labels(deciding({ act: 'reject' }))).toEqual(['Rationale']);
  });

  it('carries what its reader saw', () =>
    expect(decode(decisionMeta, deciding({}, confirmed()).private_metadata)).toEqual({
      ...{ v: 1, n: 12, act: 'approve' },
      seen: { round: 1, stage: 'authorization', contentHash: 'f00' },
    }));

  it('says what changed under its reader, and keeps what they typed', () => {
    const view = deciding({
      stale: ['value $9,000 → $12,500'],
      answers: { ...NO_ANSWERS, rationale: 'I looked at it.' },
    });
    expect(read(view)).toMatch(/^Changed while you read: value \$9,000 → \$12,500\./);
    expect(inputOf(view, FIELD.rationale)?.element.initial_value).toBe('I looked at it.');
    expect(read(deciding({ stale: [] }))).toMatch(/^Changed while you read\./);
  });
});

/** A request under the policy with a checklist and standard reasons. */
const underProcedure = (over: Partial<DecisionModel> = {}) =>
  deciding({ drawn: { ...drawnAfter(submitted()), rules: PROCEDURE }, ...over });

describe('whoever confirms the details', () => {
  it('ticks the checks of the policy, of which some are said to be required', () => {
    const view = underProcedure();
    expect(labels(view)).toEqual(['Checked', 'Standard reason', 'Rationale', 'Condition', 'Owner', 'Due']);
    const { options } = (inputOf(view, FIELD.checks)?.element ?? { options: [] }) as { options: object[] };
    expect(options).toMatchObject([
      { text: { text: 'The customer is who they say' }, description: { text: 'Required' } },
      { text: { text: 'The figures are right' } },
    ]);
    expect(options[1]).not.toHaveProperty('description');
  });

  it('need write nothing where a standard reason suffices', () =>
    expect(inputOf(underProcedure(), FIELD.rationale)?.optional).toBe(true));

  it('reads a standard reason whole, though an option is shorter than one', () => {
    const long = `${'word '.repeat(29)}end.`;
    const rules = readPolicy(policyWith('[Details checked.]', `["${long}"]`, PROCEDURE_TEXT)).rules;
    const view = underProcedure({ drawn: { ...drawnAfter(submitted()), rules } });
    expect(problemsOf(view)).toEqual([]);
    const { options } = (inputOf(view, FIELD.standardReason)?.element ?? { options: [] }) as {
      options: { text: { text: string }; description: { text: string } }[];
    };
    const [{ text, description } = { text: { text: '' }, description: { text: '' } }] = options;
    expect(`${text.text} ${description.text}`).toBe(long);
  });

  it('neither ticks nor takes a standard reason to reject', () =>
    expect(labels(underProcedure({ act: 'reject' }))).toEqual(['Rationale']));

  it('neither ticks nor takes a standard reason to authorize', () => {
    const drawing = { ...drawnAfter(submitted(), confirmed()), rules: PROCEDURE };
    const seen = { round: 1, stage: 'authorization' as const, contentHash: 'f00' };
    const view = deciding({ drawn: drawing, seen });
    expect(labels(view)).toEqual(['Rationale', 'Valid until', 'Valid from', 'Condition', 'Owner', 'Due']);
    expect(inputOf(view, FIELD.rationale)?.optional).toBe(false);
  });
});

describe('conditions', () => {
  const typed = { text: 'The device is back', owner: idOf('olga'), due: '2026-12-04' };

  it('keep what is filled in, are numbered where there are several, and end at five', () => {
    const two = deciding({ answers: { ...NO_ANSWERS, conditions: [typed, { text: null, owner: null, due: null }] } });
    expect(labels(two).slice(1, 5)).toEqual([
      'Condition 1',
      'Owner of condition 1',
      'Due date of condition 1',
      'Condition 2',
    ]);
    expect(JSON.stringify(two)).toContain('The device is back');
    expect(buttons(two)).toContain('Add another condition');
    const five = deciding({ answers: { ...NO_ANSWERS, conditions: Array(5).fill(typed) } });
    expect(problemsOf(five)).toEqual([]);
    expect(buttons(five)).not.toContain('Add another condition');
  });
});

describe('whoever authorizes reads first', () => {
  const weighed = () => {
    const story = given(submitted())
      .and('system', sourcesSay([reading('crm', '9000')]))
      .and('olga', correct({ deviation: '15' }), { at: hour(1) })
      .and('ada', object(2), { at: hour(1) })
      .and('olga', hold('regulatory'), { at: hour(2) })
      .and('cleo', release(1, 'proceed_with_conditions'), { at: hour(2) })
      .and('system', { ...sourcesSay([reading('crm', '12000')]), moment: 'authorization' } as never)
      .and(
        'olga',
        approve(
          'Seen and judged.',
          {},
          {
            conditions: [{ text: words('Only once.'), owner: idOf('otto'), due: '2026-12-04' }],
          },
        ),
      );
    if (!story.state) throw new Error('there is no request');
    return read(
      deciding({
        drawn: drawn(story.state),
        seen: { round: 2, stage: 'authorization', contentHash: 'f00' },
      }),
    );
  };

  it.each([
    ['what the sources say otherwise than before', 'crm, Revenue: 9000 → 12000'],
    ['what was corrected', 'deviation 12.5 % → 15 %'],
    ['why', 'The contract says so.'],
    ['what its owner says against it', 'It was not like that.'],
    ['what made it wait', 'because a regulation may apply'],
    ['how that was released', 'it may proceed with conditions'],
    ['on which conditions the details were confirmed', 'Only once.'],
    ['who owes them, and by when', 'for Otto by 4 Dec 2026'],
  ])('%s', (_, text) => expect(weighed()).toContain(text));

  it('what counts together with it', () => {
    const exposure = { numbers: [7, 9], deviation: '57', value: '2700' };
    const view = deciding({ drawn: drawnAfter({ ...all, exposure }, confirmed()) });
    expect(read(view)).toContain('Counts together with EX-7 and EX-9 of the same customer under the same policy: 57 %');
  });
});

describe('from the queue', () => {
  it('the other act and the next request are one press away', () => {
    expect(buttons(deciding({ queued: true }))).toEqual([
      ...['Add another condition', 'Reject instead', 'Details', 'I have a conflict', 'Skip'],
    ]);
    expect(buttons(deciding({ queued: true, act: 'reject' }))).toContain('Approve instead');
    expect(decode(decisionMeta, deciding({ queued: true }).private_metadata)).toMatchObject({ q: true });
  });
});
