import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/core/events.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  approve,
  correct,
  given,
  pickTier,
  raised,
  reject,
  submit,
  submitted,
  words,
} from '../support/given.ts';

const other = { rule: 'other', otherRule: words('Parking') } as const;
const unmeasured = submitted({ deviation: null });

describe('where the figures cannot tell the tier', () => {
  it.each([
    ['no deviation can be given', unmeasured],
    ['the rule is not listed', submitted({ ...other, deviation: '12.5' })],
  ])('because %s, nothing is confirmed until operations picks one', (_why, asked) => {
    given(asked).when('olga', approve()).thenRefused('tier_unset');
    given(asked).when('olga', reject()).thenEvents({ type: 'stage_rejected' });
    const picked = given(asked).and('olga', pickTier('manager'));
    expect(picked.state).toMatchObject({ tier: 'manager', tierPicked: { by: idOf('olga'), tier: 'manager' } });
    picked.when('olga', approve()).thenEvents({ type: 'stage_approved' });
  });

  it('a correction that names a listed rule lets go of the name that stood for it', () => {
    const corrected = given(submitted({ ...other, deviation: '12.5' })).and('olga', correct({ rule: 'refund' }));
    expect(corrected.state).toMatchObject({ rule: 'refund', otherRule: null, tierPicked: null });
    corrected.when('olga', approve()).thenEvents({ type: 'stage_approved' });
  });

  it('operations picks it with a reason, and the tier’s time begins', () => {
    given(unmeasured)
      .when('olga', pickTier('executive'))
      .thenEvents({
        type: 'tier_picked',
        by: idOf('olga'),
        round: 2,
        tier: 'executive',
        dueAt: hour(75),
        reason: words('Such cases are theirs.'),
      });
    given(unmeasured).when('olga', pickTier('executive', ' ')).thenRefused('rationale_missing');
    given(unmeasured)
      .when('lee', pickTier('team_lead'))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(unmeasured)
      .and('olga', pickTier('manager'))
      .and('olga', approve())
      .when('otto', pickTier('executive'))
      .thenRefused('changed_since');
  });

  it('may be picked anew until the details are confirmed', () =>
    given(unmeasured)
      .and('olga', pickTier('manager'))
      .when('otto', pickTier('team_lead'))
      .thenEvents({ type: 'tier_picked', round: 3, tier: 'team_lead' }));

  it('is not picked below what the figures say, nor below the authority that the value needs', () => {
    given(submitted({ ...other, deviation: '60' }))
      .when('olga', pickTier('team_lead'))
      .thenEvents({ type: 'tier_picked', tier: 'executive' });
    given(submitted({ deviation: null, value: '50000' }))
      .when('olga', pickTier('team_lead'))
      .thenEvents({ type: 'tier_picked', tier: 'manager', tierByDeviation: 'team_lead' });
    given(unmeasured)
      .and('olga', pickTier('team_lead'))
      .when('ada', amend({ value: '50000' }))
      .thenEvents(
        { type: 'amended', tier: 'manager' },
        { type: 'escalation_raised', by: SYSTEM, kind: 'authority_exceeded' },
      );
  });

  it('falls back to what was picked once the value is lowered again', () =>
    given(submitted({ deviation: null, value: '200000' }), { ...raised('authority_exceeded'), role: 'executives' })
      .and('olga', pickTier('manager'))
      .when('ada', amend({ value: '10' }))
      .thenEvents({ type: 'amended', tier: 'manager' }));

  it('is not picked where the figures tell it', () =>
    given(submitted()).when('olga', pickTier('executive')).thenRefused('tier_known'));

  it('is that of the figures as soon as they can tell it', () => {
    const measured = given(unmeasured)
      .and('olga', pickTier('executive'))
      .and('otto', correct({ deviation: '12.5' }));
    expect(measured.state).toMatchObject({ tier: 'team_lead', tierPicked: null });
    measured.when('olga', approve()).thenEvents({ type: 'stage_approved' });
  });
});

describe('several requests of one customer under one rule', () => {
  /** Two of 19 % for 900 each, asked for before. */
  const exposure = { numbers: [3, 7], deviation: '38', value: '1800' };

  it('count together: three times 19 % is not a team lead’s matter three times', () =>
    given()
      .when('ada', submit({ deviation: '19' }), { exposure, at: hour(0) })
      .thenEvents({
        type: 'submitted',
        tier: 'executive',
        tierByDeviation: 'executive',
        dueAt: hour(72),
        exposure: { numbers: [3, 7], deviation: '57', value: '2700' },
      }));

  it('count together in value too', () =>
    given()
      .when('ada', submit({ deviation: '1', value: '900' }), {
        exposure: { numbers: [3], deviation: '1', value: '9100.01' },
      })
      .thenEvents(
        { type: 'submitted', tier: 'manager', tierByDeviation: 'team_lead' },
        { type: 'escalation_raised', kind: 'authority_exceeded', role: 'managers' },
      ));

  it('count together after an edit, with its new figures', () =>
    given(submitted({ deviation: '19' }))
      .when('ada', amend({ deviation: '5' }), { exposure })
      .thenEvents({ type: 'amended', tier: 'manager', exposure: { numbers: [3, 7], deviation: '43', value: '2700' } }));

  it('leave a request alone that has no others', () =>
    given()
      .when('ada', submit({ deviation: '19' }), { exposure: { numbers: [], deviation: '0', value: '0' } })
      .thenEvents({ type: 'submitted', tier: 'team_lead', exposure: null }));

  it('do not lower a tier', () =>
    given()
      .when('ada', submit({ deviation: '50' }), { exposure: { numbers: [3], deviation: '-40', value: '0' } })
      .thenEvents({ type: 'submitted', tier: 'executive' }));
});
