import { describe, expect, it } from 'vitest';
import { due } from '../../src/core/attention.ts';
import type { Rules } from '../../src/core/policy.ts';
import { after, deadlineFrom, slaOf, timeLeft } from '../../src/core/sla.ts';
import type { Instant } from '../../src/core/values.ts';
import {
  amend,
  discrepancy,
  expedite,
  type Form,
  given,
  hold,
  reading,
  release,
  reroute,
  sourcesSay,
  submit,
  submitted,
  tick,
  words,
} from '../support/given.ts';
import { PROCEDURE_TEXT, policyWith, readPolicy } from '../support/policy.ts';

const HOUR = 3_600_000;
/** Berlin in November is an hour ahead of UTC: `on('mon', 10)` is Monday at ten there. */
const DAYS = { fri: 20, sat: 21, mon: 23, tue: 24, wed: 25, thu: 26 } as const;
const on = (day: keyof typeof DAYS, hour: number, minute = 0): Instant =>
  new Date(Date.UTC(2026, 10, DAYS[day], hour - 1, minute)).toISOString();

const CALENDARS = `rules:
  calendars:
    office: { zone: Europe/Berlin, hours: [09:00-17:00] }
    support: { zone: Europe/Berlin, hours: [06:00-22:00] }
    hotline: { zone: UTC, days: [mon, tue, wed, thu, fri, sat, sun], hours: [00:00-24:00] }
  calendar: office
  holds_pause: [regulatory, data_conflict]
`;
/** The tests' policy with offices from nine to five, in which the deadlines of team leads are eight working hours. */
const TEXT = policyWith(
  'team_lead: { from: 0, sla: 24h,',
  'team_lead: { from: 0, sla: 8h,',
  policyWith('rules:\n', CALENDARS, PROCEDURE_TEXT),
);
const { rules: OFFICE } = readPolicy(TEXT);
const { rules: AROUND_THE_CLOCK } = readPolicy(policyWith('  calendar: office\n', '', TEXT));

const asked = (at: Instant, over: Partial<Form> = {}, rules: Rules = OFFICE) =>
  given().and('ada', submit(over), { at, rules });

describe('the time to decide', () => {
  const of = (rules: Rules, category: string, tier: 'team_lead' | 'manager' | 'executive' = 'team_lead') => {
    const place = { tier, category };
    return { sla: slaOf(rules, place) / HOUR, due: deadlineFrom(rules, place, on('fri', 16)) };
  };
  const category = (keys: string) => readPolicy(policyWith('name: Customer request', `name: Any, ${keys}`, TEXT)).rules;

  it('is the tier’s, in the working hours of the policy’s calendar', () => {
    expect(of(OFFICE, 'customer')).toEqual({ sla: 8, due: on('mon', 16) });
    expect(of(OFFICE, 'customer', 'manager')).toEqual({ sla: 48, due: on('fri', 16 + 10 * 24) });
  });

  it('runs around the clock where no calendar is named', () =>
    expect(of(AROUND_THE_CLOCK, 'customer')).toEqual({ sla: 8, due: on('sat', 0) }));

  it('has 24 working hours a day, so that two days of eight hours are written as 16h', () => {
    const days = readPolicy(policyWith('sla: 8h', 'sla: 1d', TEXT)).rules;
    expect(of(days, 'customer')).toEqual({ sla: 24, due: on('wed', 16) });
  });

  it('is in the tier’s own calendar where it has one', () => {
    const rules = readPolicy(policyWith('sla: 8h,', 'sla: 8h, calendar: support,', TEXT)).rules;
    expect(of(rules, 'customer').due).toBe(on('mon', 8));
    expect(of(rules, 'customer', 'manager').due).toBe(of(OFFICE, 'customer', 'manager').due);
  });

  it('is the category’s over the tier’s: its calendar, its time, or its time for that tier', () => {
    expect(of(category('calendar: hotline'), 'customer').due).toBe(on('sat', 0));
    expect(of(category('sla: 2h'), 'customer', 'executive')).toEqual({ sla: 2, due: on('mon', 10) });
    const byTier = category('sla: { executive: 4h }');
    expect(of(byTier, 'customer', 'executive').sla).toBe(4);
    expect(of(byTier, 'customer').sla).toBe(8);
    expect(of(category('sla: 2h'), 'internal').sla).toBe(8);
  });

  it('is what a request gets when it is submitted, also at 23:59 on a Friday', () =>
    expect(asked(on('fri', 23, 59)).state).toMatchObject({ dueAt: on('mon', 17) }));
});

