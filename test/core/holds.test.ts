import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/core/events.ts';
import { hour, idOf, standingFor } from '../support/cast.ts';
import {
  approve,
  confirmed,
  conflicted,
  discrepancy,
  given,
  handOver,
  hold,
  reading,
  reject,
  release,
  sourcesSay,
  stageRejected,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';

const rules = { rules: PROCEDURE };
const over = { status: 'withdrawn', by: idOf('ada'), at: hour(1) };

describe('what the sources say', () => {
  const claim = given(submitted({ category: 'claim', inputs: { contract: words('7') } }));

  it('is kept, and nothing follows where they answer and agree', () => {
    const readings = [reading('crm', '900'), reading('billing', '900')];
    claim
      .when('system', sourcesSay(readings), rules)
      .thenEvents({ type: 'sources_read', moment: 'submission', readings });
    claim.when('system', sourcesSay([]), rules).thenNothing();
  });

  it('holds the request up for a day where a needed one says nothing', () =>
    claim
      .when('system', sourcesSay([reading('crm', '900'), reading('billing', null)]), rules)
      .thenEvents(
        { type: 'sources_read' },
        { type: 'hold_placed', by: SYSTEM, hold: 1, kind: 'data_unavailable', source: 'billing', dueAt: hour(48) },
      ));

  it('moves the deadline once a source', () => {
    const both = sourcesSay([reading('crm', null), reading('billing', null)]);
    const held = claim.and('system', both, rules);
    expect(held.state).toMatchObject({ dueAt: hour(72), holds: [{ source: 'crm' }, { source: 'billing' }] });
    held.when('system', both, rules).thenEvents({ type: 'sources_read' });
  });

  it('does not hold up a category that does not need them, nor one that was given by hand', () => {
    given(submitted())
      .when('system', sourcesSay([reading('billing', null)]), rules)
      .thenEvents({ type: 'sources_read' });
    given(submitted({ category: 'claim', inputs: { 'crm-data': words('Order 4711') } }))
      .when('system', sourcesSay([reading('crm', null)]), rules)
      .thenEvents({ type: 'sources_read' });
  });

  it('ends the hold of a source that answers after all', () => {
    const held = claim.and('system', sourcesSay([reading('billing', null)]), rules);
    const answer = reading('billing', '900');
    held
      .when('system', sourcesSay([answer]), rules)
      .thenEvents(
        { type: 'sources_read' },
        { type: 'hold_released', by: SYSTEM, hold: 1, outcome: 'answered', words: answer.content ?? words('') },
      );
  });

  it('is held against each other: a conflict is shown side by side', () =>
    claim
      .when(
        'system',
        sourcesSay([reading('crm', '900'), reading('billing', '1200')], [discrepancy('900', '1200')]),
        rules,
      )
      .thenEvents(
        { type: 'sources_read' },
        { type: 'hold_placed', kind: 'data_conflict', dueAt: hour(24), discrepancies: [discrepancy('900', '1200')] },
      ));

  it('is not asked about again while they say the same, nor once it was resolved', () => {
    const disagree = (billing: string) => sourcesSay([reading('billing', billing)], [discrepancy('900', billing)]);
    const held = claim.and('system', disagree('1200'), rules);
    held.when('system', disagree('1200'), rules).thenEvents({ type: 'sources_read' });
    const resolved = held.and('quinn', release(1, 'resolved'));
    resolved.when('system', disagree('1200'), rules).thenEvents({ type: 'sources_read' });
    resolved.when('system', disagree('1300'), rules).thenEvents({}, { type: 'hold_placed', hold: 2 });
  });

  it('changes nothing about what is decided', () =>
    given(submitted(), withdrawn())
      .when('system', sourcesSay([reading('billing', null)]), rules)
      .thenNothing());

  it('is named in the decision that is made on it, by what each said last', () => {
    const last = reading('crm', '950');
    claim
      .and('system', sourcesSay([reading('crm', '900'), reading('billing', null)]))
      .and('system', sourcesSay([last]))
      .when('olga', reject())
      .thenEvents({ type: 'stage_rejected', snapshots: [last.content?.content ?? ''] });
  });
});

describe('a hold that a person places', () => {
  it('says why, and makes approvals wait; rejecting does not', () => {
    const when = given(submitted()).when('olga', hold('regulatory'));
    when.thenEvents({ type: 'hold_placed', by: idOf('olga'), hold: 1, kind: 'regulatory', dueAt: hour(24) });
    const held = given(submitted()).and('olga', hold('regulatory')).and('olga', hold('data_conflict'));
    held.when('olga', approve()).thenRefused('on_hold', { kinds: ['regulatory', 'data_conflict'] });
    held.when('olga', reject()).thenEvents({ type: 'stage_rejected' });
    given(submitted())
      .when('olga', hold('regulatory', null, ''))
      .thenRefused('rationale_missing');
  });

  it('for data that is unavailable moves the deadline by a day, once a source', () => {
    const held = given(submitted()).and('olga', hold('data_unavailable', 'crm'));
    expect(held.state).toMatchObject({ dueAt: hour(48) });
    held.when('olga', hold('data_unavailable', 'crm')).thenEvents({ dueAt: hour(48) });
    held.when('olga', hold('data_unavailable', 'billing')).thenEvents({ dueAt: hour(72) });
  });

  it('may be placed by those whose turn it is, those who clear such holds up, and supervisors', () => {
    for (const who of ['olga', 'cleo', 'sam'] as const)
      given(submitted())
        .when(who, hold('regulatory'))
        .thenEvents({ type: 'hold_placed', by: idOf(who) });
    given(submitted())
      .when('quinn', hold('regulatory'))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted({ requester: idOf('sam') }))
      .when('sam', hold('regulatory'))
      .thenRefused('self_approval', { as: 'requester' });
    given(submitted(), withdrawn()).when('olga', hold('regulatory')).thenRefused('request_over', over);
  });
});

