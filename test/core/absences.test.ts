import { describe, expect, it } from 'vitest';
import {
  type AbsenceCommand,
  decideAbsence,
  evolveAbsences,
  nobodyYet,
  type PersonState,
} from '../../src/core/absences.ts';
import type { Absence } from '../../src/core/cover.ts';
import { hour } from '../support/cast.ts';
import { words } from '../support/given.ts';

type Order = AbsenceCommand extends infer C ? (C extends AbsenceCommand ? Partial<C> & Pick<C, 'type'> : never) : never;
const NOBODY = { supervisor: false, executive: false };
const SET = { from: hour(1), until: hour(9), delegate: 'bob', why: null, others: [], fit: true };

const run = (state: PersonState, order: Order) =>
  decideAbsence(state, {
    ...{ person: 'ann', by: 'ann', at: hour(0), rights: NOBODY },
    ...(order.type === 'set' ? SET : {}),
    ...order,
  } as AbsenceCommand);
function following(...orders: Order[]): PersonState {
  return orders.reduce((state, order) => {
    const events = run(state, order);
    if ('refused' in events) throw new Error(`refused: ${events.why}`);
    return events.reduce(evolveAbsences, state);
  }, nobodyYet);
}
const refused = (why: string) => ({ refused: true, why });
const other = (person: string, delegate: string | null): Absence => ({
  ...{ id: 1, person, delegate, from: hour(0), until: hour(20), setBy: person, setAt: hour(0) },
});

describe('an absence', () => {
  it('says when, who decides meanwhile, and why', () =>
    expect(run(nobodyYet, { type: 'set', why: words('The sea.') })).toMatchObject([
      { type: 'absence_set', absence: 1, from: hour(1), until: hour(9), delegate: 'bob', why: { text: 'The sea.' } },
    ]));

  it('begins no earlier than it is set: nobody stands in for the time before', () =>
    expect(run(nobodyYet, { type: 'set', from: hour(-5) })).toMatchObject([{ from: hour(0) }]));

  it.each<[string, Order]>([
    ['ends_before_it_starts', { type: 'set', from: hour(9), until: hour(9) }],
    ['in_the_past', { type: 'set', from: hour(-9), until: hour(0) }],
    ['delegate_is_self', { type: 'set', delegate: 'ann' }],
    ['delegate_unfit', { type: 'set', fit: false }],
    ['delegate_away', { type: 'set', others: [other('bob', null)] }],
    ['loop', { type: 'set', others: [other('bob', 'cid'), other('cid', 'ann')] }],
  ])('is refused with %s', (why, order) => expect(run(nobodyYet, order)).toMatchObject(refused(why)));

  it('may name somebody who is away then, where another decides for them', () =>
    expect(run(nobodyYet, { type: 'set', others: [other('bob', 'cid')] })).toMatchObject([{ delegate: 'bob' }]));

  it('takes the place of those it overlaps: nobody is away twice', () => {
    const state = following(
      { type: 'set', from: hour(1), until: hour(5) },
      { type: 'set', from: hour(8), until: hour(9) },
    );
    expect(run(state, { type: 'set', from: hour(4), until: hour(10) })).toMatchObject([
      { type: 'absence_ended', absence: 1, until: hour(4) },
      { type: 'absence_ended', absence: 2, until: hour(8) },
      { type: 'absence_set', absence: 3 },
    ]);
  });

  it('ends early, at once where it lasts and before its beginning where it has not come yet', () => {
    const state = following({ type: 'set' });
    expect(run(state, { type: 'end', absence: 1, at: hour(3) })).toMatchObject([{ until: hour(3) }]);
    expect(run(state, { type: 'end', absence: 1, at: hour(0) })).toMatchObject([{ until: hour(1) }]);
    expect(run(state, { type: 'end', absence: 1, at: hour(9) })).toMatchObject(refused('absence_over'));
    expect(run(following({ type: 'set' }, { type: 'end', absence: 1 }), { type: 'end', absence: 1 })).toMatchObject(
      refused('absence_over'),
    );
    expect(run(state, { type: 'end', absence: 2 })).toMatchObject(refused('no_such_absence'));
  });
});

describe('somebody else sets it', () => {
  const supervisor = { by: 'sam', rights: { supervisor: true, executive: false } };
  const assistant = { by: 'tim', rights: { supervisor: false, executive: true } };
  const named = following({ type: 'name_assistant', assistant: 'tim', rights: { supervisor: false, executive: true } });

  it('only a supervisor, or the assistant whom an executive named', () => {
    expect(run(nobodyYet, { type: 'set', by: 'sam' })).toMatchObject(refused('not_theirs_to_set'));
    expect(run(nobodyYet, { type: 'set', ...supervisor })).toMatchObject([{ by: 'sam' }]);
    expect(run(nobodyYet, { type: 'set', ...assistant })).toMatchObject(refused('not_theirs_to_set'));
    expect(run(named, { type: 'set', ...assistant })).toMatchObject([{ by: 'tim' }]);
    // They are no executive any more.
    expect(run(named, { type: 'set', by: 'tim' })).toMatchObject(refused('not_theirs_to_set'));
    const set = following({ type: 'set' });
    expect(run(set, { type: 'end', absence: 1, by: 'sam' })).toMatchObject(refused('not_theirs_to_set'));
  });

  it('and gains nothing by it', () => {
    expect(run(nobodyYet, { type: 'set', ...supervisor, delegate: 'sam' })).toMatchObject(
      refused('delegate_is_setter'),
    );
    expect(run(named, { type: 'set', ...assistant, delegate: 'tim' })).toMatchObject(refused('delegate_is_setter'));
    expect(run(named, { type: 'set', delegate: 'tim' })).toMatchObject(refused('delegate_is_assistant'));
    expect(run(named, { type: 'set', ...supervisor, delegate: 'tim' })).toMatchObject(refused('delegate_is_assistant'));
  });
});

describe('an assistant', () => {
  const executive = { supervisor: false, executive: true };

  it('is named by an executive, for themselves alone', () => {
    const name = { type: 'name_assistant', assistant: 'tim' } as const;
    expect(run(nobodyYet, name)).toMatchObject(refused('not_executive'));
    expect(run(nobodyYet, { ...name, by: 'sam', rights: { ...executive, supervisor: true } })).toMatchObject(
      refused('not_executive'),
    );
    expect(run(nobodyYet, { ...name, assistant: 'ann', rights: executive })).toMatchObject(refused('assistant_unfit'));
    expect(run(following({ ...name, rights: executive }), { ...name, rights: executive })).toEqual([]);
  });

  it('is dismissed by them', () => {
    const named = following({ type: 'name_assistant', assistant: 'tim', rights: executive });
    expect(run(named, { type: 'dismiss_assistant' })).toMatchObject([
      { type: 'assistant_dismissed', assistant: 'tim' },
    ]);
    expect(run(named, { type: 'dismiss_assistant', by: 'tim' })).toMatchObject(refused('not_executive'));
    expect(run(nobodyYet, { type: 'dismiss_assistant' })).toMatchObject(refused('no_assistant'));
  });
});
