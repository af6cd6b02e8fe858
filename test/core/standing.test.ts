import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../src/core/events.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import {
  couldAlsoAuthorize,
  holds,
  mayDecide,
  mayView,
  type Person,
  type Standing,
  TOO_OLD,
} from '../../src/core/standing.ts';
import type { Role } from '../../src/core/values.ts';
import { CAST, idOf, NAMES, type Name, standingFor } from '../support/cast.ts';
import { authorized, confirmed, conflicted, raised, requestOf, submitted } from '../support/given.ts';
import { RULES } from '../support/policy.ts';

const decide = (standing: Standing, name: Name = 'olga', ...events: Recorded[]) =>
  mayDecide(requestOf(submitted(), ...events), idOf(name), standing, RULES);
const refusal = (why: string, facts: object = {}) => ({ refused: true, why, ...facts });

describe('whoever Slack does not vouch for decides nothing, in whatever group they are', () => {
  it.each<[string, Partial<Person> | null, string]>([
    ['an outsider seen through Slack Connect', { home: false }, 'outsider'],
    ['a guest', { guest: true }, 'guest'],
    ['a bot', { bot: true }, 'bot'],
    ['27: somebody whose account was deactivated', { deleted: true }, 'deactivated'],
    ['somebody Slack never mentioned', null, 'unknown'],
  ])('%s', (_who, person, because) => {
    const standing = standingFor('olga', { person });
    expect(decide(standing)).toEqual(refusal('not_eligible', { because }));
    expect(holds(standing, 'operations')).toBe(false);
  });

  it('is told that before anything about the request', () => {
    const standing = standingFor('olga', { person: { guest: true } });
    expect(decide(standing, 'ada')).toEqual(refusal('not_eligible', { because: 'guest' }));
    expect(decide(standing, 'olga', conflicted('olga'))).toMatchObject({ why: 'not_eligible' });
  });
});

describe('when Slack cannot say, the answer is no', () => {
  it('where the person was confirmed more than fifteen minutes ago', () => {
    expect(decide(standingFor('olga', { person: { age: TOO_OLD + 1 } }))).toEqual(refusal('directory_stale'));
    expect(isRefusal(decide(standingFor('olga', { person: { age: TOO_OLD } })))).toBe(false);
  });

  it('where the group was confirmed more than fifteen minutes ago', () => {
    const aged = (age: number) => standingFor('olga', { roles: { operations: { age } } });
    expect(decide(aged(TOO_OLD + 1))).toEqual(refusal('directory_stale'));
    expect(isRefusal(decide(aged(TOO_OLD)))).toBe(false);
  });

  it('does not say “not in the group” of a group it has not heard of lately', () =>
    expect(decide(standingFor('zoe', { roles: { operations: { age: TOO_OLD + 1 } } }), 'zoe')).toEqual(
      refusal('directory_stale'),
    ));

  it('18: where the group that fills the role cannot be found: a missing list lets nobody in', () => {
    expect(decide(standingFor('olga', { roles: { operations: null } }))).toEqual(
      refusal('role_unknown', { role: 'operations' }),
    );
    expect(holds(standingFor('olga', { roles: { operations: null } }), 'operations')).toBe(false);
  });
});

describe('the role', () => {
  it('19: is needed to decide, whoever can see the button', () =>
    expect(decide(standingFor('zoe'), 'zoe')).toEqual(
      refusal('not_in_role', { role: 'operations', stage: 'validation' }),
    ));

  it('may be filled by a list in the policy, and the record says so', () => {
    const listed = standingFor('olga', { roles: { operations: { source: 'policy', group: 'policy', age: 0 } } });
    expect(decide(listed)).toMatchObject({ role: 'operations', source: 'policy', group: 'policy' });
  });

  it('is that of the tier once the details are confirmed', () => {
    expect(decide(standingFor('lee'), 'lee', confirmed())).toMatchObject({ role: 'team_leads', tierLimit: '10000' });
    expect(decide(standingFor('mia'), 'mia', confirmed())).toEqual(
      refusal('not_in_role', { role: 'team_leads', stage: 'authorization' }),
    );
  });

  it('of those who could fill both is told to them before they confirm, and not after', () => {
    const could = (name: Name, ...events: Recorded[]) =>
      couldAlsoAuthorize(requestOf(submitted(), ...events), standingFor(name));
    expect(could('dora')).toBe(true);
    expect(could('olga')).toBe(false);
    expect(could('dora', confirmed('olga'))).toBe(false);
    expect(could('dora', confirmed('olga'), authorized())).toBe(false);
  });
});

describe('the reasons are given in the order that helps', () => {
  it('an own request, a declared interest and an earlier stage come before the role', () => {
    const nobody = standingFor('zoe');
    expect(decide(nobody, 'ada')).toEqual(refusal('self_approval', { as: 'requester' }));
    expect(decide(nobody, 'zoe', conflicted('zoe'))).toEqual(refusal('conflict_of_interest'));
    expect(decide(nobody, 'zoe', confirmed('zoe'))).toEqual(refusal('same_person', { stage: 'authorization' }));
  });

  it('and before “ask Slack again”, which would not help', () =>
    expect(decide(standingFor('ada', { person: { age: TOO_OLD + 1 } }), 'ada')).toEqual(
      refusal('self_approval', { as: 'requester' }),
    ));

  it('and that it is over before all', () =>
    expect(decide(standingFor('olga', { person: { guest: true } }), 'olga', confirmed(), authorized())).toMatchObject({
      why: 'request_over',
      status: 'approved',
    }));
});

describe('who may look at a request', () => {
  const seenBy = (...events: Recorded[]) => {
    const state = requestOf(submitted({ beneficiary: idOf('ben') }), ...events);
    return NAMES.filter((name) => mayView(state, idOf(name), standingFor(name)));
  };

  it('requester, beneficiary, the roles of its stages, who may expedite it, supervisors, compliance, auditors; nobody else', () =>
    expect(seenBy()).toEqual([
      'ada',
      'ben',
      'olga',
      'otto',
      'lee',
      'lia',
      'mia',
      'dora',
      'sam',
      'sue',
      'cleo',
      'carl',
      'audrey',
    ]));

  it('also the role an escalation went to', () =>
    expect(seenBy({ ...raised('authority_exceeded'), role: 'executives' })).toContain('eve'));

  it('still those who decided, once it is over', () =>
    expect(seenBy(confirmed(), authorized())).toEqual(expect.arrayContaining(['ada', 'ben', 'olga', 'lee'])));

  it('not a guest, an outsider or a deactivated account in one of the groups', () => {
    const state = requestOf(submitted());
    const odd: Partial<Person>[] = [{ guest: true }, { home: false }, { deleted: true }, { bot: true }];
    for (const person of odd) expect(mayView(state, idOf('sam'), standingFor('sam', { person }))).toBe(false);
  });

  it('by membership in each of the groups alone', () => {
    const state = requestOf(submitted({ deviation: '20' }));
    const allowed: Role[] = ['operations', 'managers', 'ops_supervisors', 'compliance'];
    for (const name of NAMES.filter((n) => n !== 'ada')) {
      const expected = (CAST[name] as readonly Role[]).some((role) => allowed.includes(role));
      expect(mayView(state, idOf(name), standingFor(name)), name).toBe(expected);
    }
  });
});
