/** What is due of a request to those whose turn it is. Whom it reaches when is another matter. */
import { describe, expect, it } from 'vitest';
import { due } from '../../src/core/attention.ts';
import type { Recorded } from '../../src/core/events.ts';
import { hour } from '../support/cast.ts';
import { confirmed, expedite, given, raised, requestOf, submitted, withdrawn } from '../support/given.ts';
import { RULES } from '../support/policy.ts';

const tick = { type: 'tick' } as const;

/** Which shares were reminded of when the request is looked at at each hour: `12: 50`. */
function reminded(story: Recorded[], hours: number[]): string[] {
  const events = [...story];
  return hours.flatMap((n) => {
    const told = given(...events).when('system', tick, { at: hour(n), rules: RULES });
    if (!Array.isArray(told.outcome)) throw new Error('a tick is never refused');
    events.push(...told.outcome);
    return told.outcome.flatMap((event) => (event.type === 'reminder_due' ? [`${n}: ${event.percent}`] : []));
  });
}

describe('those whose turn it is are reminded', () => {
  it('when half and when three quarters of the time have passed, once each', () =>
    expect(reminded([submitted()], [11.9, 12, 12, 13, 17.9, 18, 18, 20, 21])).toEqual(['12: 50', '18: 75']));

  it('of the last share only, after a downtime over several', () =>
    expect(reminded([submitted()], [19, 20])).toEqual(['19: 75']));

  it('no more once the deadline is near or past: then others hear of it', () => {
    expect(reminded([submitted()], [22.5, 30])).toEqual([]);
    expect(reminded([submitted(), raised('sla_imminent')], [23, 25])).toEqual([]);
  });

  it('whichever stage it is at, and no more once it is over', () => {
    expect(due(requestOf(submitted(), confirmed()), RULES, hour(12))).toMatchObject([
      { what: 'reminder', stage: 'authorization', percent: 50, since: hour(12) },
    ]);
    expect(reminded([submitted(), withdrawn()], [12, 18])).toEqual([]);
  });

  it('anew where the deadline has moved', () => {
    const quicker = given(submitted({ deviation: '25' }), confirmed()).and('mia', expedite(), { at: hour(1) });
    // Four hours from the first: of the five in all, half have passed at 2.5.
    expect(reminded(quicker.events, [1.5, 2.5, 2.9])).toEqual(['2.5: 50']);
  });
});
