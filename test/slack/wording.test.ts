import { describe, expect, it } from 'vitest';
import { type Refusal, refuse } from '../../src/core/refusal.ts';
import { formatOf } from '../../src/slack/wording/format.ts';
import { refusalText, wording } from '../../src/slack/wording/index.ts';
import { hour, idOf } from '../support/cast.ts';
import { confirmed, requestOf, submitted } from '../support/given.ts';
import { WIRING } from '../support/policy.ts';
import { CAST_NAMES } from './views/support.ts';

const facts = { number: 12, state: requestOf(submitted(), confirmed()), wiring: WIRING, names: CAST_NAMES };
const by = { by: idOf('lee'), at: hour(1) };

/** One of each; a new refusal does not compile until it stands here. */
const REFUSALS: { [W in Refusal['why']]: Extract<Refusal, { why: W }>[] } = {
  not_found: [{ refused: true, why: 'not_found' }],
  not_eligible: (['outsider', 'guest', 'bot', 'deactivated', 'unknown'] as const).map((because) => ({
    refused: true,
    why: 'not_eligible',
    because,
  })),
  directory_stale: [{ refused: true, why: 'directory_stale' }],
  role_unknown: [{ refused: true, why: 'role_unknown', role: 'managers' }],
  not_in_role: [
    { refused: true, why: 'not_in_role', role: 'managers', stage: 'authorization' },
    { refused: true, why: 'not_in_role', role: 'operations', stage: 'validation' },
  ],
  auditor: [{ refused: true, why: 'auditor' }],
  not_auditor: [{ refused: true, why: 'not_auditor' }],
  look_not_recorded: [{ refused: true, why: 'look_not_recorded' }],
  week_not_reported: [{ refused: true, why: 'week_not_reported' }],
  not_signer: [{ refused: true, why: 'not_signer' }],
  already_signed_off: [{ refused: true, why: 'already_signed_off', ...by }],
  self_approval: [
    { refused: true, why: 'self_approval', as: 'requester' },
    { refused: true, why: 'self_approval', as: 'beneficiary' },
    { refused: true, why: 'self_approval', as: 'owner' },
    { refused: true, why: 'self_approval', as: 'requester', through: idOf('ben') },
    { refused: true, why: 'self_approval', as: 'beneficiary', through: idOf('ben') },
    { refused: true, why: 'self_approval', as: 'owner', through: idOf('ben') },
  ],
  same_person: [
    { refused: true, why: 'same_person', stage: 'authorization' },
    { refused: true, why: 'same_person', stage: 'authorization', through: idOf('ben') },
  ],
  conflict_of_interest: [{ refused: true, why: 'conflict_of_interest' }],
  already_decided: [
    { refused: true, why: 'already_decided', stage: 'validation', outcome: 'approved', ...by },
    { refused: true, why: 'already_decided', stage: 'authorization', outcome: 'rejected', ...by },
  ],
  request_over: (['approved', 'rejected', 'withdrawn'] as const).map((status) => ({
    ...{ refused: true, why: 'request_over', status },
    ...by,
  })),
  changed_since: [{ refused: true, why: 'changed_since' }],
  rationale_missing: [{ refused: true, why: 'rationale_missing' }],
  not_requester: [{ refused: true, why: 'not_requester' }],
  no_such_question: [{ refused: true, why: 'no_such_question' }],
  question_answered: [{ refused: true, why: 'question_answered' }],
  not_supervisor: [{ refused: true, why: 'not_supervisor' }],
  no_such_escalation: [{ refused: true, why: 'no_such_escalation' }],
  already_acknowledged: [{ refused: true, why: 'already_acknowledged', ...by }],
  nudged_just_now: [{ refused: true, why: 'nudged_just_now', ...by }],
  not_of: [{ refused: true, why: 'not_of', role: 'operations' }],
  record_closed: [{ refused: true, why: 'record_closed', ...by }],
  nothing_changed: [{ refused: true, why: 'nothing_changed' }],
  returned: [{ refused: true, why: 'returned', ...by }],
  nothing_missing: [{ refused: true, why: 'nothing_missing' }],
  on_hold: [
    { refused: true, why: 'on_hold', kinds: ['regulatory'] },
    { refused: true, why: 'on_hold', kinds: ['data_unavailable', 'data_conflict'] },
  ],
  sources_pending: [{ refused: true, why: 'sources_pending', sources: ['crm'] }],
  no_such_hold: [{ refused: true, why: 'no_such_hold' }],
  hold_released: [{ refused: true, why: 'hold_released', ...by }],
  outcome_unfit: [{ refused: true, why: 'outcome_unfit' }],
  tier_unset: [{ refused: true, why: 'tier_unset' }],
  tier_known: [{ refused: true, why: 'tier_known' }],
  checks_missing: [{ refused: true, why: 'checks_missing', checks: ['identity'] }],
  not_yours_to_take_back: [{ refused: true, why: 'not_yours_to_take_back' }],
  no_such_correction: [{ refused: true, why: 'no_such_correction' }],
  already_yours: [{ refused: true, why: 'already_yours' }],
  already_expedited: [{ refused: true, why: 'already_expedited', ...by }],
  due_sooner: [{ refused: true, why: 'due_sooner', dueAt: hour(2) }],
  question_waits: [{ refused: true, why: 'question_waits', until: hour(2) }],
  question_open: [{ refused: true, why: 'question_open' }],
  no_such_remark: [{ refused: true, why: 'no_such_remark' }],
  not_approved: [{ refused: true, why: 'not_approved' }],
  already_executed: [{ refused: true, why: 'already_executed', ...by }],
  no_such_condition: [{ refused: true, why: 'no_such_condition' }],
  condition_met: [{ refused: true, why: 'condition_met', ...by }],
  incomplete: [
    {
      refused: true,
      why: 'incomplete',
      lacks: [
        { what: 'execution' },
        { what: 'cause' },
        { what: 'condition', condition: 2 },
        { what: 'file', name: 'contract.pdf' },
      ],
    },
  ],
  not_closed: [{ refused: true, why: 'not_closed' }],
  already_ended: (['expired', 'condition', 'revoked'] as const).map((how) => ({
    ...{ refused: true, why: 'already_ended', how },
    ...by,
  })),
  validity_unfit: [
    { refused: true, why: 'validity_unfit', because: 'passed' },
    { refused: true, why: 'validity_unfit', because: 'reversed' },
  ],
  validity_too_long: [{ refused: true, why: 'validity_too_long', latest: '2027-03-03' }],
  not_yours_to_renew: [{ refused: true, why: 'not_yours_to_renew' }],
  no_end: [{ refused: true, why: 'no_end' }],
  renewed_already: [{ refused: true, why: 'renewed_already', renewal: 31 }],
  renewals_used_up: ([0, 1, 2] as const).map((allowed) => ({ refused: true, why: 'renewals_used_up', allowed })),
  no_tier_above: [{ refused: true, why: 'no_tier_above' }],
  already_checked: [{ refused: true, why: 'already_checked', ...by }],
  not_over: (['in_review', 'approved'] as const).map((status) => ({ refused: true, why: 'not_over', status })),
  nothing_to_erase: [{ refused: true, why: 'nothing_to_erase' }],
};
const ALL: Refusal[] = Object.values(REFUSALS).flat();

