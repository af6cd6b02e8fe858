import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/app/handle.ts';
import { SYSTEM } from '../../src/core/events.ts';
import type { ExceptionRequest } from '../../src/core/request.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  approve,
  authorized,
  confirmed,
  correct,
  expedite,
  given,
  handOver,
  object,
  picture,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';

const impact = words('We lose them.');
const hashOf = (state: ExceptionRequest | null) => (state ? contentHash(state) : '');

describe('an edit by the owner', () => {
  it('opens a new round, in which the details are to be confirmed again', () => {
    const when = given(submitted(), confirmed()).when('ada', amend({ impact }));
    when.thenEvents({ type: 'amended', by: idOf('ada'), at: hour(3), round: 2, tier: 'team_lead', dueAt: hour(24) });
    expect(when.request()).toMatchObject({ round: 2, stage: 'validation', impact });
  });

  it('says what each field was before and is now, and nothing else', () =>
    given(submitted())
      .when('ada', amend({ impact, value: '950', urgent: true, inputs: { contract: words('No. 7') } }))
      .thenEvents({
        type: 'amended',
        changes: [
          { field: 'value', before: '900', after: '950' },
          { field: 'impact', before: words('We keep them.'), after: impact },
          { field: 'inputs.contract', before: null, after: words('No. 7') },
          { field: 'urgent', before: 'no', after: 'yes' },
        ],
      }));

  it('is one also where another file bears the same name', () =>
    given(submitted({ files: [picture('F0BOX')] }))
      .when('ada', amend({ files: [picture('F0BAG')] }))
      .thenEvents({ type: 'amended', changes: [{ field: 'files', before: 'box.png', after: 'box.png' }] }));

  it('is refused where it changes nothing', () =>
    given(submitted())
      .when('ada', amend({ value: '900' }))
      .thenRefused('nothing_changed'));

  it('makes what was approved before count no more, and what is approved now another content', () => {
    const before = given(submitted(), confirmed('olga'));
    const after = before.and('ada', amend({ impact }));
    expect(hashOf(after.state)).not.toBe(hashOf(before.state));
    after.when('lee', approve('Seen.', { stage: 'authorization' })).thenRefused('not_in_role', {
      role: 'operations',
      stage: 'validation',
    });
    // The same person may confirm again: nobody decided in this round.
    after.when('olga', approve()).thenEvents({ type: 'stage_approved', round: 2 });
    const stale = { round: 1, contentHash: hashOf(before.state) };
    after.when('olga', approve('Seen.', stale)).thenRefused('changed_since');
  });

  it('is the owner’s alone, and only until it is decided', () => {
    given(submitted({ beneficiary: idOf('ben') }))
      .when('ben', amend({ impact }))
      .thenRefused('not_requester');
    const handed = given(submitted()).and('ada', handOver('zoe'));
    handed.when('ada', amend({ impact })).thenRefused('not_requester');
    handed.when('zoe', amend({ impact })).thenEvents({ type: 'amended', by: idOf('zoe') });
    given(submitted(), confirmed(), authorized())
      .when('ada', amend({ impact }))
      .thenRefused('request_over', { status: 'approved', by: idOf('lee'), at: hour(2) });
    given(submitted(), withdrawn())
      .when('ada', amend({ impact }))
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });

  it('moves it to the tier of the new figures, with that tier’s time from then on', () =>
    given(submitted())
      .when('ada', amend({ deviation: '50' }))
      .thenEvents({ type: 'amended', tier: 'executive', tierByDeviation: 'executive', dueAt: hour(3 + 72) }));

  it('calls the next tier where the value now exceeds the authority', () =>
    given(submitted())
      .when('ada', amend({ value: '10000.01' }))
      .thenEvents(
        { type: 'amended', tier: 'manager', tierByDeviation: 'team_lead', dueAt: hour(3 + 48) },
        { type: 'escalation_raised', by: SYSTEM, kind: 'authority_exceeded', role: 'managers', deadline: hour(51) },
      ));

  it('does not give an expedited request more time than it had', () => {
    const quick = given(submitted()).and('mia', expedite(), { at: hour(1) });
    quick.when('ada', amend({ deviation: '50' })).thenEvents({ type: 'amended', tier: 'executive', dueAt: hour(5) });
  });

  it('calls nobody twice about one deadline', () => {
    const quick = given(submitted()).and('mia', expedite(), { at: hour(1) });
    const back = quick.and('ada', amend({ value: '10001' })).and('ada', amend({ value: '1' }));
    back.when('ada', amend({ value: '10002' })).thenEvents({ type: 'amended', tier: 'manager' });
  });
});

describe('a correction by a validator', () => {
  it('gives a reason, opens a new round, and lets the validator confirm what they corrected', () => {
    const corrected = given(submitted()).and('olga', correct({ deviation: '20' }));
    given(submitted())
      .when('olga', correct({ deviation: '20' }))
      .thenEvents({
        type: 'corrected',
        by: idOf('olga'),
        round: 2,
        tier: 'manager',
        dueAt: hour(51),
        changes: [{ field: 'deviation', before: '12.5', after: '20' }],
        reason: words('The contract says so.'),
      });
    corrected.when('olga', approve()).thenEvents({ type: 'stage_approved', round: 2, stage: 'validation' });
  });

  it('is refused without a reason or a change, to strangers, and once the details are confirmed', () => {
    given(submitted())
      .when('olga', correct({ deviation: '20' }, ' '))
      .thenRefused('rationale_missing');
    given(submitted())
      .when('olga', correct({ deviation: '12.5' }))
      .thenRefused('nothing_changed');
    given(submitted())
      .when('lee', correct({ deviation: '20' }))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted({ requester: idOf('dora') }))
      .when('dora', correct({ deviation: '5' }))
      .thenRefused('self_approval', { as: 'requester' });
    given(submitted(), confirmed())
      .when('otto', correct({ deviation: '20' }))
      .thenRefused('changed_since');
  });

  it('to a confidential category makes the request confidential', () =>
    expect(given(submitted()).and('olga', correct({ category: 'health' }), { rules: PROCEDURE }).state).toMatchObject({
      category: 'health',
      confidential: true,
    }));

  it('to a category that needs more returns it with what is missing', () =>
    given(submitted())
      .when('olga', correct({ category: 'claim' }), { rules: PROCEDURE })
      .thenEvents({ type: 'corrected' }, { type: 'returned', by: SYSTEM, missing: ['photo', 'contract'] }));
});

describe('an objection to a correction', () => {
  const corrected = given(submitted()).and('olga', correct({ deviation: '20' }));

  it('is kept beside it, for whoever authorizes', () => {
    const when = corrected.when('ada', object());
    when.thenEvents({ type: 'correction_objected', by: idOf('ada'), round: 2, words: words('It was not like that.') });
    expect(when.request().amendments[0]).toMatchObject({ as: 'validator', objection: { by: idOf('ada') } });
  });

  it('does not undo a confirmation: it is no edit', () => {
    const confirmed = corrected.and('otto', approve());
    expect(confirmed.and('ada', object()).state).toMatchObject({ stage: 'authorization', round: 2 });
  });

  it('is the owner’s, about a correction, and says something', () => {
    corrected.when('zoe', object()).thenRefused('not_requester');
    corrected.when('ada', object(3)).thenRefused('no_such_correction');
    corrected.when('ada', object(2, '')).thenRefused('rationale_missing');
    given(submitted()).and('ada', amend({ impact })).when('ada', object(2)).thenRefused('no_such_correction');
  });
});
