import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/core/events.ts';
import { ROLES } from '../../src/core/values.ts';
import { hour, idOf, standingFor } from '../support/cast.ts';
import {
  acknowledged,
  answer,
  answered,
  approve,
  ask,
  authorized,
  confirmed,
  conflicted,
  given,
  nudged,
  questioned,
  raised,
  reject,
  stageRejected,
  submit,
  submitted,
  withdraw,
  withdrawn,
  words,
} from '../support/given.ts';

const ben = { beneficiary: idOf('ben') };
const guest = { standing: standingFor('olga', { person: { guest: true } }) };
const stale = { standing: standingFor('olga', { person: { age: 15 * 60_000 + 1 } }) };

describe('submitting', () => {
  it('records who asks, the policy it is asked under, the tier and its deadline', () =>
    given()
      .when('ada', submit(), { at: hour(0) })
      .thenEvents({
        type: 'submitted',
        by: idOf('ada'),
        at: hour(0),
        number: 12,
        requester: idOf('ada'),
        policyVersion: 1,
        currency: 'USD',
        tier: 'team_lead',
        tierByDeviation: 'team_lead',
        dueAt: hour(24),
      }));

  it('gives a manager 48 and an executive 72 hours', () => {
    given()
      .when('ada', submit({ deviation: '20' }), { at: hour(0) })
      .thenEvents({ tier: 'manager', dueAt: hour(48) });
    given()
      .when('ada', submit({ deviation: '50' }), { at: hour(0) })
      .thenEvents({ tier: 'executive', dueAt: hour(72) });
  });

  it('climbs to the tier whose authority covers the value, and records that as an escalation to its approvers', () =>
    given()
      .when('ada', submit({ deviation: '5', value: '10000.01' }), { at: hour(0) })
      .thenEvents(
        { type: 'submitted', tier: 'manager', tierByDeviation: 'team_lead', dueAt: hour(48) },
        {
          type: 'escalation_raised',
          by: SYSTEM,
          kind: 'authority_exceeded',
          role: 'managers',
          priority: 'normal',
          deadline: hour(48),
          since: hour(0),
        },
      ));

  it('keeps every field as it was filled in', () => {
    const filled = { rationale: words('<!channel> & *bold*'), evidence: words('https://x.test'), urgent: true };
    given()
      .when('ada', submit({ ...ben, ...filled, severity: 'critical', alreadyHappened: true, neededBy: '2026-12-01' }))
      .thenEvents({ ...ben, ...filled, severity: 'critical', alreadyHappened: true, neededBy: '2026-12-01' });
  });
});

