import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Absence, isAway, since } from '../../src/core/cover.ts';
import type { Recorded } from '../../src/core/events.ts';
import type { Rules } from '../../src/core/policy.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import type { InReview } from '../../src/core/request.ts';
import { rolesAhead, type Staff, sameStaffing, staffingOf } from '../../src/core/staffing.ts';
import { coverOf, mayDecide, type Standing } from '../../src/core/standing.ts';
import { type Instant, ROLES, type Role } from '../../src/core/values.ts';
import { fills, hour, idOf, NAMES, type Name, standingFor } from '../support/cast.ts';
import {
  amend,
  confirmed,
  conflicted,
  expedite,
  given,
  handOver,
  requestOf,
  reroute,
  submitted,
  words,
} from '../support/given.ts';
import { RULES } from '../support/policy.ts';

/** Those of the cast who are named fill their roles; nobody else does. */
const staffOf = (names: readonly Name[], absences: Absence[] = []): Staff => ({
  members: Object.fromEntries(
    ROLES.map((role) => {
      // Whoever audits does, whether or not they are counted on.
      const among = role === 'auditors' ? NAMES : names;
      return [role, among.filter((name) => fills(name, role)).map(idOf)];
    }),
  ),
  // Slack vouches for all of them, but whoever audits stands in for nobody.
  fit: new Set(NAMES.filter((name) => !fills(name, 'auditors')).map(idOf)),
  absences,
});
const away = (person: Name, from: number, until: number, delegate: Name | null = null): Absence => ({
  id: 1,
  person: idOf(person),
  from: hour(from),
  until: hour(until),
  delegate: delegate && idOf(delegate),
  setBy: idOf(person),
  setAt: hour(from),
});

const inReview = (...events: Recorded[]): InReview => {
  const state = requestOf(...events);
  if (state.status !== 'in_review') throw new Error('it is over');
  return state;
};
/** Of a team lead's tier: asked for at 0, due at hour 24. */
const asked = submitted();
const look = (staff: Staff, events: Recorded[] = [asked], now = 3, rules: Rules = RULES) =>
  staffingOf(inReview(...events), staff, rules, hour(now));
const ALL_THERE = { short: [], late: false };

describe('whether there is anybody to decide', () => {
  it('is so where two different people are there, one for each stage', () =>
    expect(look(staffOf(['olga', 'lee']))).toEqual(ALL_THERE));

  it('one person in both roles does not do, since two must agree', () =>
    expect(look(staffOf(['dora']))).toEqual({
      short: [{ stage: 'authorization', role: 'team_leads', until: null, away: [], left: [idOf('dora')] }],
      late: true,
    }));

  it('one in both roles and one beside them do', () => {
    expect(look(staffOf(['dora', 'olga']))).toEqual(ALL_THERE);
    expect(look(staffOf(['dora', 'lee']))).toEqual(ALL_THERE);
  });

  it('a role of which nobody is left is named, with nobody in sight', () =>
    expect(look(staffOf(['olga']))).toEqual({
      short: [{ stage: 'authorization', role: 'team_leads', until: null, away: [], left: [] }],
      late: true,
    }));

  it('where both are empty, both are named', () =>
    expect(look(staffOf([])).short.map(({ role }) => role)).toEqual(['operations', 'team_leads']));

  it.each<[string, Recorded[], Name]>([
    ['the requester', [submitted({ requester: idOf('lee') })], 'lee'],
    ['the beneficiary', [submitted({ beneficiary: idOf('lee') })], 'lee'],
    ['the owner', given(asked).and('ada', handOver('lee')).events, 'lee'],
    [
      'whoever changed it as its owner, though they handed it over',
      given(asked)
        .and('ada', handOver('lee'))
        .and('lee', amend({ value: '5' }))
        .and('lee', handOver('ada')).events,
      'lee',
    ],
    ['whoever declared an interest', [asked, conflicted('lee')], 'lee'],
  ])('%s does not count', (_who, events, name) => {
    expect(look(staffOf(['olga', name]), events).short).toMatchObject([{ stage: 'authorization' }]);
    expect(look(staffOf(['olga', name, 'lia']), events)).toEqual(ALL_THERE);
  });

  it('once the details are confirmed only who authorizes is looked for, and not who confirmed', () => {
    expect(look(staffOf(['dora']), [asked, confirmed('dora')]).short).toMatchObject([
      { stage: 'authorization', left: [] },
    ]);
    expect(look(staffOf(['lee']), [asked, confirmed('olga')])).toEqual(ALL_THERE);
  });

  it('before its tier is known, nobody can be missing who authorizes', () => {
    const unmeasured = inReview(submitted({ deviation: null, asksFor: null, rule: 'other', otherRule: words('New') }));
    expect(rolesAhead(unmeasured)).toEqual(['operations']);
    expect(staffingOf(unmeasured, staffOf(['olga']), RULES, hour(3))).toEqual(ALL_THERE);
  });
});

