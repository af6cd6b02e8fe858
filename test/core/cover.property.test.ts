import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAbsence, evolveAbsences, nobodyYet, type PersonState } from '../../src/core/absences.ts';
import { type Absence, circleOf, isAway, since, standInOf, standsInFor } from '../../src/core/cover.ts';
import { hour } from '../support/cast.ts';

const PEOPLE = ['ann', 'bob', 'cid', 'dan', 'eve'] as const;
const person = fc.constantFrom(...PEOPLE);
const span = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]) => ({ from: hour(from), until: hour(from + length) }));
const wish = fc.record({ person, delegate: fc.option(person), span });

/** What comes of it when each wish is brought before the rules, one after the other, before any of them begins. */
type Wish = typeof wish extends fc.Arbitrary<infer W> ? W : never;
function settle(wishes: Wish[]): Absence[] {
  const states = new Map<string, PersonState>();
  const all = () => [...states.values()].flatMap(({ absences }) => absences);
  for (const { person, delegate, span } of wishes) {
    const state = states.get(person) ?? nobodyYet;
    const events = decideAbsence(state, {
      ...{ type: 'set', person, by: person, at: hour(-1), rights: { supervisor: false, executive: false } },
      ...{ ...span, delegate, why: null, others: all().filter((absence) => absence.person !== person), fit: true },
    });
    if (!('refused' in events)) states.set(person, events.reduce(evolveAbsences, state));
  }
  return all();
}
const settled = fc.array(wish, { maxLength: 12 }).map(settle);
const anyone = fc
  .array(wish, { maxLength: 8 })
  .map((wishes) =>
    wishes.map(
      ({ person, delegate, span }, id): Absence => ({ id, person, delegate, ...span, setBy: person, setAt: hour(id) }),
    ),
  );
const HOURS = Array.from({ length: 32 }, (_, at) => hour(at));

describe('whatever absences are set', () => {
  it('nobody is away twice at a time', () => {
    fc.assert(
      fc.property(settled, (absences) => {
        for (const now of HOURS)
          for (const person of PEOPLE) {
            const away = absences.filter((one) => one.person === person && one.from <= now && now < one.until);
            expect(away.length).toBeLessThanOrEqual(1);
          }
      }),
    );
  });

  it('a chain of delegates never comes back to somebody in it', () => {
    fc.assert(
      fc.property(settled, (absences) => {
        for (const now of HOURS)
          for (const person of PEOPLE) {
            const met = [person as string];
            for (;;) {
              const absence = absences.find(
                (one) => one.person === met.at(-1) && one.from <= now && now < one.until && one.delegate !== null,
              );
              if (!absence?.delegate) break;
              expect(met).not.toContain(absence.delegate);
              met.push(absence.delegate);
            }
          }
      }),
    );
  });

  it('whoever stands in is there, and counts as one with everybody they stand in for', () => {
    fc.assert(
      fc.property(anyone, (absences) => {
        for (const now of HOURS)
          for (const by of PEOPLE)
            for (const absent of standsInFor(absences, by, now)) {
              expect(isAway(absences, by, now)).toBe(false);
              expect(isAway(absences, absent, now)).toBe(true);
              expect(standInOf(absences, absent, now)).toBe(by);
              expect(circleOf(since(absences, now, now), by)).toContain(absent);
            }
      }),
    );
  });

  it('counting as one divides people: it goes both ways, and through others', () => {
    fc.assert(
      fc.property(anyone, person, person, (absences, a, b) => {
        const [circle, other] = [circleOf(absences, a), circleOf(absences, b)];
        expect(circle).toContain(a);
        const shared = circle.some((one) => other.includes(one));
        expect(circle.includes(b)).toBe(shared);
        expect(other.includes(a)).toBe(shared);
        if (shared) expect([...circle].sort()).toEqual([...other].sort());
      }),
    );
  });

  it('a circle only grows with time', () => {
    fc.assert(
      fc.property(anyone, person, fc.nat(31), fc.nat(31), (absences, one, a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map((at) =>
          circleOf(since(absences, hour(0), hour(at)), one),
        );
        for (const each of earlier ?? []) expect(later).toContain(each);
      }),
    );
  });
});