describe('approving and rejecting', () => {
  it('confirms the details first, and keeps what was seen, why and by what right', () => {
    const when = given(submitted()).when('olga', approve('Contract seen.'));
    when.thenEvents({
      type: 'stage_approved',
      by: idOf('olga'),
      at: hour(3),
      round: 1,
      stage: 'validation',
      rationale: words('Contract seen.'),
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      authority: {
        role: 'operations',
        group: 'S0OPERATIONS',
        source: 'slack',
        confirmedAt: hour(0),
        displayName: 'olga of the cast',
        tierLimit: '10000',
        onBehalfOf: null,
      },
    });
    expect(when.request()).toMatchObject({ status: 'in_review', stage: 'authorization' });
  });

  it('is approved once a second person has authorized it', () => {
    const when = given(submitted(), confirmed('olga')).when('lee', approve());
    when.thenEvents({ type: 'stage_approved', stage: 'authorization', authority: { role: 'team_leads' } } as object);
    expect(when.request()).toMatchObject({ status: 'approved', by: idOf('lee'), at: hour(3) });
  });

  it.each([
    ['manager', '20', 'mia'],
    ['executive', '50', 'eve'],
  ] as const)('lets only the group of the tier authorize: %s', (_tier, deviation, approver) => {
    const request = given(submitted({ deviation }), confirmed());
    request.when(approver, approve()).thenEvents({ type: 'stage_approved', by: idOf(approver) });
    const role = approver === 'mia' ? 'managers' : 'executives';
    request.when('lee', approve()).thenRefused('not_in_role', { role, stage: 'authorization' });
  });

  it('keeps no limit where the top tier decides', () =>
    given(submitted({ deviation: '50' }), confirmed())
      .when('eve', approve())
      .thenEvents({ authority: { tierLimit: null, onBehalfOf: null } } as object));

  it('ends with one rejection, at either stage', () => {
    const first = given(submitted()).when('olga', reject('No contract.'));
    first.thenEvents({ type: 'stage_rejected', stage: 'validation', rationale: words('No contract.') });
    expect(first.request()).toMatchObject({ status: 'rejected', stage: 'validation', by: idOf('olga') });
    expect(given(submitted(), confirmed()).when('lee', reject()).request()).toMatchObject({
      status: 'rejected',
      stage: 'authorization',
      by: idOf('lee'),
    });
  });

  it('knows nothing of a request that does not exist', () =>
    given()
      .when('olga', {
        type: 'approve',
        seen: { round: 1, stage: 'validation', contentHash: '' },
        rationale: words('x'),
        checks: [],
        conditions: [],
      })
      .thenRefused('not_found'));

  it.each([approve, reject])('does not let those decide who ask, whatever groups they are in', (decision) => {
    given(submitted({ requester: idOf('dora') }))
      .when('dora', decision())
      .thenRefused('self_approval', { as: 'requester' });
    given(submitted({ beneficiary: idOf('dora') }))
      .when('dora', decision())
      .thenRefused('self_approval', { as: 'beneficiary' });
  });

  it('does not let the one who asks for themselves decide', () =>
    given(submitted({ requester: idOf('dora'), beneficiary: idOf('dora') }))
      .when('dora', approve())
      .thenRefused('self_approval', { as: 'requester' }));

  it.each([approve, reject])('does not let one person decide both stages, though they are in both groups', (decision) =>
    given(submitted(), confirmed('dora'))
      .when('dora', decision())
      .thenRefused('same_person', { stage: 'authorization' }),
  );

  it('bars whoever declared a personal interest', () =>
    given(submitted(), conflicted('olga')).when('olga', approve()).thenRefused('conflict_of_interest'));

  it('asks for the role whose turn it is, not for any role', () => {
    given(submitted()).when('lee', approve()).thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted(), confirmed('olga'))
      .when('otto', approve())
      .thenRefused('not_in_role', { role: 'team_leads', stage: 'authorization' });
  });

  it('says no to whom Slack does not vouch for, and to what Slack said too long ago', () => {
    given(submitted()).when('olga', approve(), guest).thenRefused('not_eligible', { because: 'guest' });
    given(submitted()).when('olga', approve(), stale).thenRefused('directory_stale');
  });

  it('lets a guest ask, but nobody of another company, no bot and no closed account', () => {
    for (const [person, because] of [
      [{ home: false }, 'outsider'],
      [{ bot: true }, 'bot'],
      [{ deleted: true }, 'deactivated'],
    ] as const)
      given()
        .when('ada', submit(), { standing: standingFor('ada', { person }) })
        .thenRefused('not_eligible', { because });
    given().when('ada', submit(), guest).thenEvents({ type: 'submitted' });
  });

  it('tells an outsider nothing about the roles they would need, nor who decided', () => {
    const outside = { standing: standingFor('ada', { person: { home: false } }) };
    const late = approve('Late.', { stage: 'validation' });
    given(submitted(), confirmed()).when('ada', late, outside).thenRefused('not_eligible', { because: 'outsider' });
  });

  it('tells an outsider nothing about the roles they would need', () => {
    const outside = { standing: standingFor('ada', { person: { home: false } }) };
    given(submitted()).when('ada', approve(), outside).thenRefused('not_eligible', { because: 'outsider' });
  });

  it.each(['', '   \n\t'])('insists on a rationale (%j)', (rationale) => {
    given(submitted()).when('olga', approve(rationale)).thenRefused('rationale_missing');
    given(submitted()).when('olga', reject(rationale)).thenRefused('rationale_missing');
  });
});

