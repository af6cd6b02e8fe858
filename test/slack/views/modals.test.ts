import { describe, expect, it } from 'vitest';
import { decisionMeta, decode, FIELD } from '../../../src/slack/ids.ts';
import { type DecisionModel, decisionModal } from '../../../src/slack/views/decision.ts';
import { detailsModal } from '../../../src/slack/views/details.ts';
import { answerModal, requestInfoModal } from '../../../src/slack/views/questions.ts';
import { withdrawModal } from '../../../src/slack/views/withdraw.ts';
import { hour } from '../../support/cast.ts';
import {
  acknowledged,
  answered,
  confirmed,
  nudged,
  questioned,
  raised,
  stageRejected,
  submitted,
  words,
} from '../../support/given.ts';
import { buttons, drawnAfter, labels, read } from './support.ts';

const all = submitted({
  ...{ rule: 'refund-window', deviation: '50', value: '12500', evidence: words('https://crm.test/7') },
  asksFor: { value: '45', standard: '30', unit: 'days' },
});
const deciding = (over: Partial<DecisionModel> = {}, ...events: Parameters<typeof drawnAfter>) =>
  decisionModal({
    drawn: drawnAfter(all, ...events),
    act: 'approve',
    seen: { round: 1, stage: events.length > 0 ? 'authorization' : 'validation', contentHash: 'f00' },
    ...{ couldAlsoAuthorize: false, stale: null, rationale: '', ...over },
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
    expect(labels(view)).toEqual(['Rationale']);
    expect(inputOf(view, FIELD.rationale)?.optional).toBe(false);
    expect(buttons(view)).toEqual(['I have a conflict']);
  });

  it('carries what its reader saw', () =>
    expect(decode(decisionMeta, deciding({}, confirmed()).private_metadata)).toEqual({
      ...{ v: 1, n: 12, act: 'approve' },
      seen: { round: 1, stage: 'authorization', contentHash: 'f00' },
    }));

  it('says what changed under its reader, and keeps what they typed', () => {
    const view = deciding({ stale: ['value $9,000 → $12,500'], rationale: 'I looked at it.' });
    expect(read(view)).toMatch(/^Changed while you read: value \$9,000 → \$12,500\./);
    expect(inputOf(view, FIELD.rationale)?.element.initial_value).toBe('I looked at it.');
    expect(read(deciding({ stale: [] }))).toMatch(/^Changed while you read\./);
  });
});

describe('details', () => {
  const nothing = { approve: false, reject: false, requestInfo: false, withdraw: false, answer: null };

  it('offers its reader what they can do, and nothing else', () => {
    expect(buttons(detailsModal(drawnAfter(all), nothing))).toEqual([]);
    expect(buttons(detailsModal(drawnAfter(all), { ...nothing, withdraw: true }))).toEqual(['Withdraw']);
    expect(buttons(detailsModal(drawnAfter(all, questioned()), { ...nothing, answer: 1 }))).toEqual(['Answer']);
    expect(
      buttons(detailsModal(drawnAfter(all), { ...nothing, approve: true, reject: true, requestInfo: true })),
    ).toEqual([...['Approve', 'Reject', 'Request info', 'I have a conflict']]);
  });

  it('tells what happened in order, with who and when', () => {
    const shown = read(
      detailsModal(
        drawnAfter(
          ...[submitted(), questioned(), answered(), raised('sla_imminent'), acknowledged('sla_imminent', 'sam')],
          ...[nudged('sla_imminent', 'sue'), stageRejected('validation', 'otto', hour(24))],
        ),
        nothing,
      ),
    );
    expect(shown.slice(shown.indexOf('What happened so far')).split('\n')).toEqual([
      'What happened so far',
      'Nov 23, 2026 09:00: Ada asked for it',
      'Nov 23, 2026 10:00: Olga asked a question',
      'Nov 23, 2026 11:00: Ada answered it',
      'Nov 24, 2026 07:00: The deadline came near. Told: @ops-supervisors',
      'Nov 24, 2026 08:00: Sam took charge of the reminder',
      'Nov 24, 2026 08:00: Sue sent a nudge',
      'Nov 24, 2026 09:00: Otto rejected it instead of confirming the details',
    ]);
  });
});

describe('the small modals', () => {
  it('have one labelled box each', () => {
    const asked = drawnAfter(all, questioned());
    expect(labels(requestInfoModal(asked))).toEqual(['Question']);
    expect(labels(answerModal(asked, 1))).toEqual(['Answer']);
    expect(labels(withdrawModal(asked))).toEqual(['Reason']);
    expect(inputOf(withdrawModal(asked), FIELD.reason)?.optional).toBe(true);
  });

  it('do not ask for an answer that is no longer needed', () => {
    const view = answerModal(drawnAfter(all, questioned(), answered()), 1);
    expect(labels(view)).toEqual([]);
    expect(read(view)).toContain('needs no answer any more');
  });
});
