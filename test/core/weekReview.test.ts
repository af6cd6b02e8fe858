import { describe, expect, it } from 'vitest';
import type { Recorded, WeekEvent } from '../../src/core/events.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import {
  CHASES,
  decideWeek,
  evolveWeek,
  nextChase,
  type WeekCommand,
  type WeekReview,
} from '../../src/core/weekReview.ts';
import { hour, idOf, type Name, standingFor } from '../support/cast.ts';
import { words } from '../support/orders.ts';

const WITHIN = 72 * 3_600_000;
const day = (days: number) => hour(days * 24);
const reported: Recorded<WeekEvent> = {
  ...{ type: 'week_reported', week: '2026-W47', dueAt: hour(0), by: 'system', at: hour(0) },
};
const REPORTED = evolveWeek(null, reported);

const signOff = (name: Name, at = day(1), standing = standingFor(name)): WeekCommand => ({
  ...{ type: 'sign_off', by: idOf(name), at, remarks: words('Read, and asked about EX-3.'), standing },
});
const chase = (at: string): WeekCommand => ({ type: 'chase', by: 'system', at, within: WITHIN });
const why = (outcome: ReturnType<typeof decideWeek>) => (isRefusal(outcome) ? outcome.why : 'done');

function then(state: WeekReview, command: WeekCommand): WeekReview {
  const outcome = decideWeek(state, command);
  if (isRefusal(outcome)) throw new Error(outcome.why);
  return outcome.reduce(evolveWeek, state);
}

describe('the report of a week', () => {
  it('is signed off by compliance, once, with their remarks', () => {
    const signed = then(REPORTED, signOff('cleo'));
    expect(signed.signedOff).toMatchObject({ by: idOf('cleo'), at: day(1) });
    expect(signed.signedOff?.remarks?.text).toBe('Read, and asked about EX-3.');
    expect(decideWeek(signed, signOff('carl', day(2)))).toMatchObject({
      ...{ why: 'already_signed_off', by: idOf('cleo'), at: day(1) },
    });
  });

  it.each<[string, Name, Parameters<typeof standingFor>[1], string]>([
    ['operations', 'olga', {}, 'not_signer'],
    ['an auditor, though in the group', 'audrey', {}, 'auditor'],
    ['a guest in the group', 'cleo', { person: { guest: true } }, 'not_eligible'],
    ['somebody of whom Slack said too little lately', 'cleo', { person: { age: 16 * 60_000 } }, 'directory_stale'],
    ['anybody while Slack does not know the group', 'cleo', { roles: { compliance: null } }, 'role_unknown'],
  ])('is not signed off by %s', (_who, name, oddity, expected) =>
    expect(why(decideWeek(REPORTED, signOff(name, day(1), standingFor(name, oddity))))).toBe(expected),
  );

  it('is not signed off before it is there', () =>
    expect(why(decideWeek(null, signOff('cleo')))).toBe('week_not_reported'));
});

describe('a report that nobody signs', () => {
  it('is chased when the time is over, every week after that, and at last no more', () => {
    let state = REPORTED;
    const times: string[] = [];
    for (let at = 0; at < 60; at++) {
      const next = then(state, chase(day(at)));
      if (next.chased.length > state.chased.length) times.push(day(at));
      state = next;
    }
    expect(times).toEqual([day(3), day(10), day(17), day(24)]);
    expect(times).toHaveLength(CHASES + 1);
    expect(nextChase(state, WITHIN)).toBeNull();
  });

  it('is chased once for all the time that nobody looked, and leaves a week then', () => {
    const late = then(REPORTED, chase(day(40)));
    expect(late.chased).toEqual([day(40)]);
    expect(decideWeek(late, chase(day(46)))).toEqual([]);
    expect(then(late, chase(day(47))).chased).toEqual([day(40), day(47)]);
  });

  it('says each time by when it was due', () => {
    const late = then(REPORTED, chase(day(5)));
    const events = decideWeek(late, chase(day(12)));
    expect(events).toEqual([
      { type: 'sign_off_chased', by: 'system', at: day(12), week: '2026-W47', time: 2, dueAt: day(3) },
    ]);
  });

  it('can be signed at any time, and is not chased any more then', () => {
    const late = then(then(REPORTED, chase(day(3))), signOff('cleo', day(9)));
    for (const at of [10, 17, 100]) expect(decideWeek(late, chase(day(at)))).toEqual([]);
  });
});
