import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionAt } from '../../src/core/attention.ts';
import { nextWorking } from '../../src/core/calendar.ts';
import { decide } from '../../src/core/decide.ts';
import type { Recorded } from '../../src/core/events.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { ExceptionRequest, State } from '../../src/core/request.ts';
import { calendarOf, deadlineFrom } from '../../src/core/sla.ts';
import { TIERS } from '../../src/core/values.ts';
import { idOf, standingFor } from '../support/cast.ts';
import { authorized, confirmed, requestOf, submitted } from '../support/given.ts';
import { acknowledge } from '../support/orders.ts';
import { policyWith, readPolicy } from '../support/policy.ts';

const MINUTE = 60_000;
const DAY = 1440;
const START = Date.parse('2026-11-23T09:00:00.000Z');
const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

/** The small policy in the working hours of a place with half hours, and around the clock. */
const OFFICE = readPolicy(
  policyWith(
    'rules:\n',
    `rules:
  calendars:
    office: { zone: Asia/Kolkata, hours: ["09:30-13:00", "14:00-18:00"], holidays: [2026-12-25] }
    north: { zone: Europe/Berlin, holidays: [2026-12-25, 2027-01-01] }
  calendar: office
`,
  ),
).rules;
const ALWAYS = readPolicy(policyWith('rules:\n', 'rules:\n')).rules;
const rulesOf = fc.constantFrom(OFFICE, ALWAYS);

/** What a request can be while time passes: waiting, half way, or granted for a while with a condition. */
const condition = { text: { content: 'c', nonce: null, text: 'Device first' }, owner: idOf('ada'), due: '2026-12-01' };
const STORIES = {
  waiting: (rules: typeof OFFICE) => [timed(rules)],
  'half way': (rules: typeof OFFICE) => [timed(rules), confirmed()],
  granted: (rules: typeof OFFICE) => [
    timed(rules),
    confirmed(),
    { ...authorized(), conditions: [condition], validity: { from: '2026-11-23', until: '2027-01-20' } },
  ],
};
const timed = (rules: typeof OFFICE): Recorded => {
  const event = submitted({ rules });
  return { ...event, dueAt: deadlineFrom(rules, event, event.at) };
};
const story = fc.constantFrom(...(Object.keys(STORIES) as (keyof typeof STORIES)[]));

const existing = (state: State): ExceptionRequest => {
  if (!state) throw new Error('there is no request');
  return state;
};

function look(state: ExceptionRequest, minute: number, rules: typeof OFFICE): Recorded[] {
  const outcome = decide(
    state,
    { type: 'tick', by: 'system', at: at(minute) },
    { number: 12, policy: { version: 1, rules }, standing: standingFor('zoe'), contentHash: '', exposure: null },
  );
  if (!Array.isArray(outcome)) throw new Error('a tick is never refused');
  return outcome;
}

/** Looks at these minutes, in this order. */
function lookedAt(from: ExceptionRequest, minutes: readonly number[], rules: typeof OFFICE) {
  let state = from;
  const said: Recorded[] = [];
  for (const minute of minutes) {
    const events = look(state, minute, rules);
    said.push(...events);
    state = existing(events.reduce<State>(evolve, state));
  }
  return { state, said };
}

/** What makes a thing that is said one and the same. */
function nameOf(event: Recorded): string {
  switch (event.type) {
    case 'escalation_raised':
      return `${event.kind} ${event.deadline} ${event.step}`;
    case 'reminder_due':
      return `reminder ${event.percent}`;
    case 'ending_near':
      return `ending ${event.days}`;
    default:
      return event.type;
  }
}
const names = (said: Recorded[]): string[] => said.map(nameOf);
const sinceOf = (event: Recorded): string | null => ('since' in event ? event.since : null);

/** Whenever something is due, and not before: what the sweep does that never sleeps. */
function watched(from: ExceptionRequest, until: number, rules: typeof OFFICE) {
  let state = from;
  const said: Recorded[] = [];
  for (;;) {
    const next = attentionAt(state, rules);
    const minute = next === null ? Number.POSITIVE_INFINITY : Math.ceil((Date.parse(next) - START) / MINUTE);
    if (minute > until) return { state, said };
    const events = look(state, minute, rules);
    if (events.length === 0) throw new Error(`nothing to say at ${next}`);
    said.push(...events);
    state = existing(events.reduce<State>(evolve, state));
  }
}

const minutes = fc.array(fc.nat(70 * DAY), { minLength: 1, maxLength: 40 });

describe('deadlines', () => {
  it('come in the order in which requests were made, whatever the tier and the calendar', () => {
    fc.assert(
      fc.property(
        rulesOf,
        fc.constantFrom(...TIERS),
        fc.nat(400 * DAY),
        fc.nat(30 * DAY),
        (rules, tier, first, later) => {
          const place = { tier, category: 'customer' };
          expect(deadlineFrom(rules, place, at(first)) <= deadlineFrom(rules, place, at(first + later))).toBe(true);
        },
      ),
    );
  });

  it('lie after the request, and later the more time there is', () => {
    fc.assert(
      fc.property(rulesOf, fc.nat(400 * DAY), (rules, minute) => {
        const due = TIERS.map((tier) => deadlineFrom(rules, { tier, category: 'customer' }, at(minute)));
        expect([at(minute), ...due]).toEqual([at(minute), ...due].toSorted());
      }),
    );
  });
});

