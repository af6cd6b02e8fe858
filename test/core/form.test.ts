import { describe, expect, it } from 'vitest';
import {
  type Checked,
  checkForm,
  LARGEST_FILE,
  LONGEST_TEXT,
  type Problem,
  preview,
  type Typed,
} from '../../src/core/form.ts';
import { PROCEDURE, RULES } from '../support/policy.ts';

const TODAY = '2026-11-23';

const filled: Typed = {
  policy: 'goodwill',
  otherRule: null,
  asksFor: null,
  deviation: '35',
  unmeasured: false,
  value: '900',
  customer: 'ACME GmbH',
  rationale: 'They waited for six weeks.',
  impact: 'We keep them.',
  evidence: null,
  files: [],
  category: 'customer',
  component: null,
  errorType: null,
  inputs: {},
  severity: 'minor',
  alreadyHappened: false,
  urgent: false,
  confidential: false,
  neededBy: null,
  beneficiary: null,
};

const problems = (over: Partial<Typed>): Problem[] => {
  const result = checkForm({ ...filled, ...over }, RULES, TODAY);
  return 'problems' in result ? result.problems : [];
};
function checked(over: Partial<Typed>): Checked {
  const result = checkForm({ ...filled, ...over }, RULES, TODAY);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

describe('what was typed', () => {
  it('goes in as it was typed, but for the space around it', () =>
    expect(checked({ rationale: '  <!channel> *bold* &amp;\n', evidence: ' https://x.test ' })).toEqual({
      rule: 'goodwill',
      otherRule: null,
      category: 'customer',
      component: null,
      errorType: null,
      deviation: '35',
      asksFor: null,
      value: '900',
      customer: 'ACME GmbH',
      rationale: '<!channel> *bold* &amp;',
      impact: 'We keep them.',
      evidence: 'https://x.test',
      files: [],
      inputs: {},
      severity: 'minor',
      alreadyHappened: false,
      urgent: false,
      confidential: false,
      neededBy: null,
      beneficiary: null,
    }));

  it('reads figures as people write them', () =>
    expect(checked({ deviation: '12,5 %', value: '$12,500' })).toMatchObject({ deviation: '12.5', value: '12500' }));

  it('takes the policy’s category and the mildest severity where nothing was chosen', () =>
    expect(checked({ category: null, severity: null })).toMatchObject({ category: 'customer', severity: 'minor' }));
});

describe('what is missing or wrong', () => {
  it('is said at every field at once', () =>
    expect(
      problems({ policy: null, deviation: null, value: null, customer: null, rationale: ' ', impact: null }),
    ).toEqual(
      ['policy', 'deviation', 'value', 'customer', 'rationale', 'impact'].map((field) => ({
        field,
        problem: 'missing',
      })),
    ));

  it('asks for no customer where the category does not', () => {
    expect(checked({ category: 'internal', customer: null })).toMatchObject({ customer: null });
    expect(problems({ category: 'customer', customer: null })).toEqual([{ field: 'customer', problem: 'missing' }]);
  });

  it.each([
    ['policy', 'repealed'],
    ['category', 'gone'],
    ['severity', 'apocalyptic'],
  ] as const)('knows no %s that the policy does not name', (field, value) =>
    expect(problems({ [field]: value })).toEqual([{ field, problem: 'unknown_choice' }]),
  );

  it.each([
    ['0.1', true],
    ['1000', true],
    ['0.09', false],
    ['0', false],
    ['1000.1', false],
  ])('takes a deviation between 0.1 and 1000: %s %s', (deviation, fits) =>
    expect(problems({ deviation })).toEqual(
      fits ? [] : [{ field: 'deviation', problem: 'out_of_range', from: '0.1', to: '1000' }],
    ),
  );

  it('takes a decision value of nothing, and none beyond a million millions', () => {
    expect(checked({ value: '0' })).toMatchObject({ value: '0' });
    expect(problems({ value: '1000000000001' })).toMatchObject([{ field: 'value', problem: 'out_of_range' }]);
    expect(problems({ value: '-1' })).toEqual([{ field: 'value', problem: 'negative' }]);
  });

  it('asks back what could mean two things', () =>
    expect(problems({ deviation: '1.500', value: '12.500' })).toEqual([
      { field: 'deviation', problem: 'ambiguous', readings: ['1.5', '1500'] },
      { field: 'value', problem: 'ambiguous', readings: ['12.5', '12500'] },
    ]));

  it('names the currency that was typed and the one that is expected', () =>
    expect(problems({ value: '€500' })).toEqual([
      { field: 'value', problem: 'other_currency', currency: 'EUR', expected: 'USD' },
    ]));

  it.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud83d'],
  ])('refuses %s at the field, since no database could keep it', (_what, text) => {
    for (const field of ['customer', 'rationale', 'impact', 'evidence'] as const)
      expect(problems({ [field]: text })).toEqual([{ field, problem: 'unstorable' }]);
  });

  it('counts letters, not bytes: 3000 astronauts fit', () => {
    expect(checked({ rationale: '👩‍🚀'.slice(0, 2).repeat(LONGEST_TEXT) }).rationale).toHaveLength(2 * LONGEST_TEXT);
    expect(problems({ rationale: 'x'.repeat(LONGEST_TEXT + 1) })).toEqual([
      { field: 'rationale', problem: 'too_long' },
    ]);
  });

  it('needs it today at the earliest', () => {
    expect(problems({ neededBy: '2026-11-22' })).toEqual([{ field: 'neededBy', problem: 'past' }]);
    expect(checked({ neededBy: TODAY })).toMatchObject({ neededBy: TODAY });
  });
});

