import { describe, expect, it } from 'vitest';
import { simulateYear } from '../../bench/year/simulate.ts';

// `npm run simulate` is the same for 500 people and 20,000 requests.
describe('a year of 50 people and 1,000 requests, with absences, outages and a clock that jumps', () => {
  const seed = Number(process.env.SEED ?? 1);
  const tally = simulateYear({ people: 50, requests: 1000, seed });

  it('has nothing said or told twice, and nothing that was due and never said or told', () => {
    expect({ seed, duplicates: tally.duplicates, misses: tally.misses }).toEqual({ seed, duplicates: [], misses: [] });
  });

  it('pings nobody outside their working hours, while they are away, or again within four hours', () => {
    expect({ outsideHours: tally.outsideHours, tooSoon: tally.tooSoon }).toEqual({ outsideHours: [], tooSoon: [] });
  });

  it('has every request decided by two who do not count as one, and none by the clock', () => {
    expect(tally.wrongDecisions).toEqual([]);
  });

  it('meets every kind of thing that falls due', () => {
    const met = ['reminder_due', 'ending_near', 'lapsed', 'effectiveness_due', 'hold_placed', 'revoked', 'rerouted'];
    expect(Object.keys(tally.events)).toEqual(expect.arrayContaining(met));
    for (const kind of ['sla_imminent', 'sla_breached', 'complaint', 'hold_overdue', 'execution_overdue'])
      expect(tally.events[`escalation_raised ${kind} 2`], kind).toBeGreaterThan(0);
    expect(tally.pings).toBeGreaterThan(100);
  });
});