describe('whenever it is looked at a request, however often and in whatever order', () => {
  it('no two looks say the same', () => {
    fc.assert(
      fc.property(rulesOf, story, minutes, (rules, kind, when) => {
        const { said } = lookedAt(requestOf(...STORIES[kind](rules)), when, rules);
        expect(names(said)).toEqual([...new Set(names(said))]);
      }),
    );
  });

  it('nothing is said before it is due, and it is on record since when it is', () => {
    fc.assert(
      fc.property(rulesOf, story, minutes, (rules, kind, when) => {
        const { said } = lookedAt(requestOf(...STORIES[kind](rules)), when, rules);
        for (const event of said) if (sinceOf(event)) expect(`${sinceOf(event)}` <= event.at).toBe(true);
      }),
    );
  });

  it('a second look at the same moment has nothing to say, and the next is due later or never', () => {
    fc.assert(
      fc.property(rulesOf, story, minutes, fc.nat(70 * DAY), (rules, kind, when, last) => {
        const { state } = lookedAt(requestOf(...STORIES[kind](rules)), [...when, last], rules);
        expect(look(state, last, rules)).toEqual([]);
        const next = attentionAt(state, rules);
        if (next !== null) expect(next > at(last)).toBe(true);
      }),
    );
  });

  it('nobody who acknowledges makes anything be said twice', () => {
    fc.assert(
      fc.property(rulesOf, story, minutes, fc.nat(3), (rules, kind, when, nth) => {
        const sorted = when.toSorted((a, b) => a - b);
        const first = lookedAt(requestOf(...STORIES[kind](rules)), sorted.slice(0, nth + 1), rules);
        const raised = first.state.escalations[nth];
        const context = { number: 12, policy: { version: 1, rules }, standing: standingFor('sam'), contentHash: '' };
        const given = raised
          ? decide(
              first.state,
              { ...acknowledge(raised.kind, raised.deadline), by: idOf('sam'), at: at(sorted[nth] ?? 0) } as never,
              { ...context, exposure: null },
            )
          : [];
        const state = Array.isArray(given) ? existing(given.reduce<State>(evolve, first.state)) : first.state;
        const second = lookedAt(state, sorted.slice(nth + 1), rules);
        const said = names([...first.said, ...second.said]);
        expect(said).toEqual([...new Set(said)]);
      }),
    );
  });
});

describe('after a downtime', () => {
  /** What is left out since something later says more: warnings of what has come, and the step that comes of it. */
  const supersededBy = (name: string, said: readonly string[]): boolean =>
    /^(reminder|sla_imminent)/.test(name)
      ? said.some((other) => /^(reminder|sla_)/.test(other) && other !== name)
      : true;

  it('what had fallen due is said at the first look, or something that says more; nothing is lost', () => {
    fc.assert(
      fc.property(rulesOf, story, fc.nat(70 * DAY), (rules, kind, until) => {
        const from = requestOf(...STORIES[kind](rules));
        const all = names(watched(from, until, rules).said);
        const once = names(look(from, until, rules));
        // The first of each ladder is never a thing of the past, unless what it is about is over.
        const firsts = all.filter((name) => / 1$/.test(name) && !/^(reminder|ending|sla_imminent)/.test(name));
        // A condition that is not met ends it only when somebody was warned for long enough, so not at the first look.
        const expired = kind === 'granted' && at(until) >= '2027-01-21';
        if (expired) expect(once).toContain('lapsed');
        else expect(once).toEqual(expect.arrayContaining(firsts));
        expect(once.length > 0).toBe(all.length > 0);
        for (const name of all.filter((each) => !once.includes(each)))
          expect(supersededBy(name, once), name).toBe(true);
      }),
    );
  });

  it('looking every minute says the same as looking only when something is due', () => {
    for (const rules of [OFFICE, ALWAYS])
      for (const kind of Object.keys(STORIES) as (keyof typeof STORIES)[]) {
        const from = requestOf(...STORIES[kind](rules));
        const everyMinute = lookedAt(
          from,
          Array.from({ length: 2 * DAY }, (_, minute) => minute),
          rules,
        );
        expect(names(everyMinute.said)).toEqual(names(watched(from, 2 * DAY - 1, rules).said));
      }
  });

  it('a ladder climbs from where it stands: each step has its whole time, however late it was seen', () => {
    fc.assert(
      fc.property(rulesOf, fc.nat(60 * DAY), (rules, late) => {
        const { state } = lookedAt(requestOf(timed(rules)), [late], rules);
        for (const { at: raised, acknowledgeBy } of state.escalations)
          if (acknowledgeBy !== null) expect(acknowledgeBy > nextWorking(calendarOf(rules, state), raised)).toBe(true);
      }),
    );
  });
});