describe('deciding on what was seen', () => {
  it('refuses when the content is another than the one that was seen', () =>
    given(submitted())
      .when('olga', approve('Seen.', { contentHash: 'before the edit' }))
      .thenRefused('changed_since'));

  it('refuses a modal of another round, earlier or later', () => {
    given(submitted())
      .when('olga', approve('Seen.', { round: 0 }))
      .thenRefused('changed_since');
    given(submitted())
      .when('olga', approve('Seen.', { round: 2 }))
      .thenRefused('changed_since');
  });

  it('does not take an authorization for a confirmation of details', () =>
    given(submitted())
      .when('dora', approve('Seen.', { stage: 'authorization' }))
      .thenRefused('changed_since'));

  it('says that it changed before it says that the rationale is missing, since the text is kept', () =>
    given(submitted())
      .when('olga', approve('', { contentHash: 'old' }))
      .thenRefused('changed_since'));

  it('does not say what changed to those who may not decide', () =>
    given(submitted())
      .when('zoe', approve('Seen.', { contentHash: 'old' }))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' }));

  it('21 · 23: a stage that was decided meanwhile answers with who decided it, how and when', () => {
    const facts = { stage: 'validation', outcome: 'approved', by: idOf('olga'), at: hour(1) };
    given(submitted(), confirmed('olga'))
      .when('otto', approve('Seen.', { stage: 'validation' }))
      .thenRefused('already_decided', facts);
    given(submitted(), confirmed('olga'))
      .when('otto', reject('No.', { stage: 'validation' }))
      .thenRefused('already_decided', facts);
    given(submitted(), stageRejected('validation', 'olga'))
      .when('otto', approve('Seen.', { stage: 'validation' }))
      .thenRefused('already_decided', { ...facts, outcome: 'rejected' });
  });

  it('answers the second click of the same person with their own first', () =>
    given(submitted(), confirmed('olga'))
      .when('olga', approve('Seen.', { stage: 'validation' }))
      .thenRefused('already_decided', { stage: 'validation', outcome: 'approved', by: idOf('olga'), at: hour(1) }));

  it('a decided request stays decided', () => {
    const over = (status: string, by: string, at: string) => ({ status, by, at });
    given(submitted(), confirmed(), authorized())
      .when('lia', reject('No.', { stage: 'authorization' }))
      .thenRefused('already_decided', { stage: 'authorization', outcome: 'approved', by: idOf('lee'), at: hour(2) });
    given(submitted(), stageRejected('validation', 'olga'))
      .when('lee', approve('Yes.', { stage: 'authorization' }))
      .thenRefused('request_over', over('rejected', idOf('olga'), hour(1)));
    given(submitted(), withdrawn())
      .when('olga', approve('Yes.', { stage: 'validation' }))
      .thenRefused('request_over', over('withdrawn', idOf('ada'), hour(1)));
  });
});

describe('asking for information', () => {
  it('records a numbered question at the stage, which goes on waiting', () => {
    const when = given(submitted(), questioned(1), answered(1)).when('otto', ask());
    when.thenEvents({ type: 'info_requested', question: 2, stage: 'validation', words: words('Which invoice?') });
    expect(when.request()).toMatchObject({ status: 'in_review', stage: 'validation' });
  });

  it('may be asked by whoever may decide, and by nobody else', () => {
    given(submitted()).when('zoe', ask()).thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted({ requester: idOf('dora') }))
      .when('dora', ask())
      .thenRefused('self_approval', { as: 'requester' });
    given(submitted()).when('olga', ask(), guest).thenRefused('not_eligible', { because: 'guest' });
    given(submitted(), conflicted('olga')).when('olga', ask()).thenRefused('conflict_of_interest');
    given(submitted(), withdrawn())
      .when('olga', ask())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });

  it('needs a question', () => given(submitted()).when('olga', ask('  ')).thenRefused('rationale_missing'));

  it('takes an answer from requester or beneficiary as a remark, and the approvals stay', () => {
    const when = given(submitted(ben), confirmed(), questioned(1, 'lee', 'authorization')).when('ben', answer());
    when.thenEvents({ type: 'info_answered', question: 1, words: words('Number 7.') });
    expect(when.request()).toMatchObject({ stage: 'authorization', round: 1, approvals: [{ by: idOf('olga') }] });
    given(submitted(ben), questioned()).when('ada', answer()).thenEvents({ type: 'info_answered' });
  });

  it('takes no answer from others, to nothing, twice, or after the end', () => {
    const open = given(submitted(), questioned());
    open.when('olga', answer()).thenRefused('not_requester');
    open.when('ada', answer(2)).thenRefused('no_such_question');
    given(submitted(), questioned(), answered()).when('ada', answer()).thenRefused('question_answered');
    given(submitted(), questioned(), withdrawn())
      .when('ada', answer())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('declaring a personal interest', () => {
  it('is recorded, and bars that person alone', () => {
    const when = given(submitted()).when('olga', { type: 'declare_conflict' });
    when.thenEvents({ type: 'conflict_declared', by: idOf('olga'), stage: 'validation' });
    expect(when.request()).toMatchObject({ status: 'in_review', conflicted: [idOf('olga')] });
    given(submitted(), conflicted('olga')).when('otto', approve()).thenEvents({ type: 'stage_approved' });
  });

  it('is open to whoever could decide at the other stage, before their turn comes', () =>
    given(submitted())
      .when('lee', { type: 'declare_conflict' })
      .thenEvents({ type: 'conflict_declared', by: idOf('lee'), stage: 'validation' }));

  it('is not asked of those who may not decide, and once is enough', () => {
    given(submitted(), conflicted('olga'))
      .when('olga', { type: 'declare_conflict' })
      .thenRefused('conflict_of_interest');
    given(submitted())
      .when('zoe', { type: 'declare_conflict' })
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted(), withdrawn())
      .when('olga', { type: 'declare_conflict' })
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('withdrawing', () => {
  it('ends the request, with a reason or without', () => {
    const when = given(submitted(), confirmed()).when('ada', withdraw('Not needed.'));
    when.thenEvents({ type: 'withdrawn', by: idOf('ada'), reason: words('Not needed.') });
    expect(when.request()).toMatchObject({ status: 'withdrawn', by: idOf('ada') });
    given(submitted()).when('ada', withdraw()).thenEvents({ type: 'withdrawn', reason: null });
  });

  it('is the requester’s alone, and only until it is decided', () => {
    given(submitted(ben)).when('ben', withdraw()).thenRefused('not_requester');
    given(submitted()).when('olga', withdraw()).thenRefused('not_requester');
    given(submitted(), confirmed(), authorized())
      .when('ada', withdraw())
      .thenRefused('request_over', { status: 'approved', by: idOf('lee'), at: hour(2) });
    given(submitted(), withdrawn())
      .when('ada', withdraw())
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('escalations in the hands of a supervisor', () => {
  const which = { kind: 'sla_imminent', deadline: hour(24) } as const;
  const acknowledge = { type: 'acknowledge', ...which } as const;
  const nudge = { type: 'nudge', ...which } as const;
  const escalated = [submitted(), raised('sla_imminent')];

  it('is acknowledged by one, and says so to the next', () => {
    given(...escalated)
      .when('sam', acknowledge)
      .thenEvents({ type: 'escalation_acknowledged', ...which });
    given(...escalated, acknowledged('sla_imminent', 'sam'))
      .when('sue', acknowledge)
      .thenRefused('already_acknowledged', { by: idOf('sam'), at: hour(23) });
  });

  it('is for the role it was raised to', () => {
    given(...escalated)
      .when('olga', acknowledge)
      .thenRefused('not_supervisor');
    given(...escalated)
      .when('olga', nudge)
      .thenRefused('not_supervisor');
    const formerly = { standing: standingFor('sam', { person: { deleted: true } }) };
    given(...escalated)
      .when('sam', acknowledge, formerly)
      .thenRefused('not_supervisor');
  });

  it('must have been raised, for this very deadline', () => {
    given(submitted()).when('sam', acknowledge).thenRefused('no_such_escalation');
    given(submitted()).when('sam', nudge).thenRefused('no_such_escalation');
    given(...escalated)
      .when('sam', { ...acknowledge, deadline: hour(25) })
      .thenRefused('no_such_escalation');
    given(...escalated)
      .when('sam', { ...acknowledge, kind: 'sla_breached' })
      .thenRefused('no_such_escalation');
  });

  it('may be acknowledged after the end, but there is nobody left to nudge', () => {
    given(...escalated, withdrawn(hour(23)))
      .when('sam', acknowledge)
      .thenEvents({ type: 'escalation_acknowledged' });
    given(...escalated, withdrawn(hour(23)))
      .when('sam', nudge)
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(23) });
  });

  it('nudges the stage whose turn it is', () =>
    given(submitted(), confirmed(), raised('sla_imminent'))
      .when('sam', nudge, { at: hour(23) })
      .thenEvents({ type: 'nudged', stage: 'authorization', ...which }));

  it('nudges again only after a quarter of an hour, whoever nudged and for whatever escalation', () => {
    const before = [...escalated, raised('sla_breached'), nudged('sla_breached', 'sue')];
    given(...before)
      .when('sam', nudge, { at: '2026-11-24T08:14:59.999Z' })
      .thenRefused('nudged_just_now', { by: idOf('sue'), at: hour(23) });
    given(...before)
      .when('sam', nudge, { at: '2026-11-24T08:15:00.000Z' })
      .thenEvents({ type: 'nudged' });
  });
});

describe('the passing of time', () => {
  const tick = { type: 'tick' } as const;

  it('tells the supervisors two hours before the deadline, and says since when', () =>
    given(submitted())
      .when('system', tick, { at: hour(22.5) })
      .thenEvents({
        type: 'escalation_raised',
        by: SYSTEM,
        at: hour(22.5),
        kind: 'sla_imminent',
        deadline: hour(24),
        since: hour(22),
        role: 'ops_supervisors',
        priority: 'high',
      }));

  it('never approves, rejects, skips or closes anything, however long it takes', () => {
    for (const events of [[submitted()], [submitted(), confirmed()], [submitted(), questioned()]]) {
      const { stage } = given(...events).state as { stage: string };
      const late = given(...events).when('system', tick, { at: hour(24 * 365) });
      late.thenEvents({ type: 'escalation_raised', kind: 'sla_breached' });
      expect(late.request()).toMatchObject({
        status: 'in_review',
        stage,
        approvals: given(...events).state?.approvals,
      });
    }
  });

  it('has nothing to say before its time, or once all is said, or after the end', () => {
    given(submitted())
      .when('system', tick, { at: hour(11.99) })
      .thenNothing();
    given(submitted(), raised('sla_imminent'), raised('sla_breached'))
      .when('system', tick, { at: hour(99) })
      .thenNothing();
    given(submitted(), withdrawn())
      .when('system', tick, { at: hour(9999) })
      .thenNothing();
  });

  it('acts on requests that exist', () => given().when('system', tick).thenRefused('not_found'));

  it('cannot decide, though the program itself gave the order', () =>
    given(submitted())
      .when('system', approve(), { standing: { person: null, roles: standingFor('dora').roles } })
      .thenRefused('not_eligible', { because: 'unknown' }));
});

it('asks nothing of somebody of whom Slack has never heard, in any role', () => {
  const nobody = standingFor('dora', {
    person: null,
    roles: Object.fromEntries(ROLES.map((role) => [role, null])),
  });
  given(submitted()).when('dora', approve(), { standing: nobody }).thenRefused('not_eligible', { because: 'unknown' });
});
