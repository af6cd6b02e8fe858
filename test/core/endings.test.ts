import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import type { Validity } from '../../src/core/events/timing.ts';
import { mayRenew } from '../../src/core/renewing.ts';
import type { Approved } from '../../src/core/request.ts';
import { situationOf } from '../../src/core/situation.ts';
import { tasksOf } from '../../src/core/tasks.ts';
import { type Instant, plus } from '../../src/core/values.ts';
import { hour, idOf, type Name, standingFor } from '../support/cast.ts';
import {
  approve,
  authorized,
  close,
  confirmed,
  execute,
  given,
  meet,
  reject,
  requestOf,
  revoke,
  submit,
  submitted,
  tick,
  withdrawn,
} from '../support/given.ts';
import { POLICY_TEXT, PROCEDURE, policyWith, readPolicy } from '../support/policy.ts';

/** The story begins on 23 November 2026. */
const TODAY = '2026-11-23';
const SPRING: Validity = { from: TODAY, until: '2027-03-03' };
const at = (day: string, time = '09:00'): { at: Instant; rules: typeof PROCEDURE } => ({
  at: `${day}T${time}:00.000Z`,
  rules: PROCEDURE,
});

const policyOf = (validity: string) =>
  readPolicy(policyWith('rules:\n', `rules:\n  validity: ${validity}\n`, POLICY_TEXT)).rules;
const inAuthorization = given(submitted(), confirmed());
const authorizing = (validity: Validity | null | undefined, policy = '{}') =>
  inAuthorization.when('lee', approve('Fine.', {}, validity === undefined ? {} : { validity }), {
    rules: policyOf(policy),
  });
const goodUntil = (validity: Validity | null) => [{ type: 'stage_approved', validity }] as const;

describe('how long an approval is good for', () => {
  it('is what its approver says', () => {
    authorizing(SPRING).thenEvents(...goodUntil(SPRING));
    authorizing({ from: '2027-01-01', until: '2027-01-01' }).thenEvents(
      ...goodUntil({ from: '2027-01-01', until: '2027-01-01' }),
    );
  });

  it('is without end where neither approver nor policy says anything', () => {
    authorizing(undefined).thenEvents(...goodUntil(null));
    authorizing(null).thenEvents(...goodUntil(null));
  });

  it('is what the policy says by default, from today on, where the approver says nothing', () => {
    authorizing(undefined, '{ default: 100d, max: 365d }').thenEvents(...goodUntil(SPRING));
  });

  it('is as long as the policy allows at most, where it has no default', () => {
    authorizing(undefined, '{ max: 100d }').thenEvents(...goodUntil(SPRING));
  });

  it('is without end in spite of a default, where the approver says so and no maximum forbids it', () => {
    authorizing(null, '{ default: 100d }').thenEvents(...goodUntil(null));
    authorizing(null, '{ default: 100d, max: 100d }').thenRefused('validity_too_long', { latest: '2027-03-03' });
  });

  it('does not begin before today, nor end before it begins', () => {
    authorizing({ from: '2026-11-22', until: '2027-03-03' }).thenRefused('validity_unfit', { because: 'passed' });
    authorizing({ from: '2027-03-03', until: '2027-03-02' }).thenRefused('validity_unfit', { because: 'reversed' });
  });

  it('ends within the maximum of the policy, counted from its first day', () => {
    const late = { from: '2027-01-01', until: '2027-01-31' };
    authorizing(late, '{ max: 30d }').thenEvents(...goodUntil(late));
    authorizing({ ...late, until: '2027-02-01' }, '{ max: 30d }').thenRefused('validity_too_long', {
      latest: '2027-01-31',
    });
  });

  it('is no part of a confirmation of the details', () => {
    const confirming = approve('Checked.', {}, { validity: SPRING });
    given(submitted())
      .when('olga', confirming, { rules: policyOf('{ default: 100d }') })
      .thenEvents(...goodUntil(null));
  });

  it('cannot be longer by default than at most', () => {
    expect(() => policyOf('{ default: 31d, max: 30d }')).toThrow('expected no longer than max');
  });
});

const good = given(submitted(), confirmed(), authorized('lee', SPRING));
const lapsing = { type: 'lapsed', because: 'expired', since: '2027-03-04T00:00:00.000Z' } as const;
const lapsed = good.and('system', tick, at('2027-03-04'));
const revoked = good.and('lia', revoke(), at('2026-12-01'));

/** Carried out, so that nothing else is chased. */
const running = good.and('otto', execute());

