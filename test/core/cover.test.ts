import { describe, expect, it } from 'vitest';
import {
  type Absence,
  awayUntil,
  circleOf,
  isAway,
  standInOf,
  standsInFor,
  uncovered,
  wouldLoop,
} from '../../src/core/cover.ts';
import { hour } from '../support/cast.ts';

let set = 0;
const absence = (person: string, delegate: string | null, from = 0, until = 10): Absence => ({
  id: ++set,
  person,
  delegate,
  from: hour(from),
  until: hour(until),
  setBy: person,
  setAt: hour(set / 1000),
});

describe('being away', () => {
  const all = [absence('ann', 'bob', 1, 5), absence('ann', null, 5, 7), absence('ann', null, 8, 9)];

  it('begins with the first instant and is over with the last', () => {
    expect([0, 1, 4, 5, 7, 8, 9].map((at) => isAway(all, 'ann', hour(at)))).toEqual([
      false,
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(isAway(all, 'bob', hour(2))).toBe(false);
  });

  it('lasts over absences that follow one another without a gap', () => {
    expect(awayUntil(all, 'ann', hour(2))).toBe(hour(7));
    expect(awayUntil(all, 'ann', hour(0))).toBeNull();
  });

  it('one that was taken back before it began was none', () => {
    expect(isAway([absence('ann', 'bob', 3, 3)], 'ann', hour(3))).toBe(false);
  });
});

describe('standing in', () => {
  it('is for the delegate, and for the delegate of one who is away too', () => {
    const chain = [absence('ann', 'bob'), absence('bob', 'cid', 2, 4)];
    expect(standInOf(chain, 'ann', hour(1))).toBe('bob');
    expect(standInOf(chain, 'ann', hour(3))).toBe('cid');
    expect(standInOf(chain, 'ann', hour(5))).toBe('bob');
    expect(standsInFor(chain, 'cid', hour(3))).toEqual(['ann', 'bob']);
    expect(standsInFor(chain, 'bob', hour(3))).toEqual([]);
  });

  it('is for nobody where none was named, where the last is away without, and where they named each other', () => {
    expect(standInOf([absence('ann', null)], 'ann', hour(1))).toBeNull();
    expect(standInOf([absence('ann', 'bob'), absence('bob', null)], 'ann', hour(1))).toBeNull();
    expect(standInOf([absence('ann', 'bob'), absence('bob', 'ann')], 'ann', hour(1))).toBeNull();
    expect(standInOf([], 'ann', hour(1))).toBeNull();
  });
});

describe('counting as one', () => {
  it('goes both ways and through chains', () => {
    const all = [absence('ann', 'bob'), absence('bob', 'cid', 20, 30), absence('dan', null)];
    for (const person of ['ann', 'bob', 'cid']) expect(circleOf(all, person).sort()).toEqual(['ann', 'bob', 'cid']);
    expect(circleOf(all, 'dan')).toEqual(['dan']);
  });
});

describe('a delegate', () => {
  it('cannot be one through whom it comes back to the absent person at the same time', () => {
    const all = [absence('bob', 'cid', 0, 10), absence('cid', 'ann', 5, 10)];
    const candidate = { person: 'ann', delegate: 'bob' };
    expect(wouldLoop(all, { ...candidate, from: hour(4), until: hour(6) })).toBe(true);
    expect(wouldLoop(all, { ...candidate, from: hour(1), until: hour(5) })).toBe(false);
    expect(wouldLoop([], { person: 'ann', delegate: 'ann', from: hour(1), until: hour(5) })).toBe(true);
  });

  it('who is away then with nobody to decide for them leaves a gap', () => {
    const all = [absence('bob', 'cid', 0, 10), absence('cid', null, 5, 6)];
    const candidate = { person: 'ann', delegate: 'bob' };
    expect(uncovered(all, { ...candidate, from: hour(1), until: hour(6) })).toMatchObject({ person: 'cid' });
    expect(uncovered(all, { ...candidate, from: hour(1), until: hour(5) })).toBeNull();
    expect(uncovered(all, { ...candidate, from: hour(6), until: hour(9) })).toBeNull();
  });
});