/** What a person can do next, or that there is nothing to do. */
const NEXT_STEP =
  /\b(ask|check|press|open|write|try|tell|use|read|you need do nothing|has to (decide|authorize)|send it again)\b/i;

describe('a refusal', () => {
  it.each(ALL.map((refusal) => [JSON.stringify(refusal), refusal] as const))(
    '%s says what happened and what to do next',
    (_, refusal) => {
      for (const known of [facts, { number: null }]) {
        const text = refusalText(refusal, known);
        expect(text).toMatch(NEXT_STEP);
        expect(text).toMatch(/^\S.*\.$/);
        expect(text).not.toMatch(/undefined|null|\[object|not_|error|invalid|denied|illegal/i);
      }
    },
  );

  it('names who may decide instead', () => {
    const refusal = refuse({ why: 'not_in_role', role: 'managers', stage: 'authorization' });
    expect(refusalText(refusal, facts)).toMatch(/^Only members of @managers can authorize EX-12\. /);
    expect(refusalText(refuse({ why: 'self_approval', as: 'requester' }), facts)).toContain('One of @team-leads will');
  });

  it('names people where the policy lists people', () => {
    const listed = { ...WIRING, groups: { ...WIRING.groups, managers: [idOf('mia'), idOf('dora')] } };
    const refusal = refuse({ why: 'not_in_role', role: 'managers', stage: 'authorization' });
    expect(refusalText(refusal, { ...facts, wiring: listed })).toMatch(/^Only Mia and Dora can authorize EX-12\./);
  });

  it('says what a role does where the policy has only its id', () => {
    const byId = { ...WIRING, groups: { ...WIRING.groups, managers: 'S0MANAGERS' } };
    const refusal = refuse({ why: 'not_in_role', role: 'managers', stage: 'authorization' });
    expect(refusalText(refusal, { ...facts, wiring: byId })).toMatch(/^Only the managers can authorize EX-12\./);
  });

  it('writes times in the zone of the policy', () => {
    const refusal = refuse({ why: 'already_acknowledged', ...by });
    expect(refusalText(refusal, facts)).toContain('Mon 23 Nov, 11:00 CET');
  });
});

describe('figures', () => {
  const format = formatOf('en', 'en-GB');

  it('lose no digit, however many there are', () => {
    expect(format.money('12345678901234567890.1234', 'USD')).toBe('$12,345,678,901,234,567,890.1234');
    expect(format.number('9007199254740993')).toBe('9,007,199,254,740,993');
    expect(format.percent('49.99')).toBe('49.99 %');
  });

  it('have no cents where there are none, and all of them where there are', () => {
    expect(format.money('12500', 'EUR')).toBe('€12,500');
    expect(format.money('12500.5', 'EUR')).toBe('€12,500.50');
  });

  it('are lengths of time in the largest unit that fits them whole, days as people write them in policies: by the hour', () => {
    const lengths = [45_000, 90 * 60_000, 60 * 60_000, 4 * 3_600_000, 48 * 3_600_000];
    expect(lengths.map(format.duration)).toEqual(['45 seconds', '90 minutes', '1 hour', '4 hours', '48 hours']);
  });
});

describe('a locale', () => {
  it('that is not there yet reads English', () => {
    expect(wording('ja-JP')).toBe(wording('en'));
    expect(wording('en-GB')).toBe(wording());
    expect(wording('constructor')).toBe(wording());
  });
});
