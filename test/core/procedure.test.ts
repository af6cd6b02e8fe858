import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { policyDocument } from '../../src/core/policy.ts';
import { PROCEDURE, PROCEDURE_TEXT, policyWith, RULES } from '../support/policy.ts';

const HOUR = 3_600_000;

describe('what the policy says of the procedure', () => {
  it('may be nothing: then a category needs no more than the form, and times are the usual ones', () => {
    expect(RULES).toMatchObject({
      inputs: [],
      checklist: [],
      standard_reasons: [],
      data_unavailable_extension: 24 * HOUR,
      expedited_sla: 4 * HOUR,
      complaint_within: HOUR,
      unanswered_after_days: 10,
      categories: [{ inputs: [], sources: [], confidential: false }, {}],
    });
    expect(RULES.recurrence).toBeUndefined();
    expect(RULES.splitting).toBeUndefined();
  });

  it('has causes to close with, also where it names none', () => {
    expect(RULES.causes.length).toBeGreaterThan(2);
    expect(PROCEDURE.causes).toEqual([{ id: 'our-mistake', name: 'A mistake of ours' }]);
  });

  it('reads inputs, checks, recurrence and splitting', () => {
    expect(PROCEDURE.inputs[1]).toMatchObject({ id: 'photo', why: 'It shows the damage.', field: 'evidence' });
    expect(PROCEDURE.checklist.map(({ id, required }) => [id, required])).toEqual([
      ['identity', true],
      ['figures', false],
    ]);
    expect(PROCEDURE.recurrence).toEqual({ same: ['rule', 'customer'], count: 3, within: 90 * 24 * HOUR });
    expect(PROCEDURE.splitting).toEqual({ within: 30 * 24 * HOUR });
  });

  it.each([
    ['inputs: [contract, photo', 'inputs: [contrakt, photo', 'rules.categories.2.inputs', 'contrakt is none'],
    ['id: photo', 'id: contract', 'rules.inputs', 'contract stands twice'],
    ['id: figures', 'id: identity', 'rules.checklist', 'identity stands twice'],
    ['id: goodwill', 'id: other', 'rules.policies', 'which stands for a rule that is not listed'],
    ['field: evidence', 'field: weather', 'rules.inputs.1.field', 'evidence'],
    ['count: 3', 'count: 1', 'rules.recurrence.count', '>=2'],
    ['same: [rule, customer]', 'same: [colour]', 'rules.recurrence.same.0', 'customer'],
    ['splitting: { within: 30d }', 'splitting: { within: a month }', 'rules.splitting.within', 'duration such as'],
    ['complaint_within: 1h', 'complaint_within: 0h', 'rules.complaint_within', 'longer than nothing'],
    ['unanswered_after_days: 10', 'unanswered_after_days: 0', 'rules.unanswered_after_days', '>0'],
    ['why: It says what was promised., ', '', 'rules.inputs.2.why', 'expected'],
  ])('names the place when %j becomes %j', (from, to, place, expected) => {
    const result = policyDocument.safeParse(parse(policyWith(from, to, PROCEDURE_TEXT)));
    const issues = result.success ? [] : result.error.issues;
    expect(issues.map(({ path }) => path.join('.'))).toContain(place);
    expect(JSON.stringify(issues)).toContain(expected);
  });
});