describe('releasing a hold', () => {
  it.each([
    ['data_unavailable', 'otto', ['alternate_documents', 'waived']],
    ['data_conflict', 'quinn', ['resolved']],
    ['regulatory', 'cleo', ['proceed', 'proceed_with_conditions']],
  ] as const)('%s is the matter of %s, with an outcome that fits it', (kind, who, outcomes) => {
    const held = given(submitted()).and('sam', hold(kind));
    for (const outcome of outcomes) {
      held.when(who, release(1, outcome)).thenEvents({ type: 'hold_released', by: idOf(who), hold: 1, outcome });
      held.and(who, release(1, outcome)).when('olga', approve()).thenEvents({ type: 'stage_approved' });
    }
    held.when(who, release(1, 'answered')).thenRefused('outcome_unfit');
    held.when(who, release(1, kind === 'regulatory' ? 'waived' : 'proceed')).thenRefused('outcome_unfit');
    held.when(who, release(1, outcomes[0], ' ')).thenRefused('rationale_missing');
    held.when('zoe', release(1, outcomes[0])).thenRefused('not_of', { role: held.state && ROLE[kind] });
  });

  it('is refused where there is none, twice, after the end, and to whom Slack does not vouch for', () => {
    const held = given(submitted()).and('olga', hold('regulatory'));
    held.when('cleo', release(2, 'proceed')).thenRefused('no_such_hold');
    held
      .and('cleo', release(1, 'proceed'))
      .when('cleo', release(1, 'proceed'))
      .thenRefused('hold_released', { by: idOf('cleo'), at: hour(3) });
    held
      .and('ada', { type: 'withdraw', reason: null })
      .when('cleo', release(1, 'proceed'))
      .thenRefused('request_over', { ...over, at: hour(3) });
    held
      .when('cleo', release(1, 'proceed'), { standing: standingFor('cleo', { person: { guest: true } }) })
      .thenRefused('not_eligible', { because: 'guest' });
  });

  it('is not for those whose request it is, nor for those with an interest in it', () => {
    const held = given(submitted()).and('olga', hold('regulatory'));
    const own = given(submitted({ requester: idOf('cleo') })).and('olga', hold('regulatory'));
    own.when('cleo', release(1, 'proceed')).thenRefused('self_approval', { as: 'requester' });
    held.and('ada', handOver('cleo')).when('cleo', release(1, 'proceed')).thenRefused('self_approval', { as: 'owner' });
    given(submitted(), conflicted('carl'))
      .and('olga', hold('regulatory'))
      .when('carl', release(1, 'proceed'))
      .thenRefused('conflict_of_interest');
  });
});

const ROLE = { data_unavailable: 'operations', data_conflict: 'data_quality', regulatory: 'compliance' } as const;

describe('when compliance says that it must not be', () => {
  const held = given(submitted(), confirmed('olga')).and('sam', hold('regulatory'));

  it('the request is rejected, by compliance and by what right', () => {
    const when = held.when('cleo', release(1, 'must_not', 'Sanctions.'));
    when.thenEvents(
      { type: 'hold_released', hold: 1, outcome: 'must_not', words: words('Sanctions.') },
      {
        type: 'stage_rejected',
        by: idOf('cleo'),
        stage: 'authorization',
        rationale: words('Sanctions.'),
        authority: expect.objectContaining({ role: 'compliance' }),
      },
    );
    expect(when.request()).toMatchObject({ status: 'rejected', by: idOf('cleo') });
  });

  it('names what the sources said', () => {
    const said = reading('crm', '900');
    held
      .and('system', sourcesSay([said]))
      .when('cleo', release(1, 'must_not'))
      .thenEvents({}, { type: 'stage_rejected', snapshots: [said.content?.content ?? ''] });
  });

  it('it is not said by whoever confirmed the details in the same round', () => {
    const confirmedBySame = given(submitted(), confirmed('carl')).and('sam', hold('regulatory'));
    confirmedBySame.when('carl', release(1, 'must_not')).thenRefused('same_person', { stage: 'authorization' });
    confirmedBySame.when('carl', release(1, 'proceed')).thenEvents({ type: 'hold_released' });
  });

  it('nothing is rejected a second time', () =>
    given(submitted(), stageRejected('validation', 'olga'))
      .when('cleo', release(1, 'must_not'))
      .thenRefused('no_such_hold'));
});
