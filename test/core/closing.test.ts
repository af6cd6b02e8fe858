import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import { SYSTEM } from '../../src/core/events.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  amend,
  approve,
  authorized,
  checkEffect,
  close,
  complain,
  confirmed,
  execute,
  given,
  keep,
  meet,
  picture,
  requestOf,
  stageRejected,
  submitted,
  tick,
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
