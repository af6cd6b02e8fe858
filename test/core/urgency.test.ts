import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import { SYSTEM } from '../../src/core/events.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  acknowledge,
  approve,
  authorized,
  complain,
  confirmed,
  expedite,
  given,
  submitted,
  tick,
  withdrawn,
  words,
} from '../support/given.ts';
import { RULES } from '../support/policy.ts';

describe('a complaint of the customer', () => {
  it('calls customer success at once, with an hour to take charge', () =>
    given(submitted())
      .when('ada', complain())
      .thenEvents(
        { type: 'complaint_received', by: idOf('ada'), words: words('They called and were angry.') },
        {
          type: 'escalation_raised',
          by: SYSTEM,
          kind: 'complaint',
          role: 'customer_success',
          priority: 'urgent',
          since: hour(3),
          deadline: hour(4),
        },
      ));

  const complained = given(submitted()).and('ada', complain());

  it('goes up to the supervisors when nobody has, once', () => {
    expect(complained.state && attentionAt(complained.state, RULES)).toBe(hour(4));
    complained
      .when('system', tick, { at: hour(4) })
      .thenEvents({ kind: 'complaint', step: 2, role: 'ops_supervisors', priority: 'urgent', deadline: hour(4) });
    complained
      .and('system', tick, { at: hour(4) })
      .when('system', tick, { at: hour(5) })
      .thenNothing();
  });

  it('does not go up once somebody of customer success has taken charge', () => {
    complained.when('olga', acknowledge('complaint', hour(4))).thenRefused('not_supervisor');
    const taken = complained.and('cora', acknowledge('complaint', hour(4)));
    taken.when('system', tick, { at: hour(5) }).thenNothing();
  });

  it('is a matter of its own each time', () => {
    const twice = complained.and('olga', complain());
    expect(twice.state?.complaints).toHaveLength(2);
    expect(twice.state?.escalations).toHaveLength(1);
    expect(complained.and('ada', complain(), { at: hour(3.5) }).state?.escalations).toHaveLength(2);
  });

  it('changes nothing about deadline, stage or approvals', () => {
    const { state } = given(submitted(), confirmed()).and('ada', complain());
    expect(state).toMatchObject({ stage: 'authorization', round: 1, dueAt: hour(24) });
  });

  it('is taken from those who may see the request, also while it is carried out, and says something', () => {
    given(submitted()).when('zoe', complain()).thenRefused('not_found');
    given(submitted()).when('ada', complain(' ')).thenRefused('rationale_missing');
    given(submitted(), confirmed(), authorized()).when('ada', complain()).thenEvents({}, {});
    given(submitted(), withdrawn())
      .when('ada', complain())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('expediting', () => {
  it('is a manager’s, justified, and leaves four hours', () => {
    const when = given(submitted()).when('mia', expedite());
    when.thenEvents({
      type: 'expedited',
      by: idOf('mia'),
      justification: words('Their plant stands still.'),
      dueAt: hour(7),
    });
    expect(when.request()).toMatchObject({ dueAt: hour(7), expedited: { by: idOf('mia') }, round: 1 });
    given(submitted()).when('lee', expedite()).thenRefused('not_of', { role: 'managers' });
    given(submitted()).when('mia', expedite('')).thenRefused('rationale_missing');
    given(submitted({ requester: idOf('mia') }))
      .when('mia', expedite())
      .thenRefused('self_approval', { as: 'requester' });
  });

  it('still takes two people, and keeps what was confirmed', () => {
    const quick = given(submitted(), confirmed('olga')).and('mia', expedite());
    expect(quick.state).toMatchObject({ stage: 'authorization' });
    quick.when('dora', approve()).thenEvents({ type: 'stage_approved' });
    quick.when('olga', approve()).thenRefused('same_person', { stage: 'authorization' });
  });

  it('is warned about before its new deadline', () =>
    given(submitted())
      .and('mia', expedite())
      .when('system', tick, { at: hour(5) })
      .thenEvents({ kind: 'sla_imminent', deadline: hour(7), since: hour(5) }));

  it('happens once, and never moves a deadline back', () => {
    given(submitted())
      .and('mia', expedite())
      .when('mia', expedite())
      .thenRefused('already_expedited', { by: idOf('mia'), at: hour(3) });
    given(submitted())
      .when('mia', expedite(), { at: hour(20) })
      .thenRefused('due_sooner', { dueAt: hour(24) });
    given(submitted(), withdrawn())
      .when('mia', expedite())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});