describe('the working time left', () => {
  it('leaves out nights and weekends, and is negative once the deadline has passed', () => {
    const state = { tier: 'team_lead', category: 'customer', dueAt: on('mon', 10) } as const;
    expect(timeLeft(OFFICE, state, on('fri', 16)) / HOUR).toBe(2);
    expect(timeLeft(OFFICE, state, on('sat', 12)) / HOUR).toBe(1);
    expect(timeLeft(OFFICE, state, on('tue', 9)) / HOUR).toBe(-7);
    expect(timeLeft(AROUND_THE_CLOCK, state, on('fri', 16)) / HOUR).toBe(66);
  });
});

describe('two hours before the deadline', () => {
  const early = (rules: Rules) => {
    const { state } = asked(on('fri', 10), {}, rules);
    if (!state) throw new Error('it was submitted');
    // Due on Monday at ten.
    const moved = { ...state, dueAt: on('mon', 10) };
    return (at: Instant) =>
      due({ ...moved, reminders: [] }, { ...rules, remind_at: [] }, at).map((each) => 'kind' in each && each.kind);
  };

  it('are working time: a deadline on Monday at ten is imminent on Friday at four', () => {
    expect(early(OFFICE)(on('fri', 15, 59))).toEqual([]);
    expect(early(OFFICE)(on('fri', 16))).toEqual(['sla_imminent']);
  });

  it('are hours of the clock where the policy says so', () => {
    const rules: Rules = { ...OFFICE, escalate_in: 'elapsed_time' };
    expect(early(rules)(on('mon', 7, 59))).toEqual([]);
    expect(early(rules)(on('mon', 8))).toEqual(['sla_imminent']);
  });
});

describe('expediting', () => {
  it('leaves so many working hours: four asked for on a Friday at four are due on Monday at twelve', () =>
    asked(on('fri', 15))
      .when('mia', expedite(), { at: on('fri', 16), rules: OFFICE })
      .thenEvents({ type: 'expedited', dueAt: on('mon', 12) }));
});

