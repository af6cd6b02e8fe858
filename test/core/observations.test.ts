import { describe, expect, it } from 'vitest';
import { bandsOf, LOOK, type Looked, namedIn, observationsOf } from '../../src/core/observations.ts';
import { RULES } from '../support/policy.ts';

const NOTHING: Looked = { bands: [], quick: [], pairs: [], carried: [], splits: [], rules: [] };
const kinds = (looked: Partial<Looked>) => observationsOf({ ...NOTHING, ...looked }).map(({ kind }) => kind);

const band = (cases: number, beside: number): Looked['bands'][number] => ({
  ...{ tier: 'manager', below: '16', from: '18', limit: '20', above: '22', cases, beside, numbers: [1, 2] },
});
const pair = (cases: number, of: [number, number]): Looked['pairs'][number] => ({
  ...{ people: ['U0OLGA', 'U0LEE'], cases, of, numbers: [3] },
});

describe('just under a limit', () => {
  it('is the last tenth of what lies below it: 18 to 20, and 47 to 50', () => {
    expect(bandsOf(RULES).map(({ below, from, limit, above }) => [below, from, limit, above])).toEqual([
      ['16', '18', '20', '22'],
      ['44', '47', '50', '53'],
    ]);
  });

  it('goes by the limits of the policy, whatever they are', () => {
    const { tiers } = RULES;
    const odd = { ...RULES, tiers: { ...tiers, manager: { ...tiers.manager, from: '7.5' } } };
    expect(bandsOf(odd)[0]).toMatchObject({ below: '6', from: '6.75', limit: '7.5', above: '8.25' });
  });

  it.each([
    [12, 2, true],
    [10, 5, true],
    [10, 6, false],
    [9, 0, false],
    [40, 39, false],
  ])('%i beside %i deserve a look: %s', (cases, beside, deserves) => {
    expect(kinds({ bands: [band(cases, beside)] })).toEqual(deserves ? ['under_limit'] : []);
  });
});

describe('the same pair', () => {
  it.each([
    [10, [10, 12], true],
    [10, [10, 13], false],
    [9, [9, 9], false],
    [80, [80, 200], false],
  ] as [number, [number, number], boolean][])('%i together of %j deserve a look: %s', (cases, of, deserves) => {
    expect(kinds({ pairs: [pair(cases, of)] })).toEqual(deserves ? ['pair'] : []);
  });
});

describe('one who carries most', () => {
  const carried = (cases: number, of: number) =>
    kinds({ carried: [{ stage: 'authorization', tier: 'manager', person: 'U0LEE', cases, of, numbers: [] }] });
  it('takes three in five of ten or more', () => {
    expect([carried(12, 20), carried(11, 20), carried(9, 9)]).toEqual([['carried'], [], []]);
  });
});

describe('a rule', () => {
  const rule = (cases: number, of: number) => kinds({ rules: [{ rule: 'discount', cases, of, numbers: [] }] });
  it('is excepted more than followed where nine in ten are allowed', () => {
    expect([rule(18, 20), rule(17, 20), rule(9, 9)]).toEqual([['excepted'], [], []]);
  });
});

describe('approvals sent within seconds', () => {
  const quick = (cases: number) => kinds({ quick: [{ person: 'U0LEE', cases, of: 50, numbers: [] }] });
  it('deserve a look from ten on', () => {
    expect([quick(10), quick(9)]).toEqual([['quick'], []]);
  });
});

describe('what deserves a look', () => {
  it('names people only where at least ten cases are behind it', () => {
    const looked: Looked = {
      bands: [band(30, 0)],
      quick: [{ person: 'U0LEE', cases: 3, of: 3, numbers: [] }],
      pairs: [pair(9, [9, 9])],
      carried: [{ stage: 'validation', tier: null, person: 'U0OLGA', cases: 9, of: 9, numbers: [] }],
      splits: [
        {
          ...{ by: 'requester', rule: 'discount', who: 'U0ADA', cases: 3, value: '12000' },
          ...{ tier: 'team_lead', authority: '10000', numbers: [4, 5, 6], confidential: false },
        },
      ],
      rules: [],
    };
    const found = observationsOf(looked);
    expect(found.map(({ kind }) => kind)).toEqual(['under_limit', 'split']);
    expect(found.flatMap(namedIn)).toEqual([]);
    expect(LOOK.cases).toBe(10);
  });

  it('comes with the most cases first, kind by kind', () => {
    const found = observationsOf({ ...NOTHING, bands: [band(12, 0), band(30, 1)], pairs: [pair(40, [40, 40])] });
    expect(found.map(({ cases }) => cases)).toEqual([30, 12, 40]);
  });
});