describe('“You ask for”, where the rule has a standard', () => {
  const refund = (asksFor: string | null, deviation: string | null) => ({
    policy: 'refund-window',
    asksFor,
    deviation,
  });

  it('computes the deviation: 45 days instead of 30 is 50 %', () =>
    expect(checked(refund('45 days', null))).toMatchObject({
      deviation: '50',
      asksFor: { value: '45', standard: '30', unit: 'days' },
    }));

  it('computes it in percent of a standard that is a percentage itself: from 10 % to 15 % is 50 %', () =>
    expect(checked({ policy: 'discount', asksFor: '15 %', deviation: null })).toMatchObject({ deviation: '50' }));

  it('asks when the typed figure disagrees, and says how it was computed', () =>
    expect(problems(refund('45', '15'))).toEqual([
      {
        field: 'deviation',
        problem: 'disagrees',
        typed: '15',
        computed: '50',
        asked: '45',
        standard: '30',
        unit: 'days',
      },
    ]));

  it.each(['33', '33,3', '33.33', '33.3333'])('takes %s for a third, as rounded as it was typed', (deviation) =>
    expect(checked(refund('40', deviation))).toMatchObject({ deviation: '33.33' }),
  );

  it.each(['34', '33.4', '33.34', '33.3393'])('does not take %s for a third', (deviation) =>
    expect(problems(refund('40', deviation))).toMatchObject([{ problem: 'disagrees', computed: '33.33' }]),
  );

  it('is optional: the deviation alone will do', () =>
    expect(checked(refund(null, '35'))).toMatchObject({ deviation: '35', asksFor: null }));

  it('asks for nothing where what is asked for is what the rule allows', () =>
    expect(problems(refund('30', null))).toMatchObject([{ field: 'asksFor', problem: 'out_of_range' }]));

  it('says what is wrong at the field where it is wrong', () => {
    expect(problems(refund('six weeks', null))).toEqual([{ field: 'asksFor', problem: 'not_a_figure' }]);
    expect(problems(refund('45', 'much'))).toEqual([{ field: 'deviation', problem: 'not_a_figure' }]);
    expect(problems(refund(null, null))).toEqual([{ field: 'deviation', problem: 'missing' }]);
  });

  it('is not looked at where the rule has no standard', () =>
    expect(checked({ policy: 'goodwill', asksFor: '45', deviation: '35' })).toMatchObject({
      deviation: '35',
      asksFor: null,
    }));
});

describe('what the policy does not list or nobody can compute', () => {
  it('asks which rule it is where it is another than those listed', () => {
    expect(problems({ policy: 'other', otherRule: ' ' })).toEqual([{ field: 'otherRule', problem: 'missing' }]);
    expect(checked({ policy: 'other', otherRule: 'Parking', deviation: null })).toMatchObject({
      ...{ rule: 'other', otherRule: 'Parking', deviation: null, asksFor: null },
    });
  });

  it('needs no deviation where that cannot be computed', () => {
    expect(checked({ unmeasured: true, deviation: null })).toMatchObject({ deviation: null });
    expect(problems({ unmeasured: false, deviation: null })).toMatchObject([{ field: 'deviation' }]);
  });

  it('takes a figure or the tick that there is none, not both', () =>
    expect(problems({ unmeasured: true, deviation: '35' })).toEqual([{ field: 'unmeasured', problem: 'contradicts' }]));

  it('says beforehand that operations picks who decides', () => {
    expect(preview({ ...filled, deviation: '60' }, RULES, null)).toMatchObject({ tier: 'executive', picked: false });
    expect(preview({ ...filled, unmeasured: true, deviation: null }, RULES, null)).toMatchObject({ picked: true });
    expect(preview({ ...filled, policy: 'other' }, RULES, null)).toMatchObject({ picked: true });
    expect(preview({ ...filled, deviation: null }, RULES, null)).toMatchObject({ tier: null, picked: false });
  });

  it('counts what counts together with it', () => {
    const others = { numbers: [3, 4], deviation: '38', value: '1800' };
    expect(preview({ ...filled, deviation: '19' }, RULES, null).tier).toBe('team_lead');
    expect(preview({ ...filled, deviation: '19' }, RULES, others).tier).toBe('executive');
  });
});

describe('what goes with it', () => {
  const file = (id: string, size: number) => ({ id, name: `${id}.pdf`, size, type: 'application/pdf' });

  it('is at most ten files of at most 20 MB', () => {
    const ten = Array.from({ length: 10 }, (_, i) => file(`F${i}`, LARGEST_FILE));
    expect(checked({ files: ten }).files).toHaveLength(10);
    expect(problems({ files: [...ten, file('F11', 1)] })).toEqual([{ field: 'files', problem: 'too_many', most: 10 }]);
    expect(problems({ files: [file('F1', LARGEST_FILE + 1)] })).toEqual([
      { field: 'files', problem: 'too_large', name: 'F1.pdf' },
    ]);
  });

  it('is confidential where the category is, whatever is ticked', () => {
    const of = (over: Partial<Typed>) => {
      const result = checkForm({ ...filled, ...over }, PROCEDURE, TODAY);
      return 'checked' in result && result.checked.confidential;
    };
    expect(of({ category: 'health' })).toBe(true);
    expect(of({ category: 'customer' })).toBe(false);
    expect(of({ category: 'customer', confidential: true })).toBe(true);
  });

  it('may lack inputs of its category: they are asked for afterwards, with an example', () => {
    const result = checkForm(
      { ...filled, category: 'claim', inputs: { contract: '  ', photo: 'x' } },
      PROCEDURE,
      TODAY,
    );
    expect(result).toMatchObject({ checked: { inputs: { photo: 'x' } } });
  });
});
