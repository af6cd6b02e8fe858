import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Absence, circleOf, since } from '../../src/core/cover.ts';
import type { Recorded } from '../../src/core/events.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import {
  coverOf,
  holds,
  isOf,
  mayActAs,
  mayDecide,
  mayStepAside,
  mayView,
  type Standing,
  TOO_OLD,
} from '../../src/core/standing.ts';
import { hour, idOf, NAMES, type Name, standingFor } from '../support/cast.ts';
import { confirmed, conflicted, requestOf, submitted } from '../support/given.ts';
import { RULES } from '../support/policy.ts';

type Away = { who: Name; delegate: Name | null; from?: number; until?: number };
const absence = ({ who, delegate, from = 0, until = 10 }: Away, at: number): Absence => ({
  id: at + 1,
  person: idOf(who),
  delegate: delegate && idOf(delegate),
  from: hour(from),
  until: hour(until),
  setBy: idOf(who),
  setAt: hour(-1),
});

/** The standing of somebody while these people are away. */
function standing(name: Name, away: Away[], principals: Partial<Record<Name, Standing>> = {}, now = 1): Standing {
  const absences = since(away.map(absence), hour(0), hour(now));
  const behind = NAMES.map((each) => ({ id: idOf(each), ...(principals[each] ?? standingFor(each)) }));
  return { ...standingFor(name), cover: coverOf(absences, idOf(name), hour(now), behind) };
}
const decide = (name: Name, given: Standing, ...events: Recorded[]) =>
  mayDecide(requestOf(submitted(), ...events), idOf(name), given, RULES);
const OLGA_BY_ZOE: Away[] = [{ who: 'olga', delegate: 'zoe' }];

describe('a delegate', () => {
  it('decides in the roles of whoever is away, and it says for whom', () =>
    expect(decide('zoe', standing('zoe', OLGA_BY_ZOE))).toMatchObject({
      role: 'operations',
      displayName: 'zoe of the cast',
      onBehalfOf: idOf('olga'),
    }));

  it('decides in their own right where they have it', () =>
    expect(decide('otto', standing('otto', [{ who: 'olga', delegate: 'otto' }]))).toMatchObject({ onBehalfOf: null }));

  it('does so only while it lasts', () => {
    const late = [{ who: 'olga', delegate: 'zoe', until: 2 } as const];
    expect(decide('zoe', standing('zoe', late, {}, 1))).toMatchObject({ onBehalfOf: idOf('olga') });
    expect(decide('zoe', standing('zoe', late, {}, 2))).toMatchObject({ why: 'not_in_role' });
  });

  it('does so through a chain, and not while they are away themselves', () => {
    const chain: Away[] = [...OLGA_BY_ZOE, { who: 'zoe', delegate: 'ben' }];
    expect(decide('ben', standing('ben', chain))).toMatchObject({ onBehalfOf: idOf('olga') });
    expect(decide('zoe', standing('zoe', chain))).toMatchObject({ why: 'not_in_role' });
  });

  it('needs of Slack what it would have to say of the absent person', () => {
    const olga = (oddity: Parameters<typeof standingFor>[1]) =>
      decide('zoe', standing('zoe', OLGA_BY_ZOE, { olga: standingFor('olga', oddity) }));
    expect(olga({ roles: { operations: { age: TOO_OLD + 1 } } })).toMatchObject({ why: 'directory_stale' });
    expect(olga({ person: { age: TOO_OLD + 1 } })).toMatchObject({ why: 'directory_stale' });
    expect(olga({ person: { deleted: true } })).toMatchObject({ why: 'not_in_role' });
    expect(olga({ roles: { operations: { member: false } } })).toMatchObject({ why: 'not_in_role' });
    const guest = { ...standing('zoe', OLGA_BY_ZOE), person: standingFor('zoe', { person: { guest: true } }).person };
    expect(decide('zoe', guest)).toMatchObject({ why: 'not_eligible' });
  });

  it('does not pass over an interest that the absent person declared', () =>
    expect(decide('zoe', standing('zoe', OLGA_BY_ZOE), conflicted('olga'))).toMatchObject({ why: 'not_in_role' }));

  it('sees, steps aside and acts in those roles, but is not of them', () => {
    const given = standing('zoe', OLGA_BY_ZOE);
    const state = requestOf(submitted());
    expect(mayView(state, idOf('zoe'), given)).toBe(true);
    expect(mayStepAside(state, idOf('zoe'), given)).toBeNull();
    expect(mayActAs(state, idOf('zoe'), given, 'operations', RULES)).toMatchObject({ onBehalfOf: idOf('olga') });
    expect([holds(given, 'operations'), isOf(given, 'operations')]).toEqual([true, false]);
  });
});

describe('whoever stands in and whom they stand in for count as one', () => {
  it.each<[string, Name, Away[], Name]>([
    [
      'the delegate does not authorize what the absent person confirmed',
      'lee',
      [{ who: 'olga', delegate: 'lee' }],
      'olga',
    ],
    ['nor the absent person what the delegate confirmed', 'lee', [{ who: 'lee', delegate: 'olga' }], 'olga'],
    ['also once the absence is over', 'lee', [{ who: 'olga', delegate: 'lee', until: 0.5 }], 'olga'],
    [
      'also through others',
      'lee',
      [
        { who: 'olga', delegate: 'zoe' },
        { who: 'zoe', delegate: 'lee' },
      ],
      'olga',
    ],
  ])('%s', (_rule, who, away, by) =>
    expect(decide(who, standing(who, away), confirmed(by))).toMatchObject({ why: 'same_person', through: idOf(by) }),
  );

  it('whoever was away before it was asked for is another', () =>
    expect(
      decide('lee', standing('lee', [{ who: 'olga', delegate: 'lee', from: -5, until: 0 }]), confirmed('olga')),
    ).toMatchObject({ role: 'team_leads' }));

  it('nobody decides what those have asked for who stand in for them, or for whom they do', () => {
    const through = idOf('ada');
    const refused = { why: 'self_approval', as: 'requester', through };
    expect(decide('olga', standing('olga', [{ who: 'ada', delegate: 'olga' }]))).toMatchObject(refused);
    expect(decide('olga', standing('olga', [{ who: 'olga', delegate: 'ada' }]))).toMatchObject(refused);
  });

  it('an interest that one declared is theirs alone', () =>
    expect(decide('olga', standing('olga', [{ who: 'otto', delegate: 'olga' }]), conflicted('otto'))).toMatchObject({
      role: 'operations',
      onBehalfOf: null,
    }));

  it('whatever absences there are, two of one circle never both count', () => {
    const name = fc.constantFrom(...NAMES);
    const away = fc.record({
      who: name,
      delegate: name,
      from: fc.integer({ min: -3, max: 3 }),
      until: fc.integer({ min: -2, max: 8 }),
    });
    fc.assert(
      fc.property(fc.array(away, { maxLength: 6 }), name, name, fc.nat(4), (all, first, second, now) => {
        const before = decide(first, standing(first, all, {}, now));
        if (isRefusal(before)) return;
        const after = decide(second, standing(second, all, {}, now), confirmed(first));
        const counting = since(all.map(absence), hour(0), hour(now));
        if (circleOf(counting, idOf(first)).includes(idOf(second))) expect(after).toMatchObject({ refused: true });
        if (circleOf(counting, idOf(first)).includes(idOf('ada'))) throw new Error('one with the requester');
      }),
      { numRuns: 500 },
    );
  });
});
