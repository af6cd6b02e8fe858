import { describe, expect, it } from 'vitest';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  approve,
  assign,
  authorized,
  close,
  confirmed,
  conflicted,
  declareConflict,
  execute,
  given,
  handOver,
  stageRejected,
  submitted,
  take,
  takeBack,
  withdraw,
  withdrawn,
  words,
} from '../support/given.ts';

describe('handing over', () => {
  it('changes who answers for it, never who asked', () => {
    const when = given(submitted()).when('ada', handOver('ben'));
    when.thenEvents({ type: 'handed_over', by: idOf('ada'), to: idOf('ben') });
    expect(when.request()).toMatchObject({
      owner: idOf('ben'),
      requester: idOf('ada'),
      handovers: [{ from: idOf('ada'), to: idOf('ben') }],
    });
  });

  it('is open to the owner, to supervisors and, for people who leave, to the program', () => {
    given(submitted())
      .when('sam', handOver('ben'))
      .thenEvents({ type: 'handed_over', by: idOf('sam') });
    given(submitted()).when('system', handOver('sam')).thenEvents({ type: 'handed_over', by: 'system' });
    given(submitted()).when('olga', handOver('ben')).thenRefused('not_requester');
    given(submitted()).and('ada', handOver('ben')).when('ada', handOver('zoe')).thenRefused('not_requester');
    given(submitted()).when('ada', handOver('ada')).thenRefused('already_yours');
  });

  it('bars the new owner from deciding, and whoever wrote in it as its owner', () => {
    given(submitted())
      .and('ada', handOver('olga'))
      .when('olga', approve())
      .thenRefused('self_approval', { as: 'owner' });
    given(submitted())
      .and('ada', handOver('olga'))
      .and('olga', amend({ impact: words('Mine.') }))
      .and('olga', handOver('zoe'))
      .when('olga', approve())
      .thenRefused('self_approval', { as: 'owner' });
  });

  it('leaves the requester the right to withdraw, and gives it to the owner', () => {
    const handed = given(submitted()).and('ada', handOver('ben'));
    handed.when('ada', withdraw()).thenEvents({ type: 'withdrawn' });
    handed.when('ben', withdraw()).thenEvents({ type: 'withdrawn' });
  });

  it('is possible after an approval, while there is something to do, and not once it is over', () => {
    const approved = given(submitted(), confirmed(), authorized());
    approved.when('ada', handOver('ben')).thenEvents({ type: 'handed_over' });
    const closed = approved.and('olga', execute()).and('olga', close({ cause: 'other-cause' }));
    closed.when('ada', handOver('ben')).thenRefused('record_closed', { by: idOf('olga'), at: hour(3) });
    given(submitted(), stageRejected('validation', 'olga'))
      .when('ada', handOver('ben'))
      .thenRefused('request_over', { status: 'rejected', by: idOf('olga'), at: hour(1) });
  });
});

describe('taking back a confirmation', () => {
  it('is its author’s, gives a reason, and opens a new round in which they may confirm again', () => {
    const when = given(submitted(), confirmed('olga')).when('olga', takeBack());
    when.thenEvents({
      type: 'confirmation_taken_back',
      by: idOf('olga'),
      round: 2,
      reason: words('I looked at the wrong contract.'),
    });
    expect(when.request()).toMatchObject({ stage: 'validation', round: 2, takenBack: [{ round: 1 }] });
    given(submitted(), confirmed('olga'))
      .and('olga', takeBack())
      .when('olga', approve())
      .thenEvents({ type: 'stage_approved', round: 2 });
  });

  it('is refused to others, without a reason, and where there is none', () => {
    given(submitted(), confirmed('olga')).when('otto', takeBack()).thenRefused('not_yours_to_take_back');
    given(submitted(), confirmed('olga')).when('olga', takeBack(' ')).thenRefused('rationale_missing');
    given(submitted()).when('olga', takeBack()).thenRefused('not_yours_to_take_back');
  });

  it('ends with the authorization: that stands, and so does a rejection', () => {
    given(submitted(), confirmed('olga'), authorized())
      .when('olga', takeBack())
      .thenRefused('request_over', { status: 'approved', by: idOf('lee'), at: hour(2) });
    given(submitted(), stageRejected('validation', 'olga'))
      .when('olga', takeBack())
      .thenRefused('request_over', { status: 'rejected', by: idOf('olga'), at: hour(1) });
  });
});

describe('taking', () => {
  it('says for half an hour who looks at it, and bars nobody', () => {
    const taken = given(submitted()).and('olga', take);
    given(submitted())
      .when('olga', take)
      .thenEvents({ type: 'taken', by: idOf('olga'), stage: 'validation', until: hour(3.5) });
    taken.when('otto', approve()).thenEvents({ type: 'stage_approved', by: idOf('otto') });
    taken.when('otto', take, { at: hour(4) }).thenEvents({ type: 'taken', by: idOf('otto'), until: hour(4.5) });
  });

  it('is over with the stage, and with a declared interest', () => {
    const taken = given(submitted()).and('olga', take);
    expect(taken.and('olga', approve()).state).toMatchObject({ taken: null });
    expect(taken.and('olga', declareConflict).state).toMatchObject({ taken: null });
  });

  it('is for those whose turn it is', () => {
    given(submitted()).when('lee', take).thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
    given(submitted(), withdrawn())
      .when('olga', take)
      .thenRefused('request_over', { status: 'withdrawn', by: idOf('ada'), at: hour(1) });
  });
});

describe('assigning', () => {
  it('names somebody, and bars nobody else', () => {
    const assigned = given(submitted()).and('olga', assign('otto'));
    expect(assigned.state).toMatchObject({ assigned: { by: idOf('olga'), to: idOf('otto') } });
    assigned.when('olga', approve()).thenEvents({ type: 'stage_approved' });
  });

  it('is open to those whose turn it is and to supervisors', () => {
    given(submitted()).when('sam', assign('otto')).thenEvents({ type: 'assigned', stage: 'validation' });
    given(submitted())
      .when('zoe', assign('otto'))
      .thenRefused('not_in_role', { role: 'operations', stage: 'validation' });
  });

  it('is not open to a supervisor in a matter of their own', () =>
    given(submitted({ requester: idOf('sam') }))
      .when('sam', assign('otto'))
      .thenRefused('self_approval', { as: 'requester' }));

  it('goes to nobody who may not decide it', () => {
    const own = given(submitted({ beneficiary: idOf('dora') }), conflicted('otto'));
    own.when('olga', assign('ada')).thenRefused('self_approval', { as: 'requester' });
    own.when('olga', assign('dora')).thenRefused('self_approval', { as: 'beneficiary' });
    own.when('olga', assign('otto')).thenRefused('conflict_of_interest');
    own.and('ada', handOver('carl')).when('olga', assign('carl')).thenRefused('self_approval', { as: 'owner' });
    given(submitted(), confirmed('dora'))
      .when('lee', assign('dora'))
      .thenRefused('same_person', { stage: 'authorization' });
  });

  it('ends where that person may decide it no more', () => {
    const assigned = given(submitted()).and('olga', assign('otto'));
    expect(assigned.and('otto', declareConflict).state).toMatchObject({ assigned: null });
    expect(assigned.and('ada', handOver('otto')).state).toMatchObject({ assigned: null });
  });
});