describe('who is away', () => {
  it('does not count, and it is said until when', () =>
    expect(look(staffOf(['olga', 'lee'], [away('lee', 1, 20)]))).toEqual({
      short: [{ stage: 'authorization', role: 'team_leads', until: hour(20), away: [idOf('lee')], left: [] }],
      late: false,
    }));

  it('of several the first who is back counts, over absences without a gap', () =>
    expect(
      look(staffOf(['olga', 'lee', 'lia'], [away('lee', 1, 10), away('lee', 10, 21), away('lia', 0, 22)])).short,
    ).toMatchObject([{ until: hour(21), away: [idOf('lee'), idOf('lia')] }]));

  it('counts by whoever stands in for them, of whatever role', () =>
    expect(look(staffOf(['olga', 'lee'], [away('lee', 1, 20, 'zoe')]))).toEqual(ALL_THERE));

  it('not by somebody who may not decide at all', () => {
    const staff = { ...staffOf(['olga', 'lee'], [away('lee', 1, 20, 'zoe')]), fit: new Set<string>() };
    expect(look(staff).short).toMatchObject([{ role: 'team_leads', until: hour(20) }]);
  });

  it('not by the requester, and not by whoever stood in for them', () => {
    expect(look(staffOf(['olga', 'lee'], [away('lee', 1, 20, 'ada')])).short).toHaveLength(1);
    expect(look(staffOf(['olga', 'lee'], [away('ada', 1, 2, 'lee')])).short).toHaveLength(1);
  });

  it('counts as one with whoever stands in for them, also after they are back', () => {
    const stoodIn = staffOf(['olga', 'lee'], [away('olga', 1, 2, 'lee')]);
    expect(look(stoodIn).short).toMatchObject([{ stage: 'authorization', left: [idOf('olga'), idOf('lee')] }]);
    expect(look(stoodIn, [asked, confirmed('olga')]).short).toMatchObject([{ left: [] }]);
    const before = staffOf(['olga', 'lee'], [away('olga', -9, -2, 'lee')]);
    expect(look(before)).toEqual(ALL_THERE);
  });

  it('of two stages with one person the one is named to which somebody comes back first', () =>
    expect(look(staffOf(['dora', 'olga', 'lee'], [away('olga', 1, 8), away('lee', 1, 12)])).short).toEqual([
      { stage: 'validation', role: 'operations', until: hour(8), away: [idOf('olga')], left: [idOf('dora')] },
    ]));
});

describe('the forecast', () => {
  const until = (back: number, rules: Rules = RULES, events: Recorded[] = [asked]) =>
    look(staffOf(['olga', 'lee'], [away('lee', 1, back)]), events, 3, rules).late;

  it('is late where whoever is missing is back only after the deadline', () => {
    expect(until(23)).toBe(false);
    expect(until(24)).toBe(true);
    expect(until(25)).toBe(true);
  });

  it('is late where no working time is left between their return and the deadline', () => {
    const rules: Rules = {
      ...RULES,
      calendar: 'office',
      calendars: {
        office: { zone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: ['09:00-17:00'], holidays: [] },
      },
    };
    // Due on Tuesday as the office opens, back on Monday evening or afternoon.
    const due = { ...asked, dueAt: hour(24) };
    expect(until(9, rules, [due])).toBe(true);
    expect(until(7, rules, [due])).toBe(false);
  });
});

describe('two looks', () => {
  it('say the same in whatever order their keys were stored', () => {
    const { short, late } = look(staffOf(['olga']));
    const stored = short.map(({ stage, role, ...rest }) => ({ ...rest, role, stage }));
    expect(sameStaffing({ short: stored, late }, { short, late })).toBe(true);
    expect(sameStaffing(null, ALL_THERE)).toBe(true);
    expect(sameStaffing(null, { short, late })).toBe(false);
    expect(sameStaffing({ short, late: false }, { short, late })).toBe(false);
  });

  it('are recorded where they differ', () => {
    const { short, late } = look(staffOf(['olga']));
    const found = { type: 'find_staffing', short, late } as const;
    const short1 = given(asked).when('system', found);
    short1.thenEvents({ type: 'staffing_found', short, late });
    given(asked).and('system', found).when('system', found).thenNothing();
    given(asked)
      .when('system', { ...found, short: [], late: false })
      .thenNothing();
  });
});

