import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import type { Command } from '../../src/core/command.ts';
import { SYSTEM } from '../../src/core/events.ts';
import { hour, idOf, type Name } from '../support/cast.ts';
import {
  acknowledge,
  amend,
  answer,
  answered,
  approve,
  ask,
  assign,
  authorized,
  checkEffect,
  close,
  closeQuestion,
  complain,
  confirmed,
  correct,
  declareConflict,
  deleteRemark,
  editRemark,
  execute,
  expedite,
  given,
  handOver,
  hold,
  keep,
  meet,
  nudge,
  type Ordering,
  object,
  pickTier,
  picture,
  questioned,
  raised,
  reading,
  reject,
  release,
  remark,
  reopenQuestion,
  requestOf,
  sendBack,
  sourcesSay,
  stageRejected,
  submitted,
  take,
  takeBack,
  tick,
  withdraw,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';

const rules = { rules: PROCEDURE };
const approved = given(submitted(), confirmed(), authorized());
const done = approved.and('otto', execute());
const device = { text: words('Refund only after the device is back.'), owner: idOf('zoe'), due: '2026-11-27' };
const onCondition = given(submitted(), confirmed('olga')).and(
  'lee',
  approve('Yes, but.', {}, { conditions: [device] }),
);

describe('the checklist', () => {
  it('must be ticked where the policy requires it, to confirm the details', () => {
    const asked = given(submitted());
    asked.when('olga', approve(), rules).thenRefused('checks_missing', { checks: ['identity'] });
    asked
      .when('olga', approve('Checked.', {}, { checks: ['identity', 'figures'] }), rules)
      .thenEvents({ type: 'stage_approved', checks: ['identity', 'figures'] });
  });

  it('is the validator’s: authorizing needs none', () =>
    given(submitted(), confirmed()).when('lee', approve(), rules).thenEvents({ type: 'stage_approved', checks: [] }));
});

describe('conditions', () => {
  it('are part of the approval: text, owner, due date', () => {
    given(submitted(), confirmed())
      .when('lee', approve('Yes, but.', {}, { conditions: [device] }))
      .thenEvents({ type: 'stage_approved', conditions: [device] });
    expect(onCondition.state?.conditions).toMatchObject([{ ...device, id: 1, by: idOf('lee'), round: 1, met: null }]);
  });

  it('that the validator attached are seen by whoever authorizes: they change what is approved', () => {
    const after = given(submitted()).and('olga', approve('Yes, but.', {}, { conditions: [device] }));
    const unaware = approve()(requestOf(submitted(), confirmed('olga')));
    after.when('lee', unaware).thenRefused('changed_since');
    after.when('lee', approve()).thenEvents({ type: 'stage_approved' });
  });

  it('are void with their round', () => {
    const edited = given(submitted())
      .and('olga', approve('Yes, but.', {}, { conditions: [device] }))
      .and('ada', amend({ impact: words('Other.') }));
    edited.when('zoe', meet(1)).thenRefused('no_such_condition');
  });

  it('are met by their owner or by operations, once', () => {
    onCondition.when('zoe', meet(1)).thenEvents({ type: 'condition_met', by: idOf('zoe'), condition: 1 });
    onCondition.when('olga', meet(1, null)).thenEvents({ type: 'condition_met', words: null });
    onCondition.when('lee', meet(1)).thenRefused('not_of', { role: 'operations' });
    onCondition.when('zoe', meet(2)).thenRefused('no_such_condition');
    onCondition
      .and('zoe', meet(1))
      .when('olga', meet(1))
      .thenRefused('condition_met', { by: idOf('zoe'), at: hour(3) });
  });
});

describe('carrying out', () => {
  it('is told by operations, in words', () => {
    approved
      .when('otto', execute('done', 'Refunded.'))
      .thenEvents({ type: 'executed', by: idOf('otto'), outcome: 'done', words: words('Refunded.') });
    approved.when('otto', execute('done', ' ')).thenRefused('rationale_missing');
    approved.when('lee', execute()).thenRefused('not_of', { role: 'operations' });
  });

  it('may be done by whoever asked, if they are of operations: it is work, not judgement', () =>
    given(submitted({ requester: idOf('otto') }), confirmed(), authorized())
      .when('otto', execute())
      .thenEvents({ type: 'executed' }));

  it('needs an approval', () => {
    given(submitted()).when('otto', execute()).thenRefused('not_approved');
    given(submitted(), stageRejected('validation', 'olga'))
      .when('otto', execute())
      .thenRefused('request_over', { status: 'rejected', by: idOf('olga'), at: hour(1) });
  });

  it('that failed may be tried again; what is done is done', () => {
    const failed = approved.and('otto', execute('could_not', 'Their account is closed.'));
    failed.when('olga', execute('done')).thenEvents({ type: 'executed', outcome: 'done' });
    done.when('olga', execute('could_not')).thenRefused('already_executed', { by: idOf('otto'), at: hour(3) });
  });
});

describe('closing', () => {
  const facts = close({
    whys: [words('The label was wet.')],
    action: { words: words('Better labels'), owner: idOf('zoe'), due: '2026-12-10' },
    checkOn: '2027-01-10',
  });
  const closed = done.and('otto', facts, rules);

  it('keeps cause, story, cure, whys and the corrective action', () => {
    const { type, ...said } = facts as Extract<typeof facts, { type: 'close' }>;
    done.when('otto', facts, rules).thenEvents({ type: 'closed', by: idOf('otto'), ...said });
    expect(closed.state).toMatchObject({ status: 'approved', closure: { cause: 'our-mistake' } });
  });

  it('says everything that is not there', () => {
    const empty = close({ cause: 'unheard-of', happened: words(' '), fixed: words('') });
    given(submitted({ files: [picture()] }), confirmed())
      .and('lee', approve('Yes, but.', {}, { conditions: [device] }))
      .when('otto', empty, rules)
      .thenRefused('incomplete', {
        lacks: [
          { what: 'execution' },
          { what: 'condition', condition: 1 },
          { what: 'file', name: 'box.png' },
          { what: 'cause' },
          { what: 'happened' },
          { what: 'fixed' },
        ],
      });
  });

  it('waits for the bytes of each file, which are kept once', () => {
    const withFile = given(submitted({ files: [picture()] }), confirmed(), authorized()).and('otto', execute());
    withFile.when('otto', close(), rules).thenRefused('incomplete', { lacks: [{ what: 'file', name: 'box.png' }] });
    const kept = withFile.and('system', keep(picture()));
    withFile
      .when('system', keep(picture()))
      .thenEvents({ type: 'evidence_kept', file: 'F0BOX', size: 5, sha256: 'ab'.repeat(32) });
    kept.when('system', keep(picture())).thenNothing();
    kept.when('otto', close(), rules).thenEvents({ type: 'closed' });
  });

  it('asks for no conditions of what could not be done', () =>
    onCondition
      .and('otto', execute('could_not', 'They withdrew the order.'))
      .when('otto', close(), rules)
      .thenEvents({ type: 'closed' }));

  it('is for operations, after an approval, once', () => {
    done.when('lee', close(), rules).thenRefused('not_of', { role: 'operations' });
    given(submitted()).when('otto', close(), rules).thenRefused('not_approved');
    closed.when('olga', close(), rules).thenRefused('record_closed', { by: idOf('otto'), at: hour(3) });
  });

  it('leaves a record that is read-only', () => {
    const facts = { by: idOf('otto'), at: hour(3) };
    closed.when('olga', execute(), rules).thenRefused('record_closed', facts);
    closed.when('zoe', meet(1), rules).thenRefused('record_closed', facts);
    closed.when('ada', complain(), rules).thenRefused('record_closed', facts);
    closed.when('ada', amend({ value: '1' }), rules).thenRefused('record_closed', facts);
  });
});

/** By whoever could give it while the request was open; a new command does not compile until it stands here. */
const AFTERWARDS: {
  [C in Exclude<Command['type'], 'submit'>]: {
    by: Name | 'system';
    order: Ordering;
    still?: 'can be done' | 'is no matter';
  };
} = {
  amend: { by: 'ada', order: amend({ value: '1' }) },
  correct: { by: 'dora', order: correct({ deviation: '30' }) },
  object: { by: 'ada', order: object(2) },
  pick_tier: { by: 'dora', order: pickTier('manager') },
  return: { by: 'dora', order: sendBack([], 'Which box?') },
  hand_over: { by: 'ada', order: handOver('zoe') },
  withdraw: { by: 'ada', order: withdraw() },
  approve: { by: 'dora', order: approve() },
  reject: { by: 'dora', order: reject() },
  take_back: { by: 'olga', order: takeBack() },
  take: { by: 'dora', order: take },
  assign: { by: 'sam', order: assign('lia') },
  declare_conflict: { by: 'dora', order: declareConflict },
  request_info: { by: 'dora', order: ask() },
  answer_info: { by: 'ada', order: answer() },
  close_question: { by: 'otto', order: closeQuestion() },
  reopen_question: { by: 'ada', order: reopenQuestion() },
  remark: { by: 'ada', order: remark('And another thing.', '9.9') },
  edit_remark: { by: 'ada', order: editRemark('Not quite.') },
  // Whoever takes their words back has them taken out of it.
  delete_remark: { by: 'ada', order: deleteRemark(), still: 'can be done' },
  reroute: { by: 'sam', order: { type: 'reroute', reason: words('Nobody is there.') } },
  revoke: { by: 'mia', order: { type: 'revoke', words: words('It is no longer needed.') } },
  erase: {
    by: 'cleo',
    order: { type: 'erase', because: 'request', what: ['words'], words: words('They asked for it.') },
    still: 'can be done',
  },
  find_staffing: { by: 'system', order: { type: 'find_staffing', short: [], late: true }, still: 'is no matter' },
  acknowledge: { by: 'sam', order: acknowledge('sla_breached', hour(24)), still: 'can be done' },
  nudge: { by: 'sam', order: nudge('sla_breached', hour(24)) },
  complain: { by: 'ada', order: complain() },
  expedite: { by: 'mia', order: expedite() },
  // A job that comes late finds nothing to do; nobody is there to be refused.
  record_sources: { by: 'system', order: sourcesSay([reading('crm', '900')]), still: 'is no matter' },
  keep_evidence: { by: 'system', order: keep(picture()), still: 'can be done' },
  lose_evidence: {
    by: 'system',
    order: { type: 'lose_evidence', file: 'F0BAG', name: 'bag.png', because: 'gone' },
    still: 'can be done',
  },
  place_hold: { by: 'olga', order: hold('regulatory') },
  release_hold: { by: 'cleo', order: release(1, 'proceed') },
  execute: { by: 'otto', order: execute() },
  meet_condition: { by: 'otto', order: meet() },
  close: { by: 'otto', order: close() },
  check_effectiveness: { by: 'otto', order: checkEffect(), still: 'can be done' },
  tick: { by: 'system', order: tick, still: 'is no matter' },
};

describe('what is over', () => {
  const before = given(submitted({ files: [picture()] }), raised('sla_breached'), questioned(), answered())
    .and('ada', remark())
    .and('olga', hold('regulatory'))
    .and('cleo', release(1, 'proceed'));
  const ends = {
    closed: before
      .and('olga', approve())
      .and('lee', approve('Yes, but.', {}, { conditions: [device] }))
      .and('zoe', meet())
      .and('otto', execute())
      .and('system', keep(picture('F0BOX')))
      .and('otto', close(), rules),
    rejected: given(...before.events, stageRejected('validation', 'olga', hour(3))),
    withdrawn: given(...before.events, withdrawn(hour(3))),
  };
  const all = Object.entries(AFTERWARDS).flatMap(([type, how]) =>
    (['closed', 'rejected', 'withdrawn'] as const).map((end) => ({ type, end, ...how })),
  );

  it.each(all.filter(({ still }) => !still))('when it is $end, refuses to $type', ({ end, by, order }) => {
    expect(ends[end].when(by, order, { ...rules, at: hour(400) }).outcome).toMatchObject({ refused: true });
  });

  it.each(all.filter(({ still }) => still))(
    'when it is $end, may be told to $type',
    ({ type, end, by, order, still }) => {
      const { outcome } = ends[end].when(by, order, { ...rules, at: hour(400) });
      if (type === 'check_effectiveness' && end !== 'closed') expect(outcome).toMatchObject({ why: 'not_closed' });
      else if (still === 'is no matter' || (type === 'keep_evidence' && end === 'closed')) expect(outcome).toEqual([]);
      else expect(outcome).toHaveLength(1);
    },
  );
});

describe('looking whether the corrective action helped', () => {
  const action = { words: words('Better labels'), owner: idOf('zoe'), due: '2026-12-10' };
  const closed = done.and('otto', close({ action, checkOn: '2027-01-10' }), rules);
  const morning = '2027-01-10T09:00:00.000Z';

  it('is called for on its day, once', () => {
    expect(closed.state && attentionAt(closed.state, PROCEDURE)).toBe(morning);
    closed
      .when('system', tick, { ...rules, at: morning })
      .thenEvents({ type: 'effectiveness_due', by: SYSTEM, checkOn: '2027-01-10' });
    closed
      .and('system', tick, { ...rules, at: morning })
      .when('system', tick, { ...rules, at: morning })
      .thenNothing();
  });

  it('is done by the action’s owner or by operations, in words, once, and not before it is closed', () => {
    closed.when('zoe', checkEffect('partly')).thenEvents({ type: 'effectiveness_checked', effective: 'partly' });
    closed.when('olga', checkEffect()).thenEvents({ type: 'effectiveness_checked' });
    closed.when('lee', checkEffect()).thenRefused('not_of', { role: 'operations' });
    closed.when('zoe', checkEffect('yes', '')).thenRefused('rationale_missing');
    done.when('otto', checkEffect()).thenRefused('not_closed');
    closed
      .and('zoe', checkEffect())
      .when('olga', checkEffect())
      .thenRefused('already_checked', { by: idOf('zoe'), at: hour(3) });
  });

  it('is not called for where it was done early, or no day was set', () => {
    closed
      .and('zoe', checkEffect())
      .when('system', tick, { ...rules, at: morning })
      .thenNothing();
    done
      .and('otto', close(), rules)
      .when('system', tick, { ...rules, at: morning })
      .thenNothing();
  });
});