describe('a hold that the policy lets pause the deadline', () => {
  const at = (when: Instant) => ({ at: when, rules: OFFICE });
  // Due on Tuesday at ten.
  const monday = asked(on('mon', 10));
  const held = monday.and('cleo', hold('regulatory'), at(on('mon', 11)));

  it('gives back the working time that it took', () => {
    expect(held.state).toMatchObject({ dueAt: on('tue', 10), holds: [{ pauses: true }] });
    held
      .when('cleo', release(1, 'proceed'), at(on('tue', 14)))
      .thenEvents({ type: 'hold_released', dueAt: on('wed', 13) });
  });

  it('gives back nothing of a night', () =>
    monday
      .and('cleo', hold('regulatory'), at(on('mon', 17)))
      .when('cleo', release(1, 'proceed'), at(on('tue', 9)))
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 10) }));

  it('pauses nothing where the policy does not name it', () => {
    const rules: Rules = { ...OFFICE, holds_pause: [] };
    const running = monday.and('cleo', hold('regulatory'), { at: on('mon', 11), rules });
    expect(running.state).toMatchObject({ holds: [{ pauses: false }] });
    running
      .when('cleo', release(1, 'proceed'), { at: on('tue', 9, 30), rules })
      .thenEvents({ type: 'hold_released', dueAt: null });
  });

  it('counts once where two overlap, from the first to the last', () => {
    const both = held.and('quinn', hold('data_conflict'), at(on('mon', 13)));
    const one = both.when('cleo', release(1, 'proceed'), at(on('mon', 14)));
    one.thenEvents({ type: 'hold_released', dueAt: null });
    both
      .and('cleo', release(1, 'proceed'), at(on('mon', 14)))
      .when('quinn', release(2, 'resolved'), at(on('mon', 16)))
      // Eleven to four are five hours.
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 15) });
  });

  it('counts each of two that follow one another, and what lay between them ran', () =>
    held
      .and('cleo', release(1, 'proceed'), at(on('mon', 12)))
      .and('cleo', hold('regulatory'), at(on('mon', 13)))
      .when('cleo', release(2, 'proceed'), at(on('mon', 15)))
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 13) }));

  it('that a source ends gives its time back, also where another begins at that moment', () => {
    const rules: Rules = { ...OFFICE, holds_pause: ['data_unavailable', 'data_conflict'] };
    const claim = asked(on('mon', 9), { category: 'claim', inputs: { contract: words('Frame contract 7') } }, rules);
    const waiting = claim.and('system', sourcesSay([reading('billing', null)]), { at: on('mon', 10), rules });
    // Eight hours from Monday at nine, and 24 more since the source said nothing.
    expect(waiting.state).toMatchObject({ dueAt: on('thu', 17) });
    const answer = sourcesSay([reading('billing', '900')], [discrepancy('900', '1200')]);
    const conflict = waiting.and('system', answer, { at: on('mon', 12), rules });
    expect(conflict.state).toMatchObject({ dueAt: new Date(Date.UTC(2026, 10, 27, 10)).toISOString() });
    conflict
      .when('quinn', release(2, 'resolved'), { at: on('mon', 15), rules })
      .thenEvents({ type: 'hold_released', dueAt: new Date(Date.UTC(2026, 10, 27, 13)).toISOString() });
  });

  it('keeps quiet meanwhile: neither reminders nor escalations of a deadline that stands still', () => {
    for (const later of [on('tue', 8), on('tue', 10), on('thu', 12)])
      expect(held.when('system', tick, at(later)).outcome).not.toContainEqual(
        expect.objectContaining({ type: 'reminder_due' }),
      );
    const { outcome } = held.when('system', tick, at(on('thu', 12)));
    const kinds = Array.isArray(outcome) ? outcome.map((event) => 'kind' in event && event.kind) : outcome;
    // The hold itself may be chased, the deadline not.
    expect(kinds).toEqual(['hold_overdue']);
  });

  it('is followed by what falls due with the deadline as it is then', () => {
    const free = held.and('cleo', release(1, 'proceed'), at(on('tue', 14)));
    free.when('system', tick, at(on('wed', 10, 59))).thenEvents({ type: 'reminder_due' });
    free.when('system', tick, at(on('wed', 11))).thenEvents({ type: 'escalation_raised', kind: 'sla_imminent' });
    free
      .when('system', tick, at(on('wed', 13)))
      .thenEvents({ type: 'escalation_raised', kind: 'sla_breached', deadline: on('wed', 13) });
  });

  it('gives back nothing of what came before a deadline that was set meanwhile', () => {
    // Four working hours from Monday at one.
    const quicker = held.and('mia', expedite(), at(on('mon', 13)));
    expect(quicker.state).toMatchObject({ dueAt: on('mon', 17) });
    quicker
      .when('cleo', release(1, 'proceed'), at(on('mon', 15)))
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 11) });
  });

  it('counts in full where the request was changed and kept its deadline', () =>
    held
      .and('ada', amend({ value: '901' }), at(on('mon', 13)))
      .when('cleo', release(1, 'proceed'), at(on('mon', 15)))
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 14) }));

  it('does not bring back a deadline that had passed', () =>
    monday
      .and('cleo', hold('regulatory'), at(on('tue', 11)))
      .when('cleo', release(1, 'proceed'), at(on('tue', 15)))
      .thenEvents({ type: 'hold_released', dueAt: null }));
});

describe('another tier’s time', () => {
  it('is counted in that tier’s working hours from the moment it takes over', () => {
    const rules = readPolicy(policyWith('sla: 48h,', 'sla: 16h, calendar: support,', TEXT)).rules;
    asked(on('mon', 10), {}, rules)
      .when('sue', reroute(), { at: on('mon', 20), rules })
      .thenEvents({ type: 'rerouted', tier: 'manager', dueAt: on('tue', 20) });
  });
});

describe('around the clock', () => {
  it('adds every hour', () =>
    expect(after(AROUND_THE_CLOCK, { tier: 'manager', category: 'customer' }, on('fri', 16), 2 * HOUR)).toBe(
      on('fri', 18),
    ));

  it('a pause gives back every hour', () => {
    const rules = AROUND_THE_CLOCK;
    given(submitted({ rules }))
      .and('cleo', hold('regulatory'), { at: on('mon', 11), rules })
      .when('cleo', release(1, 'proceed'), { at: on('tue', 11), rules })
      // Eight hours from Monday at ten, and a day.
      .thenEvents({ type: 'hold_released', dueAt: on('tue', 18) });
  });
});
