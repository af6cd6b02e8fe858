import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/core/events.ts';
import { missingInputs, requiredInputs } from '../../src/core/inputs.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  approve,
  confirmed,
  correct,
  form,
  given,
  picture,
  reading,
  reject,
  sendBack,
  sourcesSay,
  submit,
  submitted,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';

const rules = { rules: PROCEDURE };
const contract = { contract: words('Frame contract 7') };
const complete = { inputs: contract, files: [picture()] };
const missing = (over: Parameters<typeof form>[0]) => missingInputs(PROCEDURE, form(over));

describe('what a category needs', () => {
  it('is listed in the policy’s order, whatever the category’s', () =>
    expect(requiredInputs(PROCEDURE, 'claim').map(({ id }) => id)).toEqual(['crm-data', 'photo', 'contract']));

  it('is nothing where the policy says nothing', () => {
    expect(requiredInputs(PROCEDURE, 'customer')).toEqual([]);
    expect(missing({ category: 'customer' })).toEqual([]);
  });

  it('is missing until it is given, in a field of its own or in that of the form', () => {
    expect(missing({ category: 'claim' })).toEqual(['photo', 'contract']);
    expect(missing({ category: 'claim', evidence: words('https://files.test/box') })).toEqual(['contract']);
    expect(missing({ category: 'claim', files: [picture()] })).toEqual(['contract']);
    expect(missing({ category: 'claim', inputs: contract })).toEqual(['photo']);
    expect(missing({ category: 'claim', ...complete })).toEqual([]);
  });

  it('is not missing where a source gives it: where the source does not, a hold says so', () =>
    expect(missing({ category: 'claim' })).not.toContain('crm-data'));

  it.each([
    ['policy', { rule: 'other' }, { rule: 'other', otherRule: words('Parking') }],
    ['customer', { customer: null }, { customer: words('ACME') }],
  ] as const)('may be the field %s of the form', (field, without, having) => {
    const input = { id: 'it', name: 'It', why: 'For us.', example: 'This', field };
    const [first] = PROCEDURE.categories;
    const categories = first ? [{ ...first, inputs: ['it'] }] : [];
    const needs = { ...PROCEDURE, inputs: [input], categories };
    expect(missingInputs(needs, form(without))).toEqual(['it']);
    expect(missingInputs(needs, form(having))).toEqual([]);
  });
});

describe('an incomplete request', () => {
  it('is returned at once with what is missing', () =>
    given()
      .when('ada', submit({ category: 'claim' }), { ...rules, at: hour(0) })
      .thenEvents(
        { type: 'submitted' },
        { type: 'returned', by: SYSTEM, at: hour(0), missing: ['photo', 'contract'], words: null },
      ));

  it('is not when it is complete', () =>
    given()
      .when('ada', submit({ category: 'claim', ...complete }), rules)
      .thenEvents({ type: 'submitted' }));

  const returned = given().and('ada', submit({ category: 'claim' }), { ...rules, at: hour(1) });

  it('is not approved until its owner has completed it; it may be rejected', () => {
    const facts = { by: SYSTEM, at: hour(1) };
    returned.when('olga', approve(), rules).thenRefused('returned', facts);
    returned.when('olga', reject(), rules).thenEvents({ type: 'stage_rejected' });
  });

  it('is returned again as long as something is missing', () =>
    returned
      .when('ada', amend({ inputs: contract }), rules)
      .thenEvents({ type: 'amended' }, { type: 'returned', missing: ['photo'] }));

  it('goes on once it is complete', () => {
    const completed = returned.and('ada', amend(complete), rules);
    expect(completed.state).toMatchObject({ returned: null, stage: 'validation', round: 2 });
    const heard = sourcesSay([reading('crm', '1'), reading('billing', '1')]);
    completed
      .and('system', heard, rules)
      .when('olga', approve('Checked.', {}, { checks: ['identity'] }), rules)
      .thenEvents({ type: 'stage_approved' });
  });

  it('waits for the sources that it cannot be judged without, until each was heard once', () => {
    const given = returned.and('ada', amend(complete), rules).and('system', sourcesSay([reading('crm', '1')]), rules);
    given
      .when('olga', approve('Checked.', {}, { checks: ['identity'] }), rules)
      .thenRefused('sources_pending', { sources: ['billing'] });
    given.when('olga', reject(), rules).thenEvents({ type: 'stage_rejected' });
  });

  it('goes on where a correction shows that nothing was needed', () =>
    expect(returned.and('olga', correct({ category: 'customer' }), rules).state).toMatchObject({ returned: null }));
});

describe('returning by hand', () => {
  it('ticks what is missing or says it in words, at either stage', () => {
    given(submitted())
      .when('olga', sendBack(['photo']))
      .thenEvents({ type: 'returned', by: idOf('olga'), missing: ['photo'], words: null });
    given(submitted(), confirmed())
      .when('lee', sendBack([], 'Which box?'))
      .thenEvents({ type: 'returned', by: idOf('lee'), missing: [], words: words('Which box?') });
  });

  it('needs something that is missing, and somebody whose turn it is, once', () => {
    given(submitted()).when('olga', sendBack([])).thenRefused('nothing_missing');
    given(submitted()).when('olga', sendBack([], ' ')).thenRefused('nothing_missing');
    given(submitted())
      .when('zoe', sendBack(['photo']))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted())
      .and('olga', sendBack(['photo']))
      .when('otto', sendBack(['contract']))
      .thenRefused('returned', { by: idOf('olga'), at: hour(3) });
    given(submitted(), withdrawn())
      .when('olga', sendBack(['photo']))
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });

  it('stands until the owner answers it, also when a validator corrects something meanwhile', () => {
    const asked = given(submitted()).and('olga', sendBack([], 'Which box?'));
    const corrected = asked.and('otto', correct({ deviation: '20' }));
    expect(corrected.state).toMatchObject({ returned: { by: idOf('olga') } });
    expect(corrected.and('ada', amend({ evidence: words('The blue one.') })).state).toMatchObject({ returned: null });
  });
});
