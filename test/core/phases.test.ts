import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import { lengthOf, peopleInvolved, phasesOf } from '../../src/core/phases.ts';
import { initial, type State } from '../../src/core/request.ts';
import { hour, idOf } from '../support/cast.ts';
import { authorized, confirmed, stageRejected, submitted, withdrawn, words } from '../support/given.ts';

function after(...events: Recorded[]) {
  const state = events.reduce<State>(evolve, initial);
  if (!state) throw new Error('nothing was submitted');
  return state;
}
const executed: Recorded = { type: 'executed', outcome: 'done', words: words('Done.'), by: idOf('otto'), at: hour(5) };
const closed: Recorded = {
  ...{ type: 'closed', cause: 'our-mistake', happened: words('x'), fixed: words('y'), whys: [], checkOn: null },
  ...{ action: { words: words('z'), owner: idOf('zoe'), due: '2026-12-01' }, by: idOf('olga'), at: hour(9) },
};
/** Each phase as it is told: its name and its hours. */
const hours = (...events: Recorded[]) =>
  phasesOf(after(...events)).map((phase) => [phase.phase, phase.to ? lengthOf(phase, phase.to) / 3_600_000 : 'lasts']);

describe('the time that each phase took', () => {
  it.each([
    ['waiting for details', [submitted()], [['details', 'lasts']]],
    [
      'confirmed',
      [submitted(), confirmed()],
      [
        ['details', 1],
        ['authorization', 'lasts'],
      ],
    ],
    [
      'rejected',
      [submitted(), confirmed(), stageRejected('authorization', 'lee', hour(4))],
      [
        ['details', 1],
        ['authorization', 3],
      ],
    ],
    ['withdrawn', [submitted(), withdrawn()], [['details', 1]]],
    [
      'approved',
      [submitted(), confirmed(), authorized()],
      [
        ['details', 1],
        ['authorization', 1],
        ['execution', 'lasts'],
      ],
    ],
    [
      'closed',
      [submitted(), confirmed(), authorized(), executed, closed],
      [
        ['details', 1],
        ['authorization', 1],
        ['execution', 3],
        ['closing', 4],
      ],
    ],
  ] as const)('of a request that is %s', (_how, events, expected) => {
    expect(hours(...(events as readonly Recorded[]))).toEqual(expected);
  });

  it('adds up to the time from asking to the closed record', () => {
    const phases = phasesOf(after(submitted(), confirmed(), authorized(), executed, closed));
    expect(phases.reduce((sum, phase) => sum + lengthOf(phase, hour(99)), 0)).toBe(9 * 3_600_000);
  });
});

describe('the people involved', () => {
  it('are whoever asked, decided, did something or owes something, each once', () => {
    const state = after(submitted({ beneficiary: idOf('ben') }), confirmed(), authorized(), executed, closed);
    expect(peopleInvolved(state).sort()).toEqual(
      ['ada', 'ben', 'lee', 'olga', 'otto', 'zoe'].map((n) => idOf(n as 'ada')),
    );
  });
});
