import { describe, expect, it } from 'vitest';
import { tasksOf } from '../../src/core/tasks.ts';
import { hour, idOf } from '../support/cast.ts';
import {
  answer,
  approve,
  authorized,
  checkEffect,
  close,
  confirmed,
  execute,
  given,
  handOver,
  hold,
  meet,
  questioned,
  release,
  sendBack,
  stageRejected,
  submitted,
  tick,
  withdrawn,
  words,
} from '../support/given.ts';
import { PROCEDURE } from '../support/policy.ts';

const rules = { rules: PROCEDURE };
type Story = ReturnType<typeof given>;
/** What is to be done, shortened: `authorize: managers`. */
const todo = ({ state }: Story) =>
  (state ? tasksOf(state) : []).map(({ kind, owner }) => `${kind}: ${'role' in owner ? owner.role : owner.person}`);

describe('what is to be done', () => {
  it('is confirmed by operations, then authorized by the tier, until the deadline', () => {
    expect(todo(given(submitted()))).toEqual(['confirm_details: operations']);
    expect(todo(given(submitted({ deviation: '20' }), confirmed()))).toEqual(['authorize: managers']);
    const { state } = given(submitted());
    expect(state && tasksOf(state)).toMatchObject([{ due: hour(24) }]);
  });

  it('is the owner’s alone while it is sent back, whoever owns it', () => {
    const returned = given(submitted(), questioned()).and('olga', sendBack(['photo']));
    expect(todo(returned)).toEqual(['complete_inputs: U0ADA']);
    expect(todo(returned.and('ada', handOver('ben')))).toEqual(['complete_inputs: U0BEN']);
  });

  it('is, beside the stage, to answer, to clear up and to pick a tier', () => {
    const asked = given(submitted({ deviation: null }), questioned()).and('sam', hold('regulatory'));
    const all = [
      'answer_question: U0ADA',
      'clear_hold: compliance',
      'pick_tier: operations',
      'confirm_details: operations',
    ];
    expect(todo(asked)).toEqual(all);
    expect(todo(asked.and('cleo', release(1, 'proceed')).and('ada', answer()))).toEqual(all.slice(2));
  });

  it('is to carry out, to meet conditions and to close, once it is approved', () => {
    const condition = { text: words('Device first.'), owner: idOf('zoe'), due: '2026-11-27' };
    const approved = given(submitted(), confirmed()).and('lee', approve('Yes.', {}, { conditions: [condition] }));
    expect(todo(approved)).toEqual(['carry_out: operations', 'meet_condition: U0ZOE']);
    expect(todo(approved.and('olga', execute('could_not')))).toContain('close: operations');
    const done = approved.and('olga', execute());
    expect(todo(done)).toEqual(['meet_condition: U0ZOE', 'close: operations']);
    expect(todo(done.and('zoe', meet()))).toEqual(['close: operations']);
  });

  it('is nothing once it is over', () => {
    expect(todo(given(submitted(), stageRejected('validation', 'olga')))).toEqual([]);
    expect(todo(given(submitted(), withdrawn()))).toEqual([]);
  });

  it('is to look whether it helped, from the day that was set until it was looked at', () => {
    const done = given(submitted(), confirmed(), authorized()).and('olga', execute());
    const action = { words: words('Better labels'), owner: idOf('zoe'), due: '2026-12-10' };
    const day = { ...rules, at: '2027-01-10T09:00:00.000Z' };
    const closed = done.and('olga', close({ action, checkOn: '2027-01-10' }), rules);
    expect(todo(closed)).toEqual([]);
    const due = closed.and('system', tick, day);
    expect(todo(due)).toEqual(['check_effectiveness: U0ZOE']);
    expect(todo(due.and('zoe', checkEffect()))).toEqual([]);
    const unowned = done.and('olga', close({ checkOn: '2027-01-10' }), rules).and('system', tick, day);
    expect(todo(unowned)).toEqual(['check_effectiveness: operations']);
  });
});