describe('before it ends', () => {
  it('its owner hears of it 30, 7 and 1 days before, in the morning, once each', () => {
    const days = [
      { day: '2027-02-01', days: 30 },
      { day: '2027-02-24', days: 7 },
      { day: '2027-03-02', days: 1 },
    ];
    let story = running;
    for (const { day, days: left } of days) {
      expect(attentionAt(requestOf(...story.events), PROCEDURE)).toBe(`${day}T09:00:00.000Z`);
      story.when('system', tick, at(day, '08:59')).thenNothing();
      story.when('system', tick, at(day)).thenEvents({ type: 'ending_near', days: left, until: '2027-03-03' });
      story = story.and('system', tick, at(day));
      story.when('system', tick, at(day, '23:00')).thenNothing();
    }
    expect(attentionAt(requestOf(...story.events), PROCEDURE)).toBe('2027-03-04T00:00:00.000Z');
  });

  it('only what is still useful is said after a downtime', () => {
    running.when('system', tick, at('2027-02-25')).thenEvents({ type: 'ending_near', days: 7 });
    running.when('system', tick, at('2027-03-03')).thenEvents({ type: 'ending_near', days: 1 });
    running.when('system', tick, at('2027-05-01')).thenEvents(lapsing);
    const told = running.and('system', tick, at('2027-03-03'));
    told.when('system', tick, at('2027-03-03', '23:59')).thenNothing();
  });

  it('what is granted for a week is not said to end in a month', () => {
    const short = given(submitted(), confirmed(), authorized('lee', { from: TODAY, until: '2026-12-01' }));
    const told = short.and('otto', execute()).and('system', tick, at('2026-11-24', '10:00'));
    expect(told.events.filter(({ type }) => type === 'ending_near')).toMatchObject([{ days: 7 }]);
  });
});

describe('what is good from a later day on', () => {
  it('is not chased to be carried out before', () => {
    const later = given(submitted(), confirmed(), authorized('lee', { from: '2027-01-11', until: '2027-06-11' }));
    later.when('system', tick, at('2027-01-10')).thenNothing();
    later.when('system', tick, at('2027-01-15')).thenEvents({ type: 'escalation_raised', kind: 'execution_overdue' });
  });
});