const people = NAMES.filter((name) => name !== 'ada');
const spans = fc.array(
  fc.record({
    person: fc.constantFrom(...people),
    from: fc.integer({ min: -4, max: 8 }),
    length: fc.integer({ min: 1, max: 12 }),
    delegate: fc.option(fc.constantFrom(...NAMES)),
  }),
  { maxLength: 5 },
);
const situation = fc.record({
  names: fc.subarray([...people]),
  spans,
  beneficiary: fc.option(fc.constantFrom(...people)),
  conflict: fc.subarray(['olga', 'lee', 'dora'] as Name[]),
  confirmedBy: fc.option(fc.constantFrom<Name[]>('olga', 'dora', 'otto')),
});

type Span = { person: Name; from: number; length: number; delegate: Name | null };
/** Nobody is away twice. */
const onceEach = (spans: Span[]): Absence[] =>
  spans
    .map(({ person, from, length, delegate }) => away(person, from, from + length, delegate))
    .filter(
      (one, at, all) => one.delegate !== one.person && !all.slice(0, at).some(({ person }) => person === one.person),
    );

/** The same found the long way: every pair of people, one by one, by who is tied to whom. */
function byHand(state: InReview, { members, fit, absences }: Staff, now: Instant): boolean {
  const inForce = (at: Instant) => absences.filter(({ from, until }) => from <= at && at < until);
  const ties = absences.filter(({ from, until }) => from <= now && until > state.submittedAt);
  const tied = (a: string, b: string, met: string[] = []): boolean =>
    a === b ||
    ties.some(({ person, delegate }) => {
      const next = person === a ? delegate : delegate === a ? person : null;
      return next !== null && !met.includes(next) && tied(next, b, [...met, a]);
    });
  const actsFor = (person: string, met: string[] = []): string | null => {
    const absence = inForce(now).find((each) => each.person === person);
    if (!absence) return met.length === 0 || fit.has(person) ? person : null;
    if (absence.delegate === null || [...met, person].includes(absence.delegate)) return null;
    return actsFor(absence.delegate, [...met, person]);
  };
  const asking = [state.requester, state.beneficiary, state.owner, state.approvals.at(-1)?.by];
  const barred = (person: string) =>
    state.conflicted.includes(person) || asking.some((other) => other && tied(person, other));
  const can = (role: Role) =>
    (members[role] ?? [])
      .filter((person) => !barred(person))
      .map((person) => actsFor(person))
      .filter((person) => person !== null && !barred(person)) as string[];
  if (state.stage === 'authorization') return can('team_leads').length > 0;
  return can('operations').some((one) => can('team_leads').some((other) => !tied(one, other)));
}

/** Whether two of those who are there could decide it one after the other, asked of the rules for a decision themselves. */
function byTheRules(events: Recorded[], names: readonly Name[], absences: readonly Absence[]): boolean {
  const now = hour(3);
  const nobody = Object.fromEntries(
    ROLES.filter((role) => role !== 'auditors').map((role) => [role, { member: false }]),
  );
  const own = (name: Name): Standing => standingFor(name, names.includes(name) ? {} : { roles: nobody });
  const behind = NAMES.map((name) => ({ id: idOf(name), ...own(name) }));
  const covers = since(absences, hour(0), now);
  const there = NAMES.filter((name) => !isAway(absences, idOf(name), now));
  const may = (state: InReview, name: Name) =>
    !isRefusal(mayDecide(state, idOf(name), { ...own(name), cover: coverOf(covers, idOf(name), now, behind) }, RULES));
  const state = inReview(...events);
  return there.some((one) => {
    if (!may(state, one)) return false;
    if (state.stage === 'authorization') return true;
    const then = inReview(...events, confirmed(one));
    return there.some((other) => may(then, other));
  });
}

