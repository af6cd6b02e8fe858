import { describe, expect, it } from 'vitest';
import { coverOf, holds, mayDecide, mayStepAside, mayView, type Standing } from '../../src/core/standing.ts';
import { hour, idOf, type Name, standingFor } from '../support/cast.ts';
import {
  amend,
  answer,
  approve,
  complain,
  confirmed,
  deleteRemark,
  execute,
  given,
  remark,
  requestOf,
  submit,
  submitted,
  withdraw,
} from '../support/given.ts';
import { RULES } from '../support/policy.ts';

/** The standing of somebody who stands in for another. */
function standingIn(name: Name, absent: Name): Standing {
  const [from, until, setAt] = [hour(0), hour(9), hour(-1)];
  const absence = { id: 1, person: idOf(absent), from, until, delegate: idOf(name), setBy: idOf(absent), setAt };
  const behind = [{ id: idOf(absent), ...standingFor(absent) }];
  return { ...standingFor(name), cover: coverOf([absence], idOf(name), hour(1), behind) };
}

describe('an auditor', () => {
  it('sees every request, confidential or not, also without being in another group', () => {
    const alone = standingFor('audrey', { roles: { compliance: { member: false } } });
    for (const confidential of [false, true])
      expect(mayView(requestOf(submitted({ confidential })), idOf('audrey'), alone)).toBe(true);
  });

  it('decides nothing and does nothing in the groups that they are in', () => {
    const state = requestOf(submitted());
    expect(mayDecide(state, idOf('audrey'), standingFor('audrey'), RULES)).toMatchObject({ why: 'auditor' });
    expect(mayStepAside(state, idOf('audrey'), standingFor('audrey'))).toMatchObject({ why: 'auditor' });
    given(submitted()).when('audrey', approve()).thenRefused('auditor');
    given(submitted()).when('audrey', complain()).thenRefused('auditor');
    given(submitted()).when('audrey', remark()).thenRefused('auditor');
    expect(holds(standingFor('audrey'), 'compliance')).toBe(false);
  });

  it('asks for exceptions and looks after their own like anybody, but does not carry them out', () => {
    const own = given().and('audrey', submit());
    own.when('audrey', amend({ value: '700' })).thenEvents({ type: 'amended' });
    own.when('audrey', withdraw()).thenEvents({ type: 'withdrawn' });
    own.and('olga', { type: 'request_info', words: submitted().rationale }).when('audrey', answer()).thenEvents({
      type: 'info_answered',
    });
    own.when('audrey', approve()).thenRefused('auditor');
    own.and('olga', approve()).and('lee', approve()).when('audrey', execute()).thenRefused('auditor');
  });

  it('decides for nobody who is away, and nobody who stands in for them reads or decides in their groups', () => {
    const state = requestOf(submitted());
    expect(mayDecide(state, idOf('audrey'), standingIn('audrey', 'olga'), RULES)).toMatchObject({ why: 'auditor' });
    const zoe = standingIn('zoe', 'audrey');
    expect(mayDecide(state, idOf('zoe'), zoe, RULES)).toMatchObject({ why: 'not_in_role' });
    expect(mayView(state, idOf('zoe'), zoe)).toBe(false);
  });

  it('may take back words that they wrote before they were one, and nobody else’s', () => {
    const told = given(submitted(), confirmed()).and('zoe', remark());
    const audits = standingFor('zoe', { roles: { auditors: { member: true } } });
    told.when('zoe', deleteRemark(), { standing: audits }).thenEvents({ type: 'remark_deleted' });
    told.when('audrey', deleteRemark()).thenRefused('auditor');
  });
});