describe('at its end', () => {
  it('it lapses when its last day is over, not before', () => {
    running.and('system', tick, at('2027-03-02')).when('system', tick, at('2027-03-03', '23:59')).thenNothing();
    running.when('system', tick, at('2027-03-04', '00:00')).thenEvents(lapsing);
  });

  it('also where its record is closed already', () => {
    const closed = running.and('otto', close(), at('2026-12-01'));
    closed.when('system', tick, at('2027-03-04')).thenEvents(lapsing);
  });

  it('one without end does not lapse', () => {
    const forever = given(submitted(), confirmed(), authorized()).and('otto', execute());
    forever.when('system', tick, at('2036-01-01')).thenNothing();
  });

  it.each([
    ['lapsed', lapsed],
    ['revoked', revoked],
  ] as const)('%s, it is not carried out and nothing is owed any more; its record is closed', (situation, story) => {
    const state = requestOf(...story.events);
    expect(situationOf(state)).toBe(situation);
    expect(tasksOf(state)).toEqual([{ kind: 'close', owner: { role: 'operations' }, due: null }]);
    story.when('system', tick, at('2028-01-01')).thenNothing();
    story.when('otto', close(), at('2027-03-05')).thenEvents({ type: 'closed' });
  });

  it('it is not carried out after its end, though nobody has looked at the clock yet', () => {
    const facts = { how: 'expired', by: 'system', at: '2027-03-04T00:00:00.000Z' };
    good.when('otto', execute(), at('2027-03-03', '23:59')).thenEvents({ type: 'executed' });
    good.when('otto', execute(), at('2027-03-04', '00:00')).thenRefused('already_ended', facts);
    good.when('lia', revoke(), at('2027-03-04', '00:00')).thenRefused('already_ended', facts);
  });

  it('only an approval ends', () => {
    given(submitted()).when('lia', revoke()).thenRefused('not_approved');
    given(submitted(), withdrawn())
      .when('lia', revoke())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('a condition that is not met', () => {
  const device = { text: submitted().rationale, owner: idOf('zoe'), due: '2026-11-27' };
  const allowed = { ...authorized(), conditions: [device] };
  const conditional = given(submitted(), confirmed(), allowed).and('otto', execute());
  const warned = conditional.and('system', tick, at('2026-11-28'));
  const grace = (since: Instant) => plus(since, PROCEDURE.condition_grace);

  it('ends the approval, once it was warned of and the policy’s grace is over', () => {
    expect(warned.events.at(-1)).toMatchObject({ type: 'escalation_raised', kind: 'condition_overdue' });
    const end = grace(at('2026-11-28').at);
    const lapses = (story: typeof warned, when: Instant) =>
      story.when('system', tick, { rules: PROCEDURE, at: when }).outcome;
    expect(lapses(warned, plus(end, -1))).not.toContainEqual(expect.objectContaining({ type: 'lapsed' }));
    expect(lapses(warned, end)).toMatchObject([{ type: 'lapsed', because: 'condition', since: end }]);
  });

  it('has its full grace after the warning, however late that was given', () => {
    const late = conditional.and('system', tick, at('2027-06-01'));
    expect(late.events.at(-1)).toMatchObject({ type: 'escalation_raised' });
    late.when('zoe', meet(), at('2027-06-07')).thenEvents({ type: 'condition_met' });
  });

  it('is met in time until then, and not after', () => {
    const saved = warned.and('zoe', meet(), at('2026-12-04'));
    saved.when('system', tick, at('2028-01-01')).thenNothing();
    const end = grace(at('2026-11-28').at);
    warned
      .when('zoe', meet(), { rules: PROCEDURE, at: end })
      .thenRefused('already_ended', { how: 'condition', by: 'system', at: end });
  });

  it('ends it once, where its time is over as well', () => {
    const both = given(submitted(), confirmed(), { ...allowed, validity: { from: TODAY, until: '2026-12-04' } });
    const story = both.and('otto', execute()).and('system', tick, at('2026-11-28'));
    story.when('system', tick, at('2027-01-01')).thenEvents({ type: 'lapsed', because: 'expired' });
  });
});

describe('revoking', () => {
  const allowedTo: Name[] = ['lia', 'lee', 'cleo', 'carl'];
  it.each(allowedTo)('%s may: whoever authorizes such a thing, and compliance', (who) => {
    good.when(who, revoke()).thenEvents({ type: 'revoked', by: idOf(who) });
  });

  it('nobody else may, and neither may whoever asked', () => {
    good.when('olga', revoke()).thenRefused('not_of', { role: 'team_leads' });
    good.when('ada', revoke()).thenRefused('self_approval', { as: 'requester' });
  });

  it('needs a reason, and is done once', () => {
    good.when('lia', revoke(' ')).thenRefused('rationale_missing');
    const how = { how: 'revoked', by: idOf('lia'), at: at('2026-12-01').at };
    revoked.when('lee', revoke(), at('2026-12-02')).thenRefused('already_ended', how);
    revoked.when('otto', execute(), at('2026-12-02')).thenRefused('already_ended', how);
  });
});

describe('renewing', () => {
  const may = (
    who: Name,
    story: typeof good,
    renewedBy: { number: number; status: 'in_review' | 'approved' } | null = null,
  ) => mayRenew(requestOf(...story.events), idOf(who), standingFor(who), PROCEDURE, renewedBy);

  it('is for whoever asked or answers for it, and operations, while it is good and after it has lapsed', () => {
    for (const story of [good, lapsed]) for (const who of ['ada', 'otto'] as const) expect(may(who, story)).toBeNull();
    expect(may('zoe', good)).toMatchObject({ why: 'not_yours_to_renew' });
  });

  it('is not for what was revoked, has no end, or was never approved', () => {
    expect(may('ada', revoked)).toMatchObject({ why: 'already_ended', how: 'revoked' });
    expect(may('ada', given(submitted(), confirmed(), authorized()))).toMatchObject({ why: 'no_end' });
    expect(may('ada', inAuthorization)).toMatchObject({ why: 'not_approved' });
    expect(may('ada', given(submitted()).and('olga', reject()))).toMatchObject({ why: 'request_over' });
  });

  it('is asked for once at a time', () => {
    expect(may('ada', good, { number: 31, status: 'in_review' })).toMatchObject({
      why: 'renewed_already',
      renewal: 31,
    });
  });

  const renewing = (times: number | null, rules = PROCEDURE) => {
    const renews = times === null ? {} : { renews: { number: 3, times } };
    const of = requestOf(submitted(renews), confirmed(), authorized('lee', SPRING)) as Approved;
    return given().when('ada', submit({ renews: 12 }), { rules, renewing: { of, renewedBy: null } });
  };

  it('is a request of its own, which says what it renews and the how manieth time', () => {
    renewing(null).thenEvents({ type: 'submitted', renews: { number: 12, times: 1 } });
    renewing(1).thenEvents({ type: 'submitted', renews: { number: 12, times: 2 } });
  });

  it('is refused as soon as the policy allows no more', () => {
    renewing(2).thenRefused('renewals_used_up', { allowed: 2 });
    renewing(null, { ...PROCEDURE, renewals: 0 }).thenRefused('renewals_used_up', { allowed: 0 });
  });

  it('is refused where there is nothing to renew', () => {
    given()
      .when('ada', submit({ renews: 12 }))
      .thenRefused('not_found');
  });
});