describe('whoever is there, away, tied or barred', () => {
  it('nobody is missing exactly where the rules for a decision let two of those who are there decide', () =>
    fc.assert(
      fc.property(situation, ({ names, spans, beneficiary, conflict, confirmedBy }) => {
        const absences = onceEach(spans);
        const events = [
          submitted({ beneficiary: beneficiary && idOf(beneficiary) }),
          ...conflict.map((name) => conflicted(name)),
          ...(confirmedBy ? [confirmed(confirmedBy)] : []),
        ];
        const { short } = staffingOf(inReview(...events), staffOf(names, absences), RULES, hour(3));
        expect(short.length === 0).toBe(byTheRules(events, names, absences));
      }),
      { numRuns: 1000 },
    ));

  it('nobody is missing exactly where two people can be found one by one, now and when relief is promised', () =>
    fc.assert(
      fc.property(situation, ({ names, spans, beneficiary, conflict, confirmedBy }) => {
        const once = onceEach(spans);
        const staff = staffOf(names, once);
        const state = inReview(
          submitted({ beneficiary: beneficiary && idOf(beneficiary) }),
          ...conflict.map((name) => conflicted(name)),
          ...(confirmedBy ? [confirmed(confirmedBy)] : []),
        );
        const { short } = staffingOf(state, staff, RULES, hour(3));
        expect(short.length === 0).toBe(byHand(state, staff, hour(3)));
        const relief = state.stage === 'authorization' ? short[0]?.until : null;
        if (!relief) return;
        // As soon as that, and not an hour sooner.
        expect(byHand(state, staff, relief)).toBe(true);
        for (let at = 4; hour(at) < relief; at++) expect(byHand(state, staff, hour(at))).toBe(false);
      }),
      { numRuns: 1000 },
    ));
});

describe('rerouting', () => {
  const managers = submitted({ deviation: '25' });

  it('is a supervisor’s, and opens a round at the next tier with the time that it has', () => {
    const request = given(managers, confirmed());
    request
      .when('sam', reroute(), { at: hour(5) })
      .thenEvents({ type: 'rerouted', round: 2, tier: 'executive', tierByDeviation: 'manager', dueAt: hour(5 + 72) });
    const after = request.and('sam', reroute(), { at: hour(5) }).state;
    expect(after).toMatchObject({ status: 'in_review', stage: 'validation', tier: 'executive', round: 2 });
    for (const name of ['olga', 'mia', 'ada'] as const)
      expect(request.when(name, reroute()).outcome).toHaveProperty('refused');
    request.when('olga', reroute()).thenRefused('not_of', { role: 'ops_supervisors' });
  });

  it('is not for a supervisor’s own request', () => {
    given(submitted({ requester: idOf('sam') }))
      .when('sam', reroute())
      .thenRefused('self_approval', { as: 'requester' });
    given(submitted(), conflicted('sam')).when('sam', reroute()).thenRefused('conflict_of_interest');
  });

  it('needs a reason and a tier above', () => {
    given(managers).when('sam', reroute(' ')).thenRefused('rationale_missing');
    given(submitted({ deviation: '60' }))
      .when('sam', reroute())
      .thenRefused('no_tier_above');
  });

  it('pressed by two supervisors goes up one tier, not two', () => {
    const request = given(submitted());
    request.when('sam', reroute('Nobody there.', 'manager')).thenEvents({ tier: 'manager' });
    request
      .and('sam', reroute('Nobody there.', 'manager'))
      .when('sue', reroute('Nobody there.', 'manager'))
      .thenRefused('changed_since');
  });

  it('leaves what is expedited as pressing as it was', () => {
    const quick = given(managers).and('mia', expedite(), { at: hour(1) });
    const due = quick.state?.dueAt ?? '';
    quick.when('sam', reroute(), { at: hour(2) }).thenEvents({ type: 'rerouted', dueAt: due });
    expect(quick.and('sam', reroute()).state?.expedited).not.toBeNull();
  });

  it('waits until the tier is known', () =>
    given(submitted({ deviation: null, asksFor: null, rule: 'other', otherRule: words('New') }))
      .when('sam', reroute())
      .thenRefused('tier_unset'));

  it('holds through an edit, and a figure that asks for more still counts', () => {
    const up = given(submitted()).and('sam', reroute());
    up.when('ada', amend({ value: '5' })).thenEvents({
      type: 'amended',
      tier: 'manager',
      tierByDeviation: 'team_lead',
    });
    expect(up.and('ada', amend({ deviation: '60' })).state).toMatchObject({ tier: 'executive' });
  });
});
